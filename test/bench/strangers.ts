import { makeDataFolder } from '../support/dataFolder.ts';
import { startProgram } from '../support/program.ts';
import { type Asked, comparable, prepareQuestions } from '../support/strangers.ts';
import { GENEROUS, SECRETS } from '../support/visit.ts';

/**
 * Whether the time of an answer tells who is there: 300 samples of every state, interleaved in changing order. The medians must
 * lie within 5 % of each other, and the rank-sum test find no difference (p above 0.01); what fails once is measured once more.
 */
const SAMPLES = Number(process.argv[2] ?? 300);
const MEDIANS_WITHIN = 0.05;
const LEAST_P = 0.01;

await using folder = await makeDataFolder();
await using program = await startProgram('server/main.ts', {
  DATA_DIR: folder.path,
  LOG_LEVEL: 'silent',
  SIGNUP_MODE: 'invite',
  ...GENEROUS,
  ...SECRETS,
});

const ask = async ({ method, url, headers = {}, payload }: Asked) => {
  const response = await fetch(`${program.url}${url}`, {
    method,
    headers: { ...headers, ...(payload ? { 'content-type': 'application/json' } : {}) },
    ...(payload ? { body: JSON.stringify(payload) } : {}),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
};

const questions = await prepareQuestions(ask);
for (const [question, states] of Object.entries(questions)) {
  let verdict = await measure(question, states);
  if (verdict !== 'well') verdict = await measure(`${question}, once more`, states);
  if (verdict !== 'well') process.exitCode = 1;
}

async function measure(question: string, states: Record<string, Asked>): Promise<string> {
  const times = new Map<string, number[]>(Object.keys(states).map((state) => [state, []]));
  const answers = new Set<string>();
  for (let n = -5; n < SAMPLES; n++)
    for (const [state, asked] of Object.entries(states).sort(() => Math.random() - 0.5)) {
      const began = performance.now();
      answers.add(comparable(await ask(asked)));
      if (n >= 0) times.get(state)!.push(performance.now() - began);
    }
  const [[first, reference], ...others] = [...times] as [[string, number[]], ...[string, number[]][]];
  let isWell = answers.size === 1;
  console.log(`${question}: ${answers.size === 1 ? 'the same bytes' : `${answers.size} different answers`}`);
  console.log(`  ${first}: ${median(reference).toFixed(2)} ms`);
  for (const [state, sample] of others) {
    const off = median(sample) / median(reference) - 1;
    const p = rankSum(reference, sample);
    if (Math.abs(off) > MEDIANS_WITHIN || p <= LEAST_P) isWell = false;
    console.log(`  ${state}: ${(off * 100).toFixed(1)} %, p ${p.toFixed(3)}`);
  }
  return isWell ? 'well' : 'not well';
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}

/** Two-sided p of the Mann-Whitney test, by the normal approximation. */
function rankSum(one: number[], other: number[]): number {
  const all = [
    ...one.map((time) => ({ time, isOne: true })),
    ...other.map((time) => ({ time, isOne: false })),
  ];
  const sum = all
    .sort((a, b) => a.time - b.time)
    .reduce((total, { isOne }, rank) => total + (isOne ? rank + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const u = sum - (n * (n + 1)) / 2;
  const z = (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return 2 * (1 - normal(Math.abs(z)));
}

/** The normal distribution, by the approximation 7.1.26 of Abramowitz and Stegun. */
function normal(z: number): number {
  const t = 1 / (1 + (0.3275911 * z) / Math.SQRT2);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - (series * Math.exp((-z * z) / 2)) / 2;
}
