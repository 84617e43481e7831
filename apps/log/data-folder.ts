import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../libs/embedded-eventstore/embedded-event-store.js';
import { CannotFinish } from './failures.js';

/**
 * Starts a node on the log in `folder`, its own or that of a quick start, for as long as `use` takes. Throws {@link CannotFinish}
 * where there is none or another node runs on it; never makes one.
 */
export const onFolder = async <T>(folder: string, use: (url: string) => Promise<T>): Promise<T> => {
  const path = [join(folder, 'log'), folder].find((each) => existsSync(join(each, 'format.json')));
  if (path === undefined)
    throw new CannotFinish(
      `${folder} is neither a connection string (esdb://…) nor the data folder of an embedded log`,
    );
  const node = await EmbeddedEventStore.start({ path }).catch((fault: Error) => {
    throw new CannotFinish(`${fault.message} A running node is checked by its connection string.`);
  });
  try {
    return await use(node.connectionString);
  } finally {
    await node.close();
  }
};
