import type { DataSource, EntityManager } from 'typeorm';
import { openCandidateSearch } from '../matching/candidate-search.js';
import { judge } from '../matching/match.js';
import type { ComparedField } from '../matching/record-comparison.js';
import { weightsOf } from '../matching/weights.js';
import type { EventStore } from '../platform/event-store/event-store.js';
import type { PolicyBook } from '../policy/policy-book.js';
import type { Screening } from '../registrations/registration.events.js';
import { followClaim } from './following-claims.js';
import { adoptNames, forgetNames, forgetNamesOfPairs, shareNames } from './known-as.js';
import { bringsClaim, claimsOf, inParts, isOfConcern, membersOf, previewOf, type Turn } from './previewing.js';
import type { Screened } from './recording-screening.js';
import { candidatesFor } from './screening.js';
import { type Book, openBook } from './screening-book.js';
import { claimsById, contended, type ScreeningClaim } from './screening-claim.js';

export type Standing = 'none' | 'possible' | 'certain';

/** A pair of claims of which today's matcher says something else than was recorded; `earlier` came first. */
export type Difference = {
  readonly vendor: string;
  readonly claimId: string;
  readonly name: string;
  readonly earlier: string;
  readonly earlierName: string;
  readonly recorded: Standing;
  readonly today: Standing;
  /** Today's, 0..1; null where the search does not propose the pair. */
  readonly score: number | null;
  readonly weightsVersion: string;
};

export type Reviewed = {
  readonly claims: number;
  readonly pairs: number;
  readonly differences: number;
  /** Recorded matches whose fields, weighed again by the weights they name, come to another score: 0, or the record is wrong. */
  readonly unexplained: number;
};

const tables = ['candidate_vendor', 'candidate_claim', 'candidate_posting', 'screening_claim', 'screening_pair'];

/**
 * What today's matcher would have said of every claim in its turn, beside what was recorded then. Goes through the log as
 * the pass does, on tables of its own connection: nothing is changed and nothing sent. What people said, and which customer
 * a claim was given, are taken from the log.
 */
export const reviewHistory = async (
  database: DataSource,
  parts: Parts,
  onDifference: (difference: Difference) => void,
  onProgress: (position: string) => void = () => undefined,
): Promise<Reviewed> => {
  // no transaction: one of hours would hold vacuum back, and the search that is in use lives on that
  const runner = database.createQueryRunner();
  try {
    return await reviewOn(runner.manager, parts, onDifference, onProgress);
  } finally {
    await runner.query('DISCARD TEMP');
    await runner.release();
  }
};

type Parts = { readonly store: EventStore; readonly policies: PolicyBook };

const reviewOn = async (
  tx: EntityManager,
  { store, policies }: Parts,
  onDifference: (difference: Difference) => void,
  onProgress: (position: string) => void,
): Promise<Reviewed> => {
  // a temporary table hides the one of its name from all that is asked on this connection
  for (const table of tables) await tx.query(`CREATE TEMPORARY TABLE ${table} (LIKE public.${table} INCLUDING ALL)`);
  await tx.query(`CREATE TEMPORARY TABLE recorded_screening
    (cause text, claim_id text, screening json, rejected boolean, PRIMARY KEY (cause, claim_id))`);
  const last = await gatherRecorded(tx, store);
  const search = openCandidateSearch();
  const seen = { claims: 0, pairs: 0, differences: 0, unexplained: 0 };

  const compare = async (book: Book, event: Screened, n: number, claim: ScreeningClaim, recorded: Screening) => {
    const { remembered, same } = book.census(claim.claimId, claim.partnerId);
    const { matching } = await policies.version(event.stream.vendor, claim.policyVersion);
    const similar = await book.similar(n, claim.claimId, same);
    const today = candidatesFor(claim, similar, remembered, matching, book.compare);
    const then = new Map(recorded.candidates.map((each) => [each.claimId, each.verdict]));
    const now = new Map(today.map((each) => [each.claimId, each]));
    const unmet = [...then.keys()].filter((earlier) => !book.claim(earlier));
    const names = new Map(
      (await claimsById(tx, event.stream.vendor, unmet)).map((each) => [each.claimId, each.record]),
    );
    const weights = weightsOf(recorded.weightsVersion);
    for (const { fields, score } of recorded.candidates)
      if (!weights || judge(fields as readonly ComparedField[], matching, weights).score !== score)
        seen.unexplained += 1;
    seen.claims += 1;
    for (const earlier of new Set([...then.keys(), ...now.keys()])) {
      seen.pairs += 1;
      const was: Standing = then.get(earlier) ?? 'none';
      const is: Standing = now.get(earlier)?.verdict ?? 'none';
      if (was === is) continue;
      seen.differences += 1;
      onDifference({
        vendor: event.stream.vendor,
        claimId: claim.claimId,
        name: claim.record.name,
        earlier,
        earlierName: (book.claim(earlier)?.record ?? names.get(earlier))?.name ?? '',
        recorded: was,
        today: is,
        score: now.get(earlier)?.score ?? null,
        weightsVersion: recorded.weightsVersion,
      });
    }
  };

  const follow = async (vendor: string, events: readonly Screened[]): Promise<void> => {
    const members = await membersOf(tx, vendor, events);
    const { preview, turnOf } = previewOf(events, members);
    const outcomes = await recordedFor(tx, events);
    const book = await openBook(tx, search, vendor, preview);
    for (const event of events) {
      followClaim(book, event);
      if (event.type === 'CaseDismissed') await forgetNamesOfPairs(book, event.data.pairs);
      for (const claimId of claimsOf(event, members)) {
        const outcome = outcomes.get(`${event.id} ${claimId}`);
        if (!outcome || !(bringsClaim(event) || book.claim(claimId))) continue;
        const { screening, rejected } = outcome;
        const turn = turnOf(event, claimId);
        const entered = enteredBy(event, book.claim(claimId), turn, screening);
        if (!entered) continue;
        if (bringsClaim(event)) await compare(book, event, turn.n, entered, screening);
        book.save(await adoptNames(book, { ...entered, live: !rejected && entered.productFamilies.length > 0 }));
      }
      const named = book.claim(event.stream.id);
      if (event.type === 'MatchConfirmed' && named?.live) await shareNames(book, named.customerKey);
      if (event.type === 'CustomerMerged') await shareNames(book, event.data.into);
      if (event.type === 'CustomerSplit') forgetNames(book, members);
    }
    await book.write();
  };

  let [events, batch]: [number, Screened[]] = [0, []];
  const work = async () => {
    for (const vendor of new Set(batch.map(({ stream }) => stream.vendor)))
      for (const part of inParts(batch.filter(({ stream }) => stream.vendor === vendor))) await follow(vendor, part);
    batch = [];
  };
  for await (const event of store.readAll()) {
    events += 1;
    if (isOfConcern(event)) batch.push(event as Screened);
    if (batch.length >= batchLimit) await work();
    if (events % 1_000 === 0) onProgress(event.position);
    if (event.position === last) break;
  }
  await work();
  return seen;
};

