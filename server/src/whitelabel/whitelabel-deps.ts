import type { Audit } from "../audit/index.ts";
import type { FeeService } from "../fees/index.ts";
import type { IdentityService } from "../identity/index.ts";
import type { Ledger } from "../ledger/index.ts";
import type { PartnerService } from "../partners/index.ts";
import type { Database } from "../platform/database/index.ts";
import type { Mailer } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { ProgramService } from "../programs/index.ts";
import type { ReferralService } from "../referrals/index.ts";
import type { TenantService } from "../tenants/index.ts";
import type { DomainResolver } from "./domain-resolver.ts";

/** What the verbs of this module are made with. */
export type WhitelabelDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly tenants: Pick<TenantService, "findForHost">;
  readonly mailer: Mailer;
  readonly publicUrl: string;
  /** The host, or the address, that custom domains should lead to. */
  readonly domainTarget: string;
  readonly domainResolver: DomainResolver;
  readonly programs: Pick<ProgramService, "getProgram" | "createProgram">;
  readonly partners: Pick<
    PartnerService,
    "getPartner" | "countPartners" | "agreeTerms" | "currentTerms" | "requireFeature" | "lockSequences"
  >;
  readonly referrals: Pick<ReferralService, "links">;
  readonly fees: Pick<FeeService, "agreeInside" | "chargeCardProduct">;
  readonly people: Pick<IdentityService, "inviteUser" | "findAdministrators">;
};
