import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import type { Caller } from '../platform/event-store/transact.js';
import { PolicyBook } from '../policy/policy-book.js';
import type { PolicyEvent } from '../policy/policy.events.js';
import { standardV1 } from '../policy/standard-v1.js';
import { DirectClaimHandler, ExecuteDirectClaim, loadDirectClaim } from './direct-claim.handler.js';

let log: TestLog;
let book: PolicyBook;
let handler: DirectClaimHandler;
beforeEach(async () => {
  log = await startLog();
  book = new PolicyBook(log.store);
  handler = new DirectClaimHandler(log.store, book);
});
afterEach(async () => {
  await book.onModuleDestroy();
  await log.close();
});

const now = '2026-01-15T09:00:00.000Z';
const caller = (commandId: string): Caller => ({
  vendor: 'demo',
  actor: 'crm',
  commandId,
  now,
  correlationId: commandId,
  causationId: commandId,
});
const fields = {
  account: { name: 'Orion', countryCode: 'DE' },
  productFamilies: ['backup'],
  stage: 'proposal',
  openedOn: '2026-01-10',
};
const save = (stage: string, commandId: string) =>
  handler.execute(
    new ExecuteDirectClaim('OPP-1', { type: 'SaveDirectClaim', fields: { ...fields, stage } }, caller(commandId)),
  );
const publish = (version: string, effectiveFrom: string): PolicyEvent => ({
  type: 'PolicyPublished',
  data: { draftId: version, version, effectiveFrom, rules: standardV1 },
});

describe('saving a direct claim', () => {
  it.each([
    ['has no policy', []],
    ['has one only for later', [publish('v1', '2026-01-15T09:00:00.001Z')]],
  ])('is refused to a vendor that %s: screening could not go on', async (_, published) => {
    if (published.length > 0) await append(log.store, 'policy-demo.programme', 'no-stream', published);
    await expect(save('proposal', 'first')).rejects.toMatchObject({ code: 'policy.none-in-force', refusal: 'state' });
    expect((await loadDirectClaim(log.store, 'demo', 'OPP-1')).revision).toBe(-1);
  });

  it('names the policy in force at each save', async () => {
    await append(log.store, 'policy-demo.programme', 'no-stream', [publish('v1', '2026-01-01T00:00:00.000Z')]);
    await book.onModuleInit();
    const opened = await save('proposal', 'first');
    expect(opened.events).toMatchObject([{ type: 'DirectClaimOpened', data: { policyVersion: 'v1' } }]);
    const { position } = await append(log.store, 'policy-demo.programme', 0, [publish('v2', now)]);
    await book.seen(position);
    const changed = await save('negotiation', 'second');
    expect(changed.events).toMatchObject([{ type: 'DirectClaimChanged', data: { policyVersion: 'v2' } }]);
    expect(changed.state).toMatchObject({ fields: { ...fields, stage: 'negotiation' } });
    expect(changed.state).not.toHaveProperty('fields.policyVersion');
  });
});
