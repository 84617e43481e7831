import { readConfig, redacted } from '../../libs/platform/config.js';

const PATIENCE_MS = 10_000;

/**
 * Asks the user's own event log for its end, once; rejects in one line where it does not answer within `patience` ms. The
 * api and the worker would wait for it for ever, and so would whoever waits for `ready`.
 */
export const probeLog = async (env: NodeJS.ProcessEnv, patience = PATIENCE_MS): Promise<void> => {
  const url = readConfig(env, 'worker').eventStoreUrl;
  // here, not above: the embedded log needs no client
  const { EventStoreDb } = await import('../../libs/platform/event-store/eventstoredb.js');
  const store = EventStoreDb.connect(url);
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`silent for ${patience / 1000} s`)), patience);
  });
  try {
    await Promise.race([store.head(), silent]);
  } catch (fault) {
    const [why] = (fault instanceof Error ? fault.message : String(fault)).split('\n');
    throw new Error(
      `the event log ${redacted(url)} does not answer (${why}): start it, or unset EVENTSTORE_URL for the embedded one`,
      { cause: fault },
    );
  } finally {
    clearTimeout(timer);
    // not awaited: the client waits for a read that has no answer
    store.close().catch(() => undefined);
  }
};
