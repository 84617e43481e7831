import { Body, Controller, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { openCandidateSearch } from '../matching/candidate-search.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { Clock } from '../platform/clock.js';
import { Asking } from '../platform/http/asked.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { Allow, Limited } from '../platform/http/route-rules.js';
import { PolicyBook } from '../policy/policy-book.js';
import { refuseUnauthorised } from '../registrations/eligibility.js';
import { CheckAnswer, CheckBody } from './check.dto.js';
import { registrationRecord } from './claim-record-of.js';
import { candidatesFor, checkVerdict, type Claim } from './screening.js';
import { claimsAt, placed } from './screening-claim.js';

@ApiTags('registrations')
@Controller('v1/registrations')
export class ScreeningController {
  private readonly search = openCandidateSearch();

  constructor(
    private readonly database: DataSource,
    private readonly policies: PolicyBook,
    private readonly partners: PartnerDirectory,
    private readonly clock: Clock,
  ) {}

  /**
   * "Already claimed?", by the same matcher as screening; it never says by whom, and reserves nothing. A partner may not
   * ask often: nobody lists a vendor's customers by asking.
   */
  @Post('check')
  @Allow('partner', 'partner-admin', 'channel-manager', 'admin')
  @Limited({ most: 60, perSeconds: 60 }, { most: 2_000, perSeconds: 86_400 })
  @ApiOkResponse({ type: CheckAnswer })
  async check(@Body() { customer, productFamilies }: CheckBody, @Asking() principal: Principal): Promise<CheckAnswer> {
    const { vendor } = principal;
    // it is for those who could register: whoever may not sell the family has no business to ask
    if (isPartner(principal))
      refuseUnauthorised(await this.partners.get(vendor, principal.partnerId ?? ''), productFamilies);
    const { rules } = await this.policies.inForce(vendor, this.clock.now());
    const record = registrationRecord({ customer });
    const asked: Claim = {
      claimId: '',
      kind: 'registration',
      partnerId: null,
      place: 0,
      productFamilies,
      completeAt: '',
      record,
    };
    const { manager } = this.database;
    const [places = []] = await this.search.find(manager, vendor, [record]);
    const similar = (await claimsAt(manager, vendor, places)).filter(({ live }) => live);
    const candidates = candidatesFor(asked, similar.map(placed), () => undefined, rules.matching);
    return { verdict: checkVerdict(productFamilies, candidates) };
  }
}
