import { conflictsMigrations } from '../libs/conflicts/conflicts.migrations.js';
import { conflictsViews } from '../libs/conflicts/conflicts.processors.js';
import { customersMigrations } from '../libs/customers/customers.migrations.js';
import { customersViews } from '../libs/customers/customers.processors.js';
import { directClaimsMigrations } from '../libs/direct-claims/direct-claims.migrations.js';
import { directClaimsViews } from '../libs/direct-claims/direct-claims.processors.js';
import { ExclusivityGrant } from '../libs/exclusivity/exclusivity-grant.js';
import { exclusivityMigrations } from '../libs/exclusivity/exclusivity.migrations.js';
import { candidateSearchMigrations } from '../libs/matching/candidate-search.migrations.js';
import { partnersMigrations } from '../libs/partners/partners.migrations.js';
import { partnersViews } from '../libs/partners/partners.processors.js';
import { httpMigrations } from '../libs/platform/http/http.migrations.js';
import { IdempotencyKey } from '../libs/platform/http/idempotency.js';
import type { Schema } from '../libs/platform/postgres/data-source.js';
import { processorMigrations } from '../libs/platform/processors/checkpoint.migrations.js';
import type { View } from '../libs/platform/processors/processor.js';
import { registrationsMigrations } from '../libs/registrations/registrations.migrations.js';
import { registrationsViews } from '../libs/registrations/registrations.processors.js';
import { screeningMigrations } from '../libs/screening/screening.migrations.js';

/** The tables that can be dropped and made again from the log. */
export const views: readonly View[] = [
  ...partnersViews,
  ...registrationsViews,
  ...customersViews,
  ...directClaimsViews,
  ...conflictsViews,
];

/** Every table of Tiebreak. */
export const schema: Schema = {
  entities: [...views.map(({ entity }) => entity), ExclusivityGrant, IdempotencyKey],
  migrations: [
    ...processorMigrations,
    ...httpMigrations,
    ...screeningMigrations,
    ...candidateSearchMigrations,
    ...partnersMigrations,
    ...registrationsMigrations,
    ...directClaimsMigrations,
    ...exclusivityMigrations,
    ...customersMigrations,
    ...conflictsMigrations,
  ],
};
