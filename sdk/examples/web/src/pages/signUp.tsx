import { useCiel } from '@ciel/sdk/react';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Problem } from '../parts/problem.tsx';
import { useForm } from '../parts/useForm.ts';
import { Link, usePlace } from '../router.tsx';
import { Front } from './front.tsx';
import { useServerSettings } from './settingsOfServer.ts';

export function SignUpPage() {
  const ciel = useCiel();
  const { go, query } = usePlace();
  const settings = useServerSettings();
  const { form, isBusy, errorOf, problem } = useForm(async (values) => {
    const { handle = '', displayName = '', email = '', password = '', inviteCode } = values;
    await ciel.signUp({ handle, displayName, email, password, ...(inviteCode ? { inviteCode } : {}) });
    go('/', { replace: true });
  });
  return (
    <Front title="Join Ciel">
      <form {...form} className="form">
        {settings?.isInviteNeeded !== false && (
          <Field
            name="inviteCode"
            label="Invite"
            defaultValue={query.get('invite') ?? ''}
            autoComplete="off"
            spellCheck={false}
            hint="The invite code you were given."
            error={errorOf('inviteCode')}
          />
        )}
        <Field name="displayName" label="Your name" autoComplete="name" error={errorOf('displayName')} />
        <Field
          name="handle"
          label="Handle"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          hint="Letters, digits and _. People find you by it."
          error={errorOf('handle')}
        />
        <Field name="email" label="E-mail" type="email" autoComplete="email" error={errorOf('email')} />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          hint="8 characters or more."
          error={errorOf('password')}
        />
        <Problem>{problem}</Problem>
        <Button look="strong" type="submit" isBusy={isBusy}>
          Sign up
        </Button>
      </form>
      <p className="centred">
        Already have an account? <Link to="/sign-in">Sign in</Link>
      </p>
    </Front>
  );
}
