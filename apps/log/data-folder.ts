import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../libs/embedded-eventstore/embedded-event-store.js';
import { verifyLog } from '../../libs/embedded-eventstore/verify.js';
import { checkLog, type Checked, shownFaults } from './check.js';
import type { Watched } from './copy.js';
import { CannotFinish } from './failures.js';
import { RawLog } from './raw-log.js';

/**
 * Checks the log in `folder`, a stopped node's own or a quick start's: first how it is stored, then, where nothing is wrong
 * with that, what it says. Throws {@link CannotFinish} where there is none or a node runs on it; never makes one.
 */
export const checkFolder = async (folder: string, { progress, signal }: Watched): Promise<Checked> => {
  const path = [join(folder, 'log'), folder].find((each) => existsSync(join(each, 'format.json')));
  if (path === undefined)
    throw new CannotFinish(
      `${folder} is neither a connection string (esdb://…) nor the data folder of an embedded log`,
    );
  const began = performance.now();
  const faults: string[] = [];
  const stored = await verifyLog(path, {
    onFault: ({ problem }) => void (faults.length < shownFaults && faults.push(problem)),
    onProgress({ table, done, total }) {
      signal.throwIfAborted();
      progress.show(`checking ${table}`, done, done, total);
    },
  }).catch(notWhileItRuns);
  progress.clear();
  if (stored.faults > 0)
    return { ...stored, faults, faultCount: stored.faults, seconds: (performance.now() - began) / 1_000 };
  const node = await EmbeddedEventStore.start({ path }).catch(notWhileItRuns);
  const log = RawLog.connect(node.connectionString);
  try {
    const said = await checkLog(log, { progress, signal });
    return { ...said, seconds: (performance.now() - began) / 1_000 };
  } finally {
    await log.close();
    await node.close();
  }
};

const notWhileItRuns = (fault: Error): never => {
  if (!/is in use/.test(fault.message)) throw fault;
  throw new CannotFinish(`${fault.message} One that runs is checked by its connection string.`);
};
