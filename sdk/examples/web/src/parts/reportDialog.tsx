import { useCiel } from '@ciel/sdk/react';
import type { ReportCategory } from '../shapes.ts';
import { Dialog } from './dialog.tsx';
import { Choice, TextField } from './field.tsx';
import { FormEnd } from './formEnd.tsx';
import { toast } from './toasts.tsx';
import { useForm } from './useForm.ts';

export const CATEGORIES: [ReportCategory, string][] = [
  ['spam', 'It is spam'],
  ['abuse', 'It is abusive'],
  ['nudity', 'It shows nudity'],
  ['violence', 'It shows violence'],
  ['selfHarm', 'Someone may harm themselves'],
  ['illegal', 'It is against the law'],
  ['impersonation', 'It impersonates someone'],
  ['other', 'Something else'],
];

interface ReportDialogProps {
  of: { kind: 'user' | 'post' | 'comment' | 'story'; id: string };
  onClose: () => void;
}

export function ReportDialog({ of: { kind, id }, onClose }: ReportDialogProps) {
  const { moderation } = useCiel();
  const { form, isBusy, errorOf, problem } = useForm(async ({ category, reason }) => {
    const said = { category: category as ReportCategory, ...(reason ? { reason } : {}) };
    if (kind === 'user') await moderation.flagUser({ userId: id, ...said });
    if (kind === 'post') await moderation.flagPost({ postId: id, ...said });
    if (kind === 'comment') await moderation.flagComment({ commentId: id, ...said });
    if (kind === 'story') await moderation.flagStory({ storyId: id, ...said });
    toast('Thank you. A moderator will review it.');
    onClose();
  });
  return (
    <Dialog title="Report" onClose={onClose}>
      <form {...form} className="form">
        <Choice name="category" label="What is wrong?" choices={CATEGORIES} error={errorOf('category')} />
        <TextField
          name="reason"
          label="Details"
          hint="Optional. The author is not told who reported."
          rows={3}
          maxLength={1000}
          error={errorOf('reason')}
        />
        <FormEnd problem={problem} onCancel={onClose} isBusy={isBusy} look="danger">
          Report
        </FormEnd>
      </form>
    </Dialog>
  );
}
