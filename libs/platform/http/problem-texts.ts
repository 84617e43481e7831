type Params = Readonly<Record<string, string | number>>;
type Text = readonly [title: string, detail: string];

/** English by code; `{name}` is filled from the refusal's params. The API itself is language-neutral: clients go by `code`. */
const texts: Readonly<Record<string, Text>> = {
  internal: ['Internal error', 'Something failed on our side. The trace id finds it in our logs.'],
  'request.invalid': ['Request invalid', 'The request does not have the shape this route takes; see errors.'],
  'request.unauthenticated': ['Not authenticated', 'A valid access token is needed: Authorization: Bearer <token>.'],
  'request.forbidden': ['Not allowed', 'Your role may not use this route.'],
  'request.too-large': ['Body too large', 'A body may have 256 KB at most.'],
  'request.uri-too-long': ['Address too long', 'A part of the path is too long.'],
  'request.headers-too-large': ['Headers too large', 'The headers of the request are too large.'],
  'request.media-type': ['Media type not supported', 'Send the body as application/json.'],
  'request.timeout': ['Request timed out', 'The request did not arrive in time.'],
  'request.too-many': ['Too many requests', 'Slow down; Retry-After says how long.'],
  'route.unknown': ['Not found', 'There is no such route.'],
  'precondition.required': ['If-Match needed', 'Send If-Match with the ETag you have last seen.'],
  'precondition.stale': ['Changed meanwhile', 'It has changed since the revision you have seen; read it again.'],
  'idempotency.body-differs': ['Idempotency-Key used before', 'This key was used for another request.'],
  'idempotency.in-flight': ['Still being answered', 'The first request with this key is still being answered.'],
  'view.behind': ['List not there yet', 'The list has not yet seen the position asked for; try again.'],
  'log.contended': ['Contended', 'Too many write to this at once; try again.'],
  'log.unavailable': ['Log unavailable', 'The event log can not be reached now; try again.'],
  'log.outcome-unknown': [
    'Outcome unknown',
    'Whether this took effect is not known yet; repeat it with the same Idempotency-Key.',
  ],
  'database.unavailable': ['Database unavailable', 'The database can not be reached now; try again.'],
  'issuer.unavailable': ['Issuer unavailable', 'The keys of the token issuer can not be fetched now; try again.'],
  'service.unavailable': ['Unavailable', 'The service is starting or stopping; try again.'],
  'registration.unknown': ['No such registration', 'There is no registration of this id.'],
  'registration.duplicate': ['Already registered', 'This deal has already been registered.'],
  'registration.existing-customer': ['Existing customer', 'The customer already has this product family.'],
  'registration.direct-engagement': ['Vendor is engaged', 'The vendor is already engaged with this customer.'],
  'registration.incumbent-partner': ['Another incumbent', 'Another partner sold this to the customer recently.'],
  'registration.public-tender': ['Published tender', 'A published tender can not be registered any more.'],
  'registration.below-threshold': [
    'Below the minimum value',
    'The estimated value is below the minimum of the policy.',
  ],
  'registration.incomplete': ['Incomplete', 'Required, but missing: {field}.'],
  'registration.not-authorised': ['Not authorised', 'The partner is not authorised for {family}.'],
  'registration.out-of-territory': ['Outside the territory', "{countryCode} is outside the partner's territories."],
  'registration.over-cap': [
    'Too many open registrations',
    'The partner has as many open registrations as the policy allows.',
  ],
  'registration.no-evidence': ['No evidence', 'The evidence that the policy asks for is missing.'],
  'registration.lost-conflict': ['Lost the conflict', 'The conflict over this deal was decided for another claim.'],
  'registration.currency-not-accepted': ['Currency not accepted', 'The policy has no amounts in {currency}.'],
  'conflict.unknown': ['No such case', 'There is no conflict case of this id.'],
  'conflict.override-required': [
    'Against the recommendation',
    'This differs from the recommendation: it takes an override and a second person.',
  ],
  'exclusivity.held': ['Already protected', 'Another registration holds this product family at this customer.'],
  'partner.unknown': ['No such partner', 'There is no partner of this id.'],
  'customer.unknown': ['No such customer', 'There is no customer of this key.'],
  'customer.merged': ['Merged', 'It was merged: the customer is {into} now.'],
  'customer.target-unknown': ['No such customer', 'There is no customer {into} to merge into.'],
  'customer.target-merged': ['Merged', 'The other one was merged itself: the customer is {into} now.'],
  'customer.other-country': ['Another country', 'A customer never spans countries.'],
  'customer.earlier-survives': [
    'The earlier one survives',
    '{into} was identified later than this one: merge {into} into this one instead.',
  ],
  'customer.claim-not-its': ["Not this customer's", '{claimId} is no live claim on this customer.'],
  'direct-claim.id-taken': ['Id taken', 'A registration has this id: choose another for the direct claim.'],
  'direct-claim.unknown': ['No such direct claim', 'There is no direct claim of this id.'],
  'lead.unknown': ['No such lead', 'There is no lead of this id.'],
  'registration.exists': ['Exists already', 'There is a registration of this id already.'],
  'registration.screening-pending': [
    'Still being screened',
    'Screening has not placed this registration yet; try again.',
  ],
  'registration.match-decided': ['Match decided', 'This match has been confirmed or dismissed already.'],
  'registration.match-undecided': ['Match undecided', 'Every possible match has to be confirmed or dismissed first.'],
  'registration.match-unknown': ['No such match', 'This registration has no such match.'],
  'registration.ended': ['Ended', 'The registration has ended.'],
  'registration.date-invalid': ['Date invalid', 'There is no such date.'],
  'registration.closed-in-future': ['Not closed yet', '{closedOn} is still to come.'],
  'registration.closed-before-submission': [
    'Closed before it was registered',
    'The deal was registered after {closedOn}: what was closed before is not won by it.',
  ],
  'registration.protection-ended': ['Protection ended', 'The protection of this registration ended at {to}.'],
  'registration.partner-not-active': ['Partner not active', 'The partner may not register deals at present.'],
  'registration.not-under-review': ['Not under review', 'Only a registration under review takes this.'],
  'registration.not-returned': ['Not returned', 'Only a returned registration takes this.'],
  'registration.not-approved': ['Not approved', 'Only an approved registration takes this.'],
  'registration.not-a-draft': ['Not a draft', 'Only a draft takes this.'],
  'registration.no-consent': ['No consent', 'The customer has to consent to the registration.'],
  'registration.lead-time': ['Too early', 'A deal can be reported as won or lost from {from} on.'],
  'registration.last-step': ['Last step', 'The last step approves the registration.'],
  'registration.in-conflict': ['In conflict', 'A conflict case over this registration is open.'],
  'registration.grant-outdated': [
    'Outdated',
    'The exclusivity taken for this approval is no longer current; try again.',
  ],
  'registration.field-not-asked': ['Field not asked for', 'The return did not ask for {field}.'],
  'registration.evidence-in-future': ['In the future', 'Evidence can not be of the future.'],
  'registration.contention-window-open': [
    'Contention window open',
    'It can be approved once the contention window has closed, at {until}.',
  ],
  'registration.approver-submitted': ['Another person needed', 'Whoever submitted a registration does not approve it.'],
  'registration.approver-decided-before': ['Another person needed', 'Each step takes another person.'],
  'registration.already-submitted': ['Submitted already', 'The registration has been submitted already.'],
  'conflict.not-a-claimant': ['Not a claimant', 'This claim is not, or no longer, part of the case.'],
  'conflict.not-evaluated': ['Not adjudicated', 'The case has to be adjudicated first.'],
  'conflict.evaluation-stale': ['Adjudication outdated', 'Something came in since the adjudication: adjudicate again.'],
  'conflict.ended': ['Ended', 'The case has ended.'],
  'conflict.too-few-claimants': ['Too few claimants', 'A case takes two claims, one of them a registration.'],
  'conflict.evidence-requested': ['Evidence requested', 'Evidence is being waited for.'],
  'conflict.evidence-too-late': ['Too late', 'The deadline for evidence has passed.'],
  'conflict.evidence-in-future': ['In the future', 'Evidence can not be of the future.'],
  'conflict.reason-required': ['Reason needed', 'This decision takes a reason.'],
  'conflict.claim-unknown': ['No such claim', 'There is no claim of this id.'],
  'conflict.claim-not-screened': ['Not screened yet', 'Screening has not placed this claim yet; try again.'],
  'conflict.claim-not-live': ['Not live', 'The claim is no longer live.'],
  'conflict.pairs-required': ['Pairs needed', 'Name the pairs of claims that are of different customers.'],
  'conflict.pairs-unexpected': ['Pairs not expected', 'Pairs are named only where customers differ.'],
  'conflict.pair-unknown': ['No such pair', 'A pair names two claimants of the case.'],
  'conflict.assignee-has-stake': ['Has a stake', 'The assignee has a stake in the case.'],
  'partner.terminated': ['Terminated', 'The partner has been terminated.'],
  'partner.not-onboarded': ['Not onboarded', 'The partner is still an applicant.'],
  'direct-claim.closed': ['Closed', 'The direct claim has been closed.'],
  'policy.draft-unknown': ['No such draft', 'There is no policy draft of this id.'],
  'policy.draft-exists': ['Exists already', 'There is a draft of this id already.'],
  'policy.version-taken': ['Version taken', 'There is a policy of this version already.'],
  'policy.not-validated': ['Not validated', 'A draft is validated before it is published.'],
  'policy.already-published': ['Published already', 'A published policy does not change: draft a new version.'],
  'policy.effective-in-past': ['In the past', 'A policy can not take effect in the past.'],
  'policy.invalid': ['Policy invalid', 'The rules are not consistent; see errors.'],
  'policy.none-in-force': ['No policy in force', 'The vendor has published no policy for this time.'],
  'persona.unknown': ['No such persona', 'GET /demo/personas lists them.'],
  'policy.unknown': ['No such policy', 'There is no policy of this version.'],
};

/** What a fallback may repeat of a refusal's params: never who another party is. */
const harmless = [
  'status',
  'family',
  'currency',
  'field',
  'min',
  'max',
  'limit',
  'until',
  'from',
  'to',
  'on',
  'version',
];

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Title and detail of a refusal: from the table, else from the code itself, e.g. `lead.not-offered` → "Lead: not offered". */
export const textOf = (code: string, params: Params, status: number): { title: string; detail: string } => {
  const known = texts[code];
  if (known) {
    const [title, detail] = known;
    return { title, detail: detail.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '…')) };
  }
  const [slice = '', reason = ''] = code.split('.');
  const title = `${sentence(slice.replaceAll('-', ' '))}: ${reason.replaceAll('-', ' ')}`;
  const shown = harmless.filter((name) => name in params).map((name) => `${name} ${params[name]}`);
  const why = status === 409 ? 'Its present state does not allow this' : 'The rules do not allow this';
  return { title, detail: `${why}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}.` };
};
