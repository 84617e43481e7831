import { PartialType } from '@nestjs/swagger';
import {
  claimIdForm,
  Country,
  currencyForm,
  emailForm,
  Families,
  Flag,
  LocalDate,
  Name,
  Nested,
  NestedList,
  OneOf,
  Pattern,
  Text,
  Texts,
  Whole,
} from '../platform/http/field-rules.js';

// Limits of AWS Partner Central where it has the field.
const may = { optional: true } as const;

export class RegistryIdDto {
  @Text(1, 40, { description: 'tax, duns, lei, national …' })
  type!: string;
  @Text(1, 60)
  value!: string;
}

export class CustomerDto {
  @Name()
  legalName!: string;
  @Country()
  countryCode!: string;
  @Text(4, 255, { ...may, description: 'Website or its domain; without one, the city is needed' })
  domain?: string;
  @Text(1, 120, may)
  city?: string;
  @Text(1, 200, may)
  street?: string;
  @Text(1, 20, may)
  postcode?: string;
  @Text(1, 40, may)
  phone?: string;
  @NestedList(() => RegistryIdDto, 20, may)
  registryIds?: RegistryIdDto[];
}

export class ContactDto {
  @Text(1, 120)
  name!: string;
  @Pattern(emailForm)
  email!: string;
  @Text(1, 120)
  title!: string;
}

export class MoneyDto {
  @Whole(1, 1e15, { description: 'Minor units: cents, grosze …' })
  amount!: number;
  @Pattern(currencyForm, { description: 'ISO 4217' })
  currency!: string;
}

export class TenderDto {
  @Flag()
  public!: boolean;
  @Text(1, 120, may)
  reference?: string;
  @LocalDate(may)
  publishedOn?: string;
}

class CustomerPatchDto extends PartialType(CustomerDto) {}
class ContactPatchDto extends PartialType(ContactDto) {}
class MoneyPatchDto extends PartialType(MoneyDto) {}
class TenderPatchDto extends PartialType(TenderDto) {}

/** What a form and its patch have in common. Which fields are required is said by the submission: a draft may lack any. */
abstract class PlainDealFields {
  @Families(may)
  productFamilies?: string[];
  @LocalDate(may)
  expectedCloseOn?: string;
  @OneOf(['net-new', 'expansion', 'renewal'], may)
  opportunityType?: 'net-new' | 'expansion' | 'renewal';
  @OneOf(['hunting', 'teaming'], may)
  origin?: 'hunting' | 'teaming';
  @Flag({ ...may, description: 'The customer agrees to the registration' })
  consent?: boolean;
  @Text(1, 255, may)
  site?: string;
  @Text(1, 255, may)
  useCase?: string;
  @Text(20, 2000, may)
  businessProblem?: string;
  @Texts(20, 120, may)
  salesActivities?: string[];
  @Texts(20, 120, may)
  competitors?: string[];
  @Text(1, 120, may)
  incumbent?: string;
  @Text(1, 120, { ...may, description: "The partner's own id of the deal, to find it by" })
  partnerOpportunityId?: string;
  @Pattern(claimIdForm, may)
  relatedRegistrationId?: string;
  @Text(1, 255, may)
  nextSteps?: string;
  @Text(1, 120, may)
  procurementVehicle?: string;
  @Whole(1, 600, may)
  contractMonths?: number;
  @Whole(0, 100, { ...may, description: 'Per cent' })
  requestedDiscount?: number;
  @Texts(10, 120, may)
  team?: string[];
  @Text(1, 120, may)
  campaign?: string;
  @Text(1, 2000, may)
  notes?: string;
}

export class DealFieldsDto extends PlainDealFields {
  @Nested(() => CustomerDto, may)
  customer?: CustomerDto;
  @Nested(() => ContactDto, may)
  contact?: ContactDto;
  @Nested(() => MoneyDto, may)
  estimatedValue?: MoneyDto;
  @Nested(() => TenderDto, may)
  tender?: TenderDto;
}

/** RFC 7396: null removes a field. */
export class DealPatchDto extends PlainDealFields {
  @Nested(() => CustomerPatchDto, may)
  customer?: CustomerPatchDto;
  @Nested(() => ContactPatchDto, may)
  contact?: ContactPatchDto;
  @Nested(() => MoneyPatchDto, may)
  estimatedValue?: MoneyPatchDto;
  @Nested(() => TenderPatchDto, may)
  tender?: TenderPatchDto;
}

/** Every field of the form. */
export const dealFieldNames = [
  'customer',
  'contact',
  'productFamilies',
  'estimatedValue',
  'expectedCloseOn',
  'opportunityType',
  'origin',
  'consent',
  'site',
  'useCase',
  'businessProblem',
  'salesActivities',
  'competitors',
  'incumbent',
  'tender',
  'partnerOpportunityId',
  'relatedRegistrationId',
  'nextSteps',
  'procurementVehicle',
  'contractMonths',
  'requestedDiscount',
  'team',
  'campaign',
  'notes',
] as const;
