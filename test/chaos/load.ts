import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.js';
import type { Commands } from './commands.js';
import { accountFor, type Company, companyOf, dealFor, someFamilies, spelled } from './customers.js';
import type { Random } from './random.js';
import { workOnCase } from './case-work.js';

export type Rooms = {
  readonly client: Client;
  readonly commands: Commands;
  readonly random: Random;
  /** The processors don't keep up: nothing new then. */
  readonly isBehind: () => boolean;
};
/** A thing that one person at a time works on. */
type Thing = { readonly id: string; readonly partner: string; readonly company: Company; busy: boolean };

export const partners = Array.from({ length: 12 }, (_, index) => `partner-${String(index + 1).padStart(2, '0')}`);
/** Of another vendor, with the same customers. */
const stranger = 'other-partner';
const managersOf = (partner: string) => (partner === stranger ? ['other-manager'] : ['manager-1', 'manager-2']);
/** How many of the youngest are worked on. */
const recent = 120;

/** Makes everybody a partner who may sell everything; asks until it is so. */
export const enrolPartners = async ({ client }: Pick<Rooms, 'client'>, families: readonly string[]): Promise<void> => {
  for (const id of partners) {
    const profile = {
      legalName: `${id} IT`,
      domain: `${id}.example`,
      countryCode: 'DE',
      type: 'reseller',
      tier: 'platinum',
      territories: ['*'],
      authorisedFamilies: families,
    };
    for (let at = 0; ; at++) {
      const reply = await client.attempt(
        { persona: 'manager-1', method: 'PUT', path: `/v1/partners/${id}`, body: profile },
        at,
      );
      if (reply && reply.status < 300) break;
      if (at > 100) throw new Error(`${id} can't be enrolled: ${JSON.stringify(reply?.body)}`);
      await pause(100);
    }
  }
};

/** `width` people at once, at most `perSecond` steps a second together, until `over`. */
export const startLoad = async (
  rooms: Rooms,
  { width, perSecond, over }: { readonly width: number; readonly perSecond: number; readonly over: AbortSignal },
): Promise<void> => {
  const { client, commands, random } = rooms;
  const companies: Company[] = [];
  const registrations: Thing[] = [];
  const direct: Thing[] = [];
  let [today, askedAt] = [Date.now(), -Infinity];

  const clock = async () => {
    if (performance.now() - askedAt < 2_000) return;
    askedAt = performance.now();
    const reply = await client.attempt({ persona: null, method: 'GET', path: '/demo/clock' }, random.between(0, 1));
    if (reply?.status === 200) today = Date.parse(reply.body.now as string);
  };
  /** Now and then a new one, otherwise one of the last: claims meet. */
  const someCompany = (): Company => {
    if (companies.length < 5 || random.chance(0.3)) companies.push(companyOf(random, companies.length));
    return random.pick(companies.slice(-40));
  };
  const register = async () => {
    const [partner, company] = [random.chance(0.08) ? stranger : random.pick(partners), someCompany()];
    const submit = random.chance(0.85);
    const onBehalf = random.chance(0.06);
    const reply = await commands.send({
      persona: onBehalf ? random.pick(managersOf(partner)) : partner,
      path: '/v1/registrations',
      body: { ...dealFor(random, company, today), submit, ...(onBehalf && { partnerId: partner }) },
      category: 'registration',
      id: null,
      effects: [submit ? 'RegistrationSubmitted' : 'RegistrationDrafted'],
    });
    if (reply?.status === 201) registrations.push({ id: reply.body.id as string, partner, company, busy: false });
  };
  const claimDirectly = async () => {
    const isNew = direct.length < 3 || random.chance(0.6);
    const free = direct.filter(({ busy }) => !busy);
    if (!isNew && free.length === 0) return;
    const thing: Thing = isNew
      ? { id: `crm-${direct.length + 1}`, partner: '', company: someCompany(), busy: false }
      : random.pick(free);
    if (isNew) direct.push(thing);
    await keeping(thing, async () => {
      if (!isNew && random.chance(0.3)) {
        const seen = await client.read('manager-1', `/v1/direct-claims/${thing.id}`);
        if (seen?.status !== 200 || seen.body.status === 'closed') return;
        await commands.send({
          persona: 'manager-2',
          path: `/v1/direct-claims/${thing.id}/close`,
          body: {},
          category: 'direct',
          id: thing.id,
          ifMatch: seen.body.revision as number,
          effects: ['DirectClaimClosed'],
        });
        return;
      }
      await commands.send({
        persona: 'manager-1',
        method: 'PUT',
        path: `/v1/direct-claims/${thing.id}`,
        body: {
          account: accountFor(random, thing.company),
          productFamilies: someFamilies(random),
          stage: random.pick(['proposal', 'negotiation', 'named-account']),
          openedOn: new Date(today).toISOString().slice(0, 10),
        },
        category: 'direct',
        id: thing.id,
        effects: ['DirectClaimOpened', 'DirectClaimChanged'],
        mayBeIdle: !isNew,
      });
    });
  };

  const work = async () => {
    const free = registrations.slice(-recent).filter(({ busy }) => !busy);
    if (free.length === 0) return;
    const thing = random.pick(free);
    await keeping(thing, async () => {
      const manager = random.pick(managersOf(thing.partner));
      const seen = await client.read(manager, `/v1/registrations/${thing.id}`);
      if (seen?.status !== 200) return;
      await workOnRegistration(rooms, thing, manager, seen.body, today);
    });
  };

  const step = async () => {
    await clock();
    const kind = random.weighed({ register: 30, claimDirectly: 5, work: 65 });
    if (kind !== 'work' && rooms.isBehind() && registrations.length > 0) return;
    await { register, claimDirectly, work }[kind]();
  };
  setMaxListeners(0, over);
  const began = performance.now();
  let steps = 0;
  const person = async () => {
    while (!over.aborted) {
      const due = began + (steps++ * 1_000) / perSecond - performance.now();
      if (due > 0) await pause(due, undefined, { signal: over }).catch(() => undefined);
      if (due < -2_000) steps = Math.floor(((performance.now() - began) * perSecond) / 1_000);
      if (!over.aborted) await step();
    }
  };
  await Promise.all(Array.from({ length: width }, person));
};

