import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import {
  Country,
  countryForm,
  Day,
  Families,
  familyForm,
  idForm,
  Name,
  Nested,
  NestedList,
  OneOf,
  Pattern,
  Search,
  Text,
} from '../platform/http/field-rules.js';
import { PageQuery } from '../platform/http/page.js';
import type { DirectClaimRow } from './direct-claim-list.view.js';
import type { SaveDirectClaim } from './direct-claim.decider.js';

const may = { optional: true } as const;
const statuses: DirectClaimRow['status'][] = ['open', 'lost', 'closed'];

export class DirectClaimPath {
  @ApiProperty({ pattern: idForm.source })
  @Matches(idForm, { message: 'crmId must be 1-64 letters, digits, dots, dashes or underscores' })
  crmId!: string;
}

export class AccountRegistryId {
  @Text(1, 40, { description: 'tax, duns, lei, national …' })
  type!: string;
  @Text(1, 60)
  value!: string;
}

export class AccountBody {
  @Name()
  name!: string;
  @Country()
  countryCode!: string;
  @Text(4, 255, may)
  domain?: string;
  @Text(1, 120, may)
  city?: string;
  @NestedList(() => AccountRegistryId, 20, may)
  registryIds?: AccountRegistryId[];
}

export class DirectClaimBody {
  @Nested(() => AccountBody)
  account!: AccountBody;
  @Families({ least: 1 })
  productFamilies!: string[];
  @Text(1, 60)
  stage!: string;
  @Text(1, 120, may)
  owner?: string;
  @Day()
  openedOn!: string;
  @Day({ ...may, description: 'Where the CRM has closed it already' })
  closedOn?: string;
}

/** Null is how some CRMs say "none": it is left out, at every depth, so that it isn't another claim. */
export const saveOf = (body: DirectClaimBody): SaveDirectClaim => {
  const said = JSON.parse(JSON.stringify(body), (_, value: unknown) => value ?? undefined) as DirectClaimBody;
  const { closedOn, ...fields } = said;
  return { type: 'SaveDirectClaim', fields, ...(closedOn !== undefined && { closedOn }) };
};

export class CloseBody {
  @Day({ ...may, description: "Today by the policy's calendar where it is left out" })
  closedOn?: string;
}

export class DirectClaimsQuery extends PageQuery {
  @OneOf(statuses, may)
  status?: DirectClaimRow['status'];
  @Pattern(familyForm, may)
  family?: string;
  @Pattern(countryForm, may)
  countryCode?: string;
  @Search('Part of the id, the name or the domain')
  q?: string;
}
