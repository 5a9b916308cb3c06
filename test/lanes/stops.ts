import { makeDataFolder, postgresOn } from '../support/dataFolder.ts';
import { faultsOf, measureCapacity, stopUnderLoad } from '../support/stopUnderLoad.ts';
import { GENEROUS, SECRETS } from '../support/visit.ts';

/** Stops the program under four fifths of the load that it can bear, again and again: no request that it has taken may be lost. */
const rounds = Number(process.argv[2] ?? 50);
const LOAD = 0.8;
await using folder = await makeDataFolder();
const environment = { DATA_DIR: folder.path, LOG_LEVEL: 'silent', ...GENEROUS, ...SECRETS };
const perSecond = LOAD * (await measureCapacity(environment));
let due = 0;
for (let round = 1; round <= rounds; round++) {
  const stopped = await stopUnderLoad(environment, round, perSecond);
  due += stopped.answers.filter(({ isDue }) => isDue).length;
  const left = postgresOn(folder.path);
  const faults = [...faultsOf(stopped), ...left.map((pid) => `PostgreSQL is left: ${pid}`)];
  if (faults.length) {
    console.error(`round ${round}: ${faults.join(', ')}`);
    process.exitCode = 1;
  }
}
console.log(`${rounds} stops, ${due} requests under way, ${Math.round(perSecond)} a second`);
