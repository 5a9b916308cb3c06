import { hooks } from '@ciel/sdk/react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Problem } from '../parts/problem.tsx';
import { toast } from '../parts/toasts.tsx';
import { useForm } from '../parts/useForm.ts';

export function KeepDialog({ storyId, onClose }: { storyId: string; onClose: () => void }) {
  const add = hooks.highlights.add.useMutation();
  const { form, isBusy, errorOf, problem } = useForm(async ({ highlightName = '' }) => {
    await add.mutateAsync({ storyId, highlightName });
    toast(`Added to ${highlightName}.`);
    onClose();
  });
  return (
    <Dialog title="Add to a highlight" onClose={onClose}>
      <form {...form} className="form">
        <Field
          name="highlightName"
          label="Name of the highlight"
          hint="An existing highlight or a new one."
          error={errorOf('highlightName')}
        />
        <Problem>{problem}</Problem>
        <Button look="strong" type="submit" isBusy={isBusy}>
          Add
        </Button>
      </form>
    </Dialog>
  );
}