const keeping = async (thing: Thing, act: () => Promise<void>): Promise<void> => {
  thing.busy = true;
  try {
    await act();
  } finally {
    thing.busy = false;
  }
};

const workOnRegistration = async (
  rooms: Rooms,
  { id, partner, company }: Thing,
  manager: string,
  seen: any,
  today: number,
): Promise<void> => {
  const { commands, random } = rooms;
  const path = `/v1/registrations/${id}`;
  const revision = seen.revision as number;
  const act = (persona: string, verb: string, effects: readonly string[], body: unknown = {}) => {
    const stale = random.chance(0.03) && revision > 0 ? 1 : 0;
    return commands.send({
      persona,
      path: `${path}/${verb}`,
      body,
      category: 'registration',
      id,
      ifMatch: revision - stale,
      effects,
    });
  };
  const patch = (fields: object, effects: readonly string[]) =>
    commands.send({
      persona: partner,
      method: 'PATCH',
      path,
      body: fields,
      category: 'registration',
      id,
      ifMatch: revision,
      effects,
    });
  const proof = () => ({
    kind: random.pick(['poc', 'demo', 'meeting', 'proposal']),
    sha256: createHash('sha256').update(String(random.next())).digest('hex'),
    occurredAt: new Date(today - 60_000).toISOString(),
  });
  const withdraw = () => act(partner, 'withdraw', ['RegistrationWithdrawn'], { reason: 'no budget' });
  const evidence = () => act(partner, 'evidence', ['EvidenceAttached'], proof());
  const chance = random.next();

  switch (seen.status) {
    case 'draft':
      if (chance < 0.2) return void (await patch({ notes: `n ${random.next()}` }, ['DraftAmended']));
      return void (await act(partner, 'submit', ['RegistrationSubmitted']));
    case 'submitted':
      if (chance < 0.1) return void (await withdraw());
      return void (chance < 0.4 && (await evidence()));
    case 'returned':
      if (chance < 0.5) {
        const other = random.chance(0.3) && { productFamilies: someFamilies(random) };
        const customer = random.chance(0.3) && { customer: spelled(random, company) };
        return void (await patch({ notes: `n ${random.next()}`, ...other, ...customer }, ['FieldsAmended']));
      }
      return void (await act(partner, 'submit', ['RegistrationSubmitted']));
    case 'under-review': {
      if (chance < 0.05) return void (await withdraw());
      if (chance < 0.15) return void (await evidence());
      const [claimId] = seen.matches.undecided as string[];
      if (claimId && chance < 0.8) {
        const [verb, effect] = random.chance(0.5)
          ? ['confirm-match', 'MatchConfirmed']
          : ['dismiss-match', 'MatchDismissed'];
        return void (await act(manager, verb, [effect], { claimId, reason: 'asked them' }));
      }
      if (chance < 0.25) return void (await act(manager, 'reject', ['RegistrationRejected'], { code: 'other' }));
      if (chance < 0.35) {
        const fields = ['notes', 'productFamilies', 'customer'];
        return void (await act(manager, 'return', ['RegistrationReturned'], { reasons: ['who is it?'], fields }));
      }
      return void (await act(manager, 'approve', ['ApprovalStepDecided', 'RegistrationApproved']));
    }
    case 'in-conflict':
      if (chance < 0.06) return void (await withdraw());
      if (chance < 0.2) return void (await evidence());
      return workOnCase(rooms, random.pick(seen.cases as string[]), manager);
    case 'approved':
      if (chance < 0.04) return void (await withdraw());
      if (chance < 0.08) return void (await act(partner, 'lost', ['DealLost'], { reason: 'budget cut' }));
      if (chance < 0.15) {
        const closedOn = new Date(today).toISOString().slice(0, 10);
        return void (await act(partner, 'won', ['DealWon'], { amount: 3_000_000, currency: 'EUR', closedOn }));
      }
  }
};
