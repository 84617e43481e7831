import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { readConfig } from '../../libs/platform/config.js';
import { loggerTo } from '../../libs/platform/logging.js';
import { append, startLog } from '../../test/support/log.js';
import { startDatabase } from '../../test/support/postgres.js';
import { schema } from '../schema.js';
import { startWorker } from './start.js';

it('closes in order, whatever read was left before its end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'));
  const [tables, log] = await Promise.all([startDatabase(schema), startLog()]);
  try {
    const many = Array.from({ length: 2_000 }, (_, n) => ({ type: 'PartyNoted', data: { n } }));
    await append(log.store, 'lead-demo.many', 'no-stream', many);
    const env = { DATA_DIR: folder, EVENTSTORE_URL: log.node.connectionString, DATABASE_URL: tables.url };
    const worker = await startWorker(readConfig(env, 'worker'), loggerTo({ write: () => undefined }, 'silent', 'test'));
    const reading = worker.store.readAll()[Symbol.asyncIterator]();
    await reading.next();
    // the client used to wait for ever for such a read
    await worker.stop();
    expect(worker.database.isInitialized).toBe(false);
    await reading.return?.(undefined);
  } finally {
    await log.close();
    await tables.drop();
    rmSync(folder, { recursive: true, force: true });
  }
});
