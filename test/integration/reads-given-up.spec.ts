import { expect, it } from '@jest/globals';
import { LogUnavailable } from '../../libs/platform/event-store/event-store.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';
import { startProxy } from '../chaos/proxy.js';
import { append, startLog } from '../support/log.js';

it('a read whose connection is given up says so, instead of ending as if that had been all', async () => {
  const log = await startLog();
  // more than fits into what waits on the way
  const events = Array.from({ length: 60 }, () => ({ type: 'Filled', data: { text: 'x'.repeat(16_000) } }));
  for (let n = 0; n < 10; n++) await append(log.store, 'customer-v.1', n === 0 ? 'no-stream' : n * 60 - 1, events);
  const line = await startProxy(Number(/:(\d+)/.exec(log.node.connectionString)![1]));
  const store = EventStoreDb.connect(log.node.connectionString.replace(/:\d+/, `:${line.port}`));
  try {
    const reading = store.read('customer-v.1');
    expect(await reading.next()).toMatchObject({ value: { type: 'Filled', revision: 0 } });
    line.stall(60_000);
    // as when its appends stay unanswered
    await store.close();
    const rest = async () => {
      for await (const _ of reading);
    };
    await expect(rest()).rejects.toThrow(LogUnavailable);
  } finally {
    await line.close();
    await log.close();
  }
});
