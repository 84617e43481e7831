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
  'registration.incomplete': ['Incomplete', 'Required fields are missing.'],
  'registration.not-authorised': [
    'Not authorised',
    'The partner is not active or not authorised for this product family.',
  ],
  'registration.out-of-territory': [
    'Outside the territory',
    "The customer's country is outside the partner's territories.",
  ],
  'registration.over-cap': [
    'Too many open registrations',
    'The partner has as many open registrations as the policy allows.',
  ],
  'registration.no-evidence': ['No evidence', 'The evidence that the policy asks for is missing.'],
  'registration.lost-conflict': ['Lost the conflict', 'The conflict over this deal was decided for another claim.'],
  'registration.currency-not-accepted': ['Currency not accepted', 'The policy has no amounts in this currency.'],
  'conflict.unknown': ['No such case', 'There is no conflict case of this id.'],
  'conflict.override-required': [
    'Against the recommendation',
    'This differs from the recommendation: it takes an override and a second person.',
  ],
  'exclusivity.held': ['Already protected', 'Another registration holds this product family at this customer.'],
  'partner.unknown': ['No such partner', 'There is no partner of this id.'],
  'customer.unknown': ['No such customer', 'There is no customer of this key.'],
  'direct-claim.unknown': ['No such direct claim', 'There is no direct claim of this id.'],
  'lead.unknown': ['No such lead', 'There is no lead of this id.'],
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
    return { title, detail: detail.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '')) };
  }
  const [slice = '', reason = ''] = code.split('.');
  const title = `${sentence(slice.replaceAll('-', ' '))}: ${reason.replaceAll('-', ' ')}`;
  const shown = harmless.filter((name) => name in params).map((name) => `${name} ${params[name]}`);
  const why = status === 409 ? 'Its present state does not allow this' : 'The rules do not allow this';
  return { title, detail: `${why}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}.` };
};
