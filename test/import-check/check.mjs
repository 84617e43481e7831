// Reads back what an import of real customers led to, and holds the cases against what a person said about the pairs.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { sharesDomain, sharesName } from './names.mjs';

/**
 * @typedef {{ claimId: string, kind: 'registration' | 'direct', pair: string, name: string, domain: string,
 *   country: string, families: string[] }} Claim
 * @typedef {{ id: string, family: string, status: string, claimants: { claimId: string }[] }} Case
 */

const options = new Command('import:check')
  .description('Holds the cases that an import led to against the pairs that a person labelled. Changes nothing.')
  .requiredOption('--url <url>', 'of the API')
  .requiredOption('--registrations <csv>', 'the file that was imported')
  .requiredOption('--pairs <csv>', 'which claims are of one customer')
  .option('--direct <csv>', 'direct claims that were imported')
  .option('--token <jwt>', "of a channel manager; left out: the quick start's manager-1")
  .option('--json', 'one JSON object on stdout', false)
  .parse()
  .opts();
const base = options.url.replace(/\/+$/, '');

/** @param {string} path @returns {Record<string, string>[]} */
const rowsOf = (path) => parse(readFileSync(path), { columns: true, bom: true });

/** @param {string} cell */
const listOf = (cell) => cell.split(';').filter(Boolean);

const tokenOfManager = async () => {
  const answer = await fetch(`${base}/demo/token`, {
    method: 'POST',
    body: new URLSearchParams({ persona: 'manager-1' }),
  });
  if (!answer.ok) throw new Error(`no demo token (${answer.status}): give --token`);
  return (await answer.json()).access_token;
};
const token = options.token ?? (await tokenOfManager());