const batchLimit = 500;

type Outcome = { readonly screening: Screening; readonly rejected: boolean };

/** Keeps every recorded outcome by the event that it answers; resolves to the position of the log's last event. */
const gatherRecorded = async (tx: EntityManager, store: EventStore): Promise<string> => {
  let [last, rows]: [string, object[]] = ['0', []];
  const write = async () => {
    await tx.query(
      `INSERT INTO recorded_screening SELECT * FROM json_populate_recordset(null::recorded_screening, $1::json)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows)],
    );
    rows = [];
  };
  for await (const { type, data, stream, metadata, position } of store.readAll()) {
    last = position;
    const [cause, claim_id] = [metadata.$causationId, stream.id];
    if (type === 'RegistrationScreened' || type === 'DirectClaimScreened')
      rows.push({ cause, claim_id, screening: data, rejected: false });
    if (rows.length >= batchLimit) await write();
    if (type !== 'RegistrationRejected') continue;
    await write();
    await tx.query('UPDATE recorded_screening SET rejected = true WHERE cause = $1 AND claim_id = $2', [
      cause,
      claim_id,
    ]);
  }
  await write();
  return last;
};

/** By event and claim. */
const recordedFor = async (tx: EntityManager, events: readonly Screened[]): Promise<ReadonlyMap<string, Outcome>> => {
  const rows = await tx.query<(Outcome & { cause: string; claimId: string })[]>(
    `SELECT cause, claim_id AS "claimId", screening, rejected FROM recorded_screening WHERE cause = ANY($1)`,
    [events.map(({ id }) => id)],
  );
  return new Map(rows.map(({ cause, claimId, ...outcome }) => [`${cause} ${claimId}`, outcome]));
};

/** The claim as it went into its screening. */
const enteredBy = (
  event: Screened,
  previous: ScreeningClaim | null,
  { record }: Turn,
  { place, customerKey }: Screening,
): ScreeningClaim | null => {
  const found = { claimId: event.stream.id, place, customerKey, record, live: true, open: false };
  const kept = { lostFamilies: previous?.lostFamilies ?? [], returnedAt: null };
  const began = (at: string) => previous?.completeAt ?? at;
  switch (event.type) {
    case 'RegistrationSubmitted': {
      const { partnerId, fields, receipt, submittedAt } = event.data;
      const productFamilies = contended(fields.productFamilies, previous);
      const { policyVersion, contentHash } = receipt;
      const completeAt = began(submittedAt);
      return {
        ...found,
        ...kept,
        kind: 'registration',
        partnerId,
        productFamilies,
        completeAt,
        policyVersion,
        contentHash,
      };
    }
    case 'DirectClaimOpened':
    case 'DirectClaimChanged': {
      const productFamilies = contended(event.data.productFamilies, previous);
      const { policyVersion } = event.data;
      const completeAt = began(event.at);
      const own = { kind: 'direct', partnerId: null, contentHash: null } as const;
      return { ...found, ...kept, ...own, productFamilies, completeAt, policyVersion };
    }
    default:
      return previous && { ...previous, customerKey, place };
  }
};
