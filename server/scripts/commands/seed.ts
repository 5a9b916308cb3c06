import { parseConfig } from '../../config/config.ts';
import { StartupProblem } from '../../infra/startupError.ts';
import { operation } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';

const ANSWERS_WITHIN_MS = 3_000;

export const seed = operation({
  name: 'seed',
  says: 'Make the people of the demo, with their photographs, on a Ciel that is running',
  examples: ['seed', 'seed --yes --json'],
  question: () => 'Make the people of the demo? Everybody knows their passwords, and could sign in as them.',
  async run({ app, progress }) {
    await requireServer();
    const { makeDemo } = await import('../demo.ts');
    return { people: await makeDemo(app, progress) };
  },
  show: ({ people }) => columns(people.map(({ handle, password }) => [handle, password])),
});

/** It takes the photographs and makes their variants. */
async function requireServer(): Promise<void> {
  const { publicUrl } = parseConfig();
  const answer = await fetch(`${publicUrl}/health`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).catch(
    () => null,
  );
  if (!answer?.ok)
    throw new StartupProblem(
      `No Ciel answers at ${publicUrl}: start it by npm start, or correct PUBLIC_URL.`,
    );
}
