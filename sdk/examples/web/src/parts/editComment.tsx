import type { Comment } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { Dialog } from './dialog.tsx';
import { TextField } from './field.tsx';
import { FormEnd } from './formEnd.tsx';
import { useForm } from './useForm.ts';

interface EditCommentProps {
  comment: Pick<Comment, 'id' | 'postId' | 'body'>;
  onClose: () => void;
}

export function EditComment({ comment: { id, postId, body }, onClose }: EditCommentProps) {
  const edit = hooks.engagement.editComment.useMutation();
  const { form, isBusy, errorOf, problem } = useForm(async (values) => {
    await edit.mutateAsync({ postId, commentId: id, body: values.body ?? '' });
    onClose();
  });
  return (
    <Dialog title="Edit the comment" onClose={onClose}>
      <form {...form} className="form">
        <TextField
          name="body"
          label="Your comment"
          defaultValue={body}
          rows={3}
          maxLength={1000}
          hint="Others see that it was edited."
          error={errorOf('body')}
        />
        <FormEnd problem={problem} onCancel={onClose} isBusy={isBusy}>
          Save
        </FormEnd>
      </form>
    </Dialog>
  );
}
