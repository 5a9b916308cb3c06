import { hooks, useCiel } from '@ciel/sdk/react';
import { Blocks } from '../parts/blocks.tsx';
import { Button } from '../parts/button.tsx';
import { ChangePassword } from '../parts/changePassword.tsx';
import { EditProfile } from '../parts/editProfile.tsx';
import { Heading } from '../parts/heading.tsx';
import { Invites } from '../parts/invites.tsx';
import { OwnData } from '../parts/ownData.tsx';
import { Preferences } from '../parts/preferences.tsx';
import { Sessions } from '../parts/sessions.tsx';
import { toast } from '../parts/toasts.tsx';
import { usePlace } from '../router.tsx';

export function SettingsPage() {
  const ciel = useCiel();
  const { go } = usePlace();
  const { data: me } = hooks.auth.me.useQuery();
  async function leave() {
    go('/', { replace: true });
    await ciel.signOut().catch(() => toast('You are signed out here, but the server could not be reached.'));
  }
  return (
    <>
      <Heading title="Settings" />
      <div className="settings">
        {me && <EditProfile key={me.id} me={me} />}
        <Preferences />
        <Invites />
        <Blocks />
        <Sessions />
        <ChangePassword />
        {me && <OwnData handle={me.handle} />}
        <section>
          <h2>Leave</h2>
          <Button onClick={leave}>Sign out</Button>
        </section>
      </div>
    </>
  );
}
