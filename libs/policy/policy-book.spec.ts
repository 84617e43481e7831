import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import { PolicyBook } from './policy-book.js';
import type { PolicyEvent } from './policy.events.js';
import { standardV1 } from './standard-v1.js';

let log: TestLog;
let book: PolicyBook;
beforeEach(async () => {
  log = await startLog();
  book = new PolicyBook(log.store);
});
afterEach(async () => {
  await book.onModuleDestroy();
  await log.close();
});

const published = (version: string, effectiveFrom: string): PolicyEvent => ({
  type: 'PolicyPublished',
  data: { draftId: version, version, effectiveFrom, rules: standardV1 },
});
const january = '2026-01-01T00:00:00.000Z';
const march = '2026-03-01T00:00:00.000Z';

describe('the policy book', () => {
  it('knows what the log held when it started', async () => {
    await append(log.store, 'policy-demo.programme', 'no-stream', [published('v1', january), published('v2', march)]);
    await book.onModuleInit();
    expect(await book.inForce('demo', '2026-02-01T00:00:00.000Z')).toMatchObject({ version: 'v1', rules: standardV1 });
    expect(await book.inForce('demo', march)).toMatchObject({ version: 'v2' });
    expect(await book.version('demo', 'v2')).toEqual(standardV1);
  });

  it('asks the stream where memory has no answer', async () => {
    await append(log.store, 'policy-demo.programme', 'no-stream', [published('v1', january)]);
    expect(await book.version('demo', 'v1')).toEqual(standardV1);
    expect(await book.inForce('demo', january)).toMatchObject({ version: 'v1' });
  });

  it('answers by what was published once that has been seen', async () => {
    await append(log.store, 'policy-demo.programme', 'no-stream', [published('v1', january)]);
    await book.onModuleInit();
    const { position } = await append(log.store, 'policy-demo.programme', 0, [published('v2', march)]);
    await book.seen(position);
    expect(await book.inForce('demo', march)).toMatchObject({ version: 'v2' });
  });

  it('refuses where nothing is in force, or no such version, or only another vendor has it', async () => {
    await append(log.store, 'policy-demo.programme', 'no-stream', [published('v1', january)]);
    await book.onModuleInit();
    const none = expect.objectContaining({ code: 'policy.none-in-force', refusal: 'state' });
    await expect(book.inForce('demo', '2025-12-31T23:59:59.999Z')).rejects.toEqual(none);
    await expect(book.inForce('other', march)).rejects.toEqual(none);
    const unknown = expect.objectContaining({ code: 'policy.unknown', refusal: 'unknown' });
    await expect(book.version('demo', 'v9')).rejects.toEqual(unknown);
    await expect(book.version('other', 'v1')).rejects.toEqual(unknown);
  });
});
