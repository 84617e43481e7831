import { setTimeout as pause } from 'node:timers/promises';
import { END, EventStoreDBClient, eventTypeFilter } from '@eventstore/db-client';

/**
 * An observer outside: a subscription of its own that notes when each registration was screened.
 *
 * @param {string} url of the event store
 */
export const watchScreening = async (url) => {
  const client = EventStoreDBClient.connectionString(url);
  const seen = new Map();
  const subscription = client.subscribeToAll({
    fromPosition: END,
    filter: eventTypeFilter({ prefixes: ['RegistrationScreened'] }),
  });
  subscription.on('data', ({ event }) => {
    const at = performance.timeOrigin + performance.now();
    if (event) seen.set(event.streamId.slice(event.streamId.indexOf('.') + 1), at);
  });
  // ended with the process
  subscription.on('error', () => undefined);
  await new Promise((resolve) => subscription.once('confirmation', resolve));
  return {
    /** Epoch ms by id of a registration. */
    seen,
    /** Waits until so many were screened since the beginning, for `ms` at most. */
    until: async (total, ms, signal) => {
      for (const began = performance.now(); seen.size < total && performance.now() - began < ms;)
        await pause(20, undefined, { signal });
    },
    close: async () => {
      await subscription.unsubscribe();
      await client.dispose();
    },
  };
};
