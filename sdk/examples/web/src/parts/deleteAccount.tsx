import { useCiel } from '@ciel/sdk/react';
import { usePlace } from '../router.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { FormEnd } from './formEnd.tsx';
import { toast } from './toasts.tsx';
import { useForm } from './useForm.ts';

export function DeleteAccount({ onClose }: { onClose: () => void }) {
  const { account, session } = useCiel();
  const { go } = usePlace();
  const { form, isBusy, errorOf, problem } = useForm(
    async ({ password = '' }) => {
      await account.delete({ password });
      go('/', { replace: true });
      await session.forget();
      toast('Your account is deleted.');
    },
    { passwordAt: 'password' },
  );
  return (
    <Dialog title="Delete the account?" onClose={onClose}>
      <form {...form} className="form">
        <p>
          Your profile, photographs and comments disappear at once, for everyone. This cannot be undone, and
          nobody can take your handle.
        </p>
        <Field
          name="password"
          label="Your password"
          type="password"
          autoComplete="current-password"
          error={errorOf('password')}
        />
        <FormEnd problem={problem} onCancel={onClose} isBusy={isBusy} look="danger">
          Delete everything
        </FormEnd>
      </form>
    </Dialog>
  );
}
