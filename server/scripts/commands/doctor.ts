import { command } from '../cli/command.ts';
import { columns } from '../cli/terminal.ts';
import { examineAll } from '../doctor/doctor.ts';

const EXPECTED = 22;

export const doctor = command({
  name: 'doctor',
  says: 'Check everything Ciel depends on, and say how to fix what is wrong',
  examples: ['doctor', 'doctor --json'],
  async run({ progress }) {
    let done = 0;
    const findings = await examineAll(({ name }) => progress(Math.min(++done, EXPECTED), EXPECTED, name));
    return { isWell: findings.every(({ state }) => state !== 'broken'), findings };
  },
  show: ({ findings }) =>
    columns(
      findings.flatMap(({ name, state, says, advice }) => [
        [state, name, says],
        ...(advice ? [['', '', `→ ${advice}`]] : []),
      ]),
    ),
  isBad: ({ isWell }) => !isWell,
});