/** Every item of a list. @param {string} path @returns {Promise<any[]>} */
const listed = async (path) => {
  const items = [];
  let cursor = null;
  do {
    const query = new URLSearchParams({ limit: '200', ...(cursor && { cursor }) });
    const answer = await fetch(`${base}${path}?${query}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
    const page = await answer.json();
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
};

/** What tells a registration from every other, in the file as in the list. @param {unknown[]} parts */
const likeness = (...parts) => JSON.stringify(parts);

/** @param {any[]} registrations @returns {{ claims: Claim[], lost: number, rejected: number }} */
const registered = (registrations) => {
  const known = new Map(
    registrations.map((each) => [
      likeness(
        each.partnerId,
        each.customer.legalName,
        each.customer.countryCode,
        each.productFamilies,
        each.estimatedValue?.amount,
        each.estimatedValue?.currency,
        each.expectedCloseOn,
      ),
      each,
    ]),
  );
  const claims = [];
  let [lost, rejected] = [0, 0];
  for (const row of rowsOf(options.registrations)) {
    const families = listOf(row.productFamilies);
    const amount = Number(row.estimatedValue) * 100;
    const key = likeness(
      row.partner,
      row.customerName,
      row.countryCode,
      families,
      amount,
      row.currency,
      row.expectedCloseOn,
    );
    const found = known.get(key);
    if (!found) lost++;
    else if (found.status === 'rejected') rejected++;
    else
      claims.push({
        claimId: found.id,
        kind: /** @type {const} */ ('registration'),
        pair: row.pair,
        name: row.customerName,
        domain: row.domain,
        country: row.countryCode,
        families,
      });
  }
  return { claims, lost, rejected };
};

/** @returns {Claim[]} */
const ofTheVendor = () =>
  (options.direct ? rowsOf(options.direct) : []).map((row) => ({
    claimId: row.crmId,
    kind: 'direct',
    pair: row.pair,
    name: row.accountName,
    domain: row.domain,
    country: row.countryCode,
    families: listOf(row.productFamilies),
  }));

/** @template T @param {T[]} items @returns {[T, T][]} */
const couples = (items) => items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other]));

/** Labels by base_id; undefined where two rows of one base disagree. */
const labels = new Map();
for (const { base_id, label } of rowsOf(options.pairs)) {
  const value = Number(label);
  labels.set(base_id, labels.has(base_id) && labels.get(base_id) !== value ? undefined : value);
}

/** @type {[any[], any[], Case[]]} */
const [registrations, directClaims, cases] = [
  await listed('/v1/registrations'),
  options.direct ? await listed('/v1/direct-claims') : [],
  await listed('/v1/conflicts'),
];
const { claims: partnersClaims, lost, rejected } = registered(registrations);
const atVendor = new Set(directClaims.map(({ crmId }) => crmId));
const claims = [...partnersClaims, ...ofTheVendor().filter(({ claimId }) => atVendor.has(claimId))];
const byId = new Map(claims.map((claim) => [claim.claimId, claim]));

/** @type {Map<string, Set<string>>} */
const casesOf = new Map();
for (const { id, claimants } of cases)
  for (const { claimId } of claimants) casesOf.set(claimId, (casesOf.get(claimId) ?? new Set()).add(id));

/** @param {Claim} one @param {Claim} other */
const together = (one, other) => {
  const theirs = casesOf.get(other.claimId) ?? new Set();
  return [...(casesOf.get(one.claimId) ?? [])].some((id) => theirs.has(id));
};

/** @param {Claim} claim */
const shown = ({ claimId, name, domain, country, pair }) => ({ claimId, name, domain, country, pair });

/** @type {Map<string, Claim[]>} */
const byPair = new Map();
for (const claim of claims) byPair.set(claim.pair, [...(byPair.get(claim.pair) ?? []), claim]);

// direct claims alone never make a case: a pair that only the vendor's own sales hold can't be caught
const shared = [...byPair]
  .filter(([pair]) => labels.get(pair) === 1)
  .flatMap(([, members]) => couples(members))
  .filter(([one, other]) => one.kind !== 'direct' || other.kind !== 'direct')
  .filter(([one, other]) => one.families.some((family) => other.families.includes(family)));
const missed = shared.filter(([one, other]) => !together(one, other));

/** Not the same by any plain reading: neither the domain nor the name without its legal form. */
const differ = (/** @type {Claim} */ one, /** @type {Claim} */ other) =>
  !sharesDomain(one.domain, other.domain) && !sharesName(one.name, other.name);

const read = cases.map(({ id, family, claimants }) => {
  const members = claimants.flatMap(({ claimId }) => byId.get(claimId) ?? []);
  const wrong = couples(members).filter(
    ([one, other]) => one.pair === other.pair && labels.get(one.pair) === 0 && differ(one, other),
  );
  const ties = new Set(members.map(({ pair }) => pair)).size > 1;
  const foreign = couples(members).filter(([one, other]) => one.pair !== other.pair && differ(one, other));
  return { id, family, members, wrong, ties, foreign };
});
const wrongCases = read.filter(({ wrong }) => wrong.length > 0);
const tying = read.filter(({ ties }) => ties);
// worth a look first: some of their claims have nothing plain in common
const tyingOthers = tying.filter(({ foreign }) => foreign.length > 0);

const result = {
  accepted: { registrations: partnersClaims.length, direct: claims.length - partnersClaims.length },
  rejectedInScreening: rejected,
  notFound: lost,
  cases: cases.length,
  casesAllKnown: read.filter(({ members }, index) => members.length === cases[index].claimants.length).length,
  shared: shared.length,
  caught: shared.length - missed.length,
  missed: missed.length,
  wrongCases: wrongCases.length,
  tyingCases: tying.length,
  tyingCasesWithoutDomainOrName: tyingOthers.length,
  examples: {
    missed: missed.slice(0, 20).map((couple) => couple.map(shown)),
    wrong: wrongCases.slice(0, 20).map(({ id, wrong }) => ({ id, pairs: wrong.map((couple) => couple.map(shown)) })),
    tying: [...tyingOthers, ...tying.filter((each) => !tyingOthers.includes(each))]
      .slice(0, 20)
      .map(({ id, members }) => ({ id, claims: members.map(shown) })),
  },
};

/** @param {string} text @param {string | number} value */
const line = (text, value) => console.log(`${text.padEnd(62)} ${value}`);
/** @param {{ name: string, domain: string }[]} list */
const spelt = (list) => list.map(({ name, domain }) => `${name} <${domain || '-'}>`).join('  |  ');

if (options.json) console.log(JSON.stringify(result));
else {
  line('accepted registrations / direct claims', `${result.accepted.registrations} / ${result.accepted.direct}`);
  line('rows rejected in screening / not found (refused)', `${rejected} / ${lost}`);
  line('cases', result.cases);
  line('truly shared customers with a common family', result.shared);
  line('  caught: together in a case', result.caught);
  line('  missed', result.missed);
  line('wrong cases: a label-0 pair, domain and stripped name differ', result.wrongCases);
  line('listed apart: cases that tie different pairs together', result.tyingCases);
  line('  of them with claims that share neither domain nor name', result.tyingCasesWithoutDomainOrName);
  if (missed.length > 0) console.log('\nmissed');
  for (const couple of result.examples.missed) console.log(`  ${spelt(couple)}`);
  if (wrongCases.length > 0) console.log('\nwrong');
  for (const { id, pairs } of result.examples.wrong) console.log(`  ${id}\n    ${pairs.map(spelt).join('\n    ')}`);
  if (tying.length > 0) console.log('\ntying different pairs');
  for (const each of result.examples.tying) console.log(`  ${each.id}\n    ${spelt(each.claims)}`);
}
