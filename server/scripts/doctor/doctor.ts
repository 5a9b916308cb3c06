import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, parseConfig } from '../../config/config.ts';
import { withDatabase } from '../cli/database.ts';
import { examineDatabase, NO_DATABASE } from './database.ts';
import { broken, examine, type Finding, ok, reasonOf } from './finding.ts';
import { examineKeys } from './keys.ts';
import { examineMachine } from './machine.ts';
import { examineProcesses } from './processes.ts';
import { examineServices } from './services.ts';
import { examineWaiting } from './waiting.ts';

/** Examines everything Ciel depends on, one after another; a broken one doesn't stop the rest. */
export async function examineAll(onFinding: (finding: Finding) => void): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = (finding: Finding) => {
    findings.push(finding);
    onFinding(finding);
  };
  const addAll = async (examinations: (() => Promise<Finding>)[]) => {
    for (const run of examinations) add(await run());
  };
  const config = readConfig(add);
  await addAll(examineMachine(config && needsFolder(config) ? config.dataDir : null));
  if (!config) return findings;
  await addAll(examineKeys(config));
  await lookAtDatabase(config, add, addAll);
  await addAll(examineServices(config));
  return findings;
}

const needsFolder = ({ isEmbedded, s3 }: Config) => isEmbedded || s3 === null;

function readConfig(add: (finding: Finding) => void): Config | null {
  try {
    const config = parseConfig();
    add({
      name: 'configuration',
      ...ok(`${config.mode}, ${config.isEmbedded ? 'embedded' : 'own services'}`),
    });
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const advice = '.env.example documents every variable.';
    for (const line of error.message.split('\n')) add({ name: 'configuration', ...broken(line, advice) });
    return null;
  }
}

async function lookAtDatabase(
  config: Config,
  add: (finding: Finding) => void,
  addAll: (examinations: (() => Promise<Finding>)[]) => Promise<void>,
): Promise<void> {
  const { isEmbedded, dataDir, database } = config;
  if (isEmbedded && !existsSync(join(dataDir, 'postgres'))) return add({ name: 'database', ...NO_DATABASE });
  const inside = withDatabase(
    (opened) =>
      addAll([
        ...examineDatabase(opened, database.maxConnections),
        ...examineWaiting(opened),
        examineProcesses(opened, config),
      ]),
    { waitSeconds: 3 },
  );
  await inside.catch(async (error: unknown) =>
    add(
      await examine(
        'database',
        () => Promise.reject(new Error(reasonOf(error))),
        'Ciel cannot run without it.',
      ),
    ),
  );
}
