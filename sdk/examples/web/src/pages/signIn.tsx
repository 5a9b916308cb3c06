import { hooks, useCiel } from '@ciel/sdk/react';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Problem } from '../parts/problem.tsx';
import { toast } from '../parts/toasts.tsx';
import { useForm } from '../parts/useForm.ts';
import { Link, usePlace } from '../router.tsx';
import { sayError } from '../words.ts';
import { Front } from './front.tsx';
import { useServerSettings } from './settingsOfServer.ts';

export function SignInPage() {
  const ciel = useCiel();
  const { path, go } = usePlace();
  const settings = useServerSettings();
  const { form, isBusy, errorOf, problem } = useForm(async ({ identifier = '', password = '' }) => {
    await ciel.signIn(identifier, password);
    if (path === '/sign-in') go('/', { replace: true });
  });
  const demo = settings?.demoPeople ?? [];
  return (
    <Front title="Photographs of people you know">
      <form {...form} className="form">
        <Field
          name="identifier"
          label="Handle or e-mail"
          autoComplete="username"
          autoCapitalize="none"
          error={errorOf('identifier')}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          error={errorOf('password')}
        />
        <Problem>{problem}</Problem>
        <Button look="strong" type="submit" isBusy={isBusy}>
          Sign in
        </Button>
      </form>
      <p className="centred">
        {settings?.isInviteNeeded === false ? 'New here? ' : 'Have you been invited? '}
        <Link to="/sign-up">Sign up</Link>
      </p>
      {demo.length > 0 && (
        <section className="demo" aria-labelledby="demo">
          <h2 id="demo">Or try a demo account</h2>
          <ul>
            {demo.map((person) => (
              <DemoPerson key={person.handle} {...person} />
            ))}
          </ul>
        </section>
      )}
    </Front>
  );
}

function DemoPerson({ handle, password }: { handle: string; password: string }) {
  const ciel = useCiel();
  const { data } = hooks.users.byHandle.useQuery({ handle });
  return (
    <li>
      <button
        type="button"
        onClick={() => void ciel.signIn(handle, password).catch((error: unknown) => toast(sayError(error)))}
      >
        <Avatar of={data ?? { id: handle, handle, avatar: null }} size={44} />
        {handle}
      </button>
    </li>
  );
}
