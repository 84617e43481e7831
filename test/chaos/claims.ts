import { type LogEvent, partsOf } from './log-reader.js';

/** A claim as the log leaves it: a small fold of our own. */
export type Claim = {
  readonly vendor: string;
  readonly id: string;
  readonly kind: 'registration' | 'direct';
  status: string;
  customer: { countryCode?: string; domain?: string; registryIds?: readonly { type: string; value: string }[] };
  families: readonly string[];
  readonly lost: Set<string>;
  customerKey: string | null;
  candidates: readonly string[];
  /** Waits for screening. */
  toScreen: boolean;
  readonly cases: Set<string>;
  readonly different: Set<string>;
};
export type Case = {
  readonly vendor: string;
  readonly id: string;
  readonly customerKey: string;
  readonly family: string;
  claimants: readonly string[];
  isOpen: boolean;
  /** Every two that were in it at the same time. */
  readonly together: Set<string>;
};
export type Folded = { readonly claims: readonly Claim[]; readonly cases: readonly Case[] };

export const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
export const isLive = ({ status, families, lost }: Claim): boolean =>
  ['live', 'approved'].includes(status) && families.some((family) => !lost.has(family));
export const contended = ({ families, lost }: Claim): string[] => families.filter((family) => !lost.has(family));

const ends: Readonly<Record<string, true>> = {
  RegistrationRejected: true,
  RegistrationWithdrawn: true,
  ProtectionExpired: true,
  ProtectionRevoked: true,
  DealWon: true,
  DealLost: true,
  DirectClaimClosed: true,
};

export const foldClaims = (log: readonly LogEvent[]): Folded => {
  const claims = new Map<string, Claim>();
  const cases = new Map<string, Case>();
  for (const event of log) {
    const of = partsOf(event.stream);
    if (!of) continue;
    const { category, vendor, id } = of;
    if (category === 'registration' || category === 'direct') {
      const key = `${vendor} ${id}`;
      const claim = claims.get(key) ?? unknownClaim(vendor, id, category);
      claims.set(key, claim);
      evolveClaim(claim, event);
    }
    if (category === 'conflict') {
      const known = cases.get(`${vendor} ${id}`);
      if (known) evolveCase(known, event);
      else if (event.type === 'ConflictDetected') cases.set(`${vendor} ${id}`, detected(vendor, id, event));
      if (event.type === 'CaseDismissed')
        for (const [a, b] of event.data.pairs as [string, string][]) claims.get(`${vendor} ${a}`)?.different.add(b);
    }
  }
  return { claims: [...claims.values()], cases: [...cases.values()] };
};

const unknownClaim = (vendor: string, id: string, kind: Claim['kind']): Claim => ({
  vendor,
  id,
  kind,
  status: 'unknown',
  customer: {},
  families: [],
  lost: new Set(),
  customerKey: null,
  candidates: [],
  toScreen: false,
  cases: new Set(),
  different: new Set(),
});

const evolveClaim = (claim: Claim, { type, data }: LogEvent): void => {
  if (ends[type]) claim.status = 'ended';
  switch (type) {
    case 'RegistrationSubmitted':
      Object.assign(claim, { status: 'live', customer: data.fields.customer, families: data.fields.productFamilies });
      claim.toScreen ||= data.toScreen;
      return;
    case 'DirectClaimOpened':
    case 'DirectClaimChanged':
      Object.assign(claim, { status: 'live', customer: data.account, families: data.productFamilies });
      claim.toScreen ||= data.toScreen ?? true;
      return;
    case 'RegistrationScreened':
    case 'DirectClaimScreened':
      claim.customerKey = data.customerKey;
      claim.candidates = data.candidates.map(({ claimId }: { claimId: string }) => claimId);
      claim.toScreen = false;
      return;
    case 'RegistrationApproved':
      claim.status = 'approved';
      return;
    case 'MatchConfirmed':
      claim.toScreen = true;
      return;
    case 'MatchDismissed':
      claim.different.add(data.claimId);
      return;
    case 'FamilyLost':
    case 'DirectClaimLost':
      claim.lost.add(data.family);
      claim.cases.delete(data.caseId);
      return;
    case 'ConflictRaised':
    case 'DirectConflictRaised':
      claim.cases.add(data.caseId);
      return;
    case 'ConflictCleared':
    case 'DirectConflictCleared':
      claim.cases.delete(data.caseId);
  }
};

const detected = (vendor: string, id: string, { data }: LogEvent): Case => {
  const { customerKey, family } = data;
  const found: Case = { vendor, id, customerKey, family, claimants: [], isOpen: true, together: new Set() };
  sit(
    found,
    data.claimants.map(({ claimId }: { claimId: string }) => claimId),
  );
  return found;
};

const evolveCase = (known: Case, { type, data }: LogEvent): void => {
  if (type === 'ClaimantJoined') sit(known, [...known.claimants, data.claimant.claimId]);
  if (type === 'ClaimantLeft') known.claimants = known.claimants.filter((each) => each !== data.claimant.claimId);
  if (type === 'CaseDecided' || type === 'CaseDismissed') known.isOpen = false;
};

const sit = (known: Case, claimants: readonly string[]): void => {
  known.claimants = claimants;
  for (const a of claimants) for (const b of claimants) if (a !== b) known.together.add(pairOf(a, b));
};
