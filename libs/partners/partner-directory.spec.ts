import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append, startLog, type TestLog } from '../../test/support/log.js';
import { PartnerDirectory } from './partner-directory.js';
import type { PartnerEvent } from './partner.events.js';

let log: TestLog;
let directory: PartnerDirectory;
beforeEach(async () => {
  log = await startLog();
  directory = new PartnerDirectory(log.store);
});
afterEach(async () => {
  await directory.onModuleDestroy();
  await log.close();
});

const onboarded: PartnerEvent = {
  type: 'PartnerOnboarded',
  data: {
    legalName: 'North GmbH',
    domain: 'north.example',
    countryCode: 'DE',
    type: 'reseller',
    tier: 'silver',
    territories: ['*'],
    authorisedFamilies: ['backup'],
  },
};
const suspended: PartnerEvent = { type: 'PartnerSuspended', data: { reason: 'audit' } };

describe('the directory of partners', () => {
  it('follows the log', async () => {
    await append(log.store, 'partner-demo.p1', 'no-stream', [onboarded]);
    await directory.onModuleInit();
    expect(await directory.get('demo', 'p1')).toEqual({ status: 'active', profile: onboarded.data });
    const { position } = await append(log.store, 'partner-demo.p1', 0, [suspended]);
    await directory.seen(position);
    expect(await directory.get('demo', 'p1')).toMatchObject({ status: 'suspended' });
  });

  it('asks the stream about a partner that may not act', async () => {
    expect(await directory.get('demo', 'p1')).toEqual({ status: 'unknown' });
    await append(log.store, 'partner-demo.p1', 'no-stream', [onboarded]);
    expect(await directory.get('demo', 'p1')).toMatchObject({ status: 'active' });
    expect(await directory.get('other', 'p1')).toEqual({ status: 'unknown' });
  });
});
