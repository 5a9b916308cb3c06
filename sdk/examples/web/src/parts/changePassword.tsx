import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { FormEnd } from './formEnd.tsx';
import { toast } from './toasts.tsx';
import { useForm } from './useForm.ts';

export function ChangePassword() {
  const [isOpen, setOpen] = useState(false);
  return (
    <section>
      <h2>Password</h2>
      <p className="quiet">Changing your password signs you out everywhere else.</p>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Change the password
      </Button>
      {isOpen && <PasswordDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

function PasswordDialog({ onClose }: { onClose: () => void }) {
  const change = hooks.auth.changePassword.useMutation();
  const { form, isBusy, errorOf, problem } = useForm(
    async ({ currentPassword = '', newPassword = '' }) => {
      await change.mutateAsync({ currentPassword, newPassword });
      toast('Your password is changed.');
      onClose();
    },
    { passwordAt: 'currentPassword' },
  );
  return (
    <Dialog title="Change the password" onClose={onClose}>
      <form {...form} className="form">
        <Field
          name="currentPassword"
          label="Current password"
          type="password"
          autoComplete="current-password"
          error={errorOf('currentPassword')}
        />
        <Field
          name="newPassword"
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="8 characters or more."
          error={errorOf('newPassword')}
        />
        <FormEnd problem={problem} onCancel={onClose} isBusy={isBusy}>
          Change it
        </FormEnd>
      </form>
    </Dialog>
  );
}
