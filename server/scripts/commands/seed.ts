import { parseConfig } from '../../config/config.ts';
import { StartupError } from '../../infra/startupError.ts';
import { operation } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';

const TIMEOUT_MS = 3_000;

export const seed = operation({
  name: 'seed',
  says: 'Create the demo users and their content on a running Ciel',
  examples: ['seed', 'seed --yes --json'],
  question: () => 'Create the demo users? Their passwords are public, so anyone could sign in as them.',
  async run({ app, progress }) {
    await requireServer();
    const { makeDemo } = await import('../demo.ts');
    return { people: await makeDemo(app, progress) };
  },
  show: ({ people }) => columns(people.map(({ handle, password }) => [handle, password])),
});

/** The running server receives the photographs and creates their variants. */
async function requireServer(): Promise<void> {
  const { publicUrl } = parseConfig();
  const response = await fetch(`${publicUrl}/health`, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    () => null,
  );
  if (!response?.ok)
    throw new StartupError(
      `Ciel is not reachable at ${publicUrl}: start it with npm start, or correct PUBLIC_URL.`,
    );
}
