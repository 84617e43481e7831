import type { Answered, Entry } from './ledger.js';
import type { LogEvent } from './log-reader.js';

export type Fact = {
  readonly stream: string;
  readonly type: string;
  readonly data?: Record<string, unknown>;
  /** The command of a person; left out: a processor's. */
  readonly asked?: { readonly trace: string; readonly by: string };
};

/** A log of these facts, in this order, as an honest server would have kept it. */
export const logOf = (...facts: readonly Fact[]): LogEvent[] => {
  const revisions = new Map<string, number>();
  return facts.map(({ stream, type, data = {}, asked }, index) => {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const commandId = asked ? `command of ${asked.trace}` : `command ${index}`;
    return {
      id: `event-${index}`,
      type,
      stream,
      revision,
      position: BigInt(100 * (index + 1)),
      data,
      metadata: {
        $correlationId: asked?.trace ?? 'some trace',
        $causationId: asked ? commandId : `event-${index - 1}`,
        commandId,
        actor: asked?.by ?? 'system:test',
        at: new Date(Date.UTC(2026, 0, 15) + index * 1_000).toISOString(),
      },
    };
  });
};

const partner = 'partner-01';
const claimed = (domain: string, productFamilies: readonly string[]) => ({
  partnerId: partner,
  fields: { customer: { countryCode: 'PL', domain }, productFamilies },
  toScreen: true,
});
const screened = (customerKey: string, candidates: readonly string[] = []) => ({
  customerKey,
  candidates: candidates.map((claimId) => ({ claimId })),
});
const [one, two] = ['registration-demo.one', 'registration-demo.two'];
const claimants = [{ claimId: 'one' }, { claimId: 'two' }];
const grant = { grantId: 'one.1', registrationId: 'one', customerKey: 'jantar', family: 'backup' };

/** Two partners of one customer; the first is approved once the second has withdrawn. */
export const story: readonly Fact[] = [
  {
    stream: one,
    type: 'RegistrationSubmitted',
    data: claimed('www.jantar.example', ['backup']),
    asked: { trace: 't0', by: partner },
  },
  { stream: one, type: 'RegistrationScreened', data: screened('jantar') },
  {
    stream: two,
    type: 'RegistrationSubmitted',
    data: claimed('https://jantar.example/de', ['backup', 'erp']),
    asked: { trace: 't1', by: 'partner-02' },
  },
  {
    stream: 'conflict-demo.jantar.backup.1',
    type: 'ConflictDetected',
    data: { customerKey: 'jantar', family: 'backup', claimants },
  },
  { stream: two, type: 'RegistrationScreened', data: screened('jantar', ['one']) },
  { stream: one, type: 'ConflictRaised', data: { caseId: 'jantar.backup.1', family: 'backup' } },
  { stream: two, type: 'ConflictRaised', data: { caseId: 'jantar.backup.1', family: 'backup' } },
];
export const ending: readonly Fact[] = [
  { stream: two, type: 'RegistrationWithdrawn', asked: { trace: 't2', by: 'partner-02' } },
  { stream: 'conflict-demo.jantar.backup.1', type: 'ClaimantLeft', data: { claimant: { claimId: 'two' } } },
  { stream: 'conflict-demo.jantar.backup.1', type: 'CaseDismissed', data: { pairs: [] } },
  { stream: one, type: 'ConflictCleared', data: { caseId: 'jantar.backup.1' } },
  { stream: 'exclusivity-demo.jantar.backup', type: 'ExclusivityTaken', data: grant },
  { stream: one, type: 'RegistrationApproved', data: { grants: [grant] }, asked: { trace: 't3', by: 'manager-1' } },
];

/** What the client of the story remembers of its command `n`. */
export const entryOf = (
  log: readonly LogEvent[],
  n: number,
  sent: Partial<Entry> = {},
  answer: Partial<Answered> | null = {},
): Entry => {
  const events = log.filter(({ metadata }) => metadata['$correlationId'] === `t${n}`);
  const last = events.at(-1);
  const id = last?.stream.split('.')[1] ?? 'nowhere';
  return {
    n,
    trace: `t${n}`,
    key: `k${n}`,
    persona: 'partner-01',
    method: 'POST',
    path: '/v1/registrations',
    category: 'registration',
    id: n < 2 ? null : id,
    ifMatch: n < 2 ? null : (events[0]?.revision ?? 1) - 1,
    effects: events.map(({ type }) => type),
    mayBeIdle: false,
    attempts: 1,
    ...sent,
    answer: answer && {
      status: 201,
      code: null,
      id,
      revision: last?.revision ?? 0,
      position: String(last?.position ?? 0),
      ...answer,
    },
  };
};
