import { auditPersonalData } from "../audit/index.ts";
import { commissionPersonalData } from "../commissions/index.ts";
import { compliancePersonalData } from "../compliance/index.ts";
import { feePersonalData } from "../fees/index.ts";
import { identityPersonalData } from "../identity/index.ts";
import { leadPersonalData } from "../leads/index.ts";
import { materialPersonalData } from "../materials/index.ts";
import { noticePersonalData } from "../notices/index.ts";
import { partnerNotesPersonalData, partnerPersonalData } from "../partners/index.ts";
import { payoutPersonalData } from "../payouts/index.ts";
import type { Sealer } from "../platform/crypto/index.ts";
import type { PersonalDataSource } from "../platform/personal-data.ts";
import { platformPersonalData } from "../platform/platform-personal-data.ts";
import { privacyPersonalData } from "../privacy/index.ts";
import { referralPersonalData } from "../referrals/index.ts";
import { revenuePersonalData } from "../revenue/index.ts";
import { salesPersonalData } from "../sales/index.ts";
import { supportPersonalData } from "../support/index.ts";
import { twinPersonalData } from "../twins/index.ts";
import { webhookPersonalData } from "../webhooks/index.ts";
import { coBrandingPersonalData, whitelabelPersonalData } from "../whitelabel/index.ts";

/** What sources need, and those that their services make. */
export type PersonalDataDeps = {
  readonly sealer: Sealer;
  readonly fraud: PersonalDataSource;
  readonly tax: PersonalDataSource;
  readonly cards: PersonalDataSource;
};

/**
 * Everything that is kept about people, in the order of the modules: erased from the last to the first, so that whoever is found by an e-mail is
 * found before the e-mail is gone. A test holds this against the schema: a column that may hold personal data and is in none is found.
 */
export const personalDataSources = (deps: PersonalDataDeps): readonly PersonalDataSource[] => [
  ...platformPersonalData,
  ...identityPersonalData,
  ...auditPersonalData,
  ...partnerPersonalData,
  partnerNotesPersonalData,
  ...referralPersonalData,
  ...salesPersonalData,
  ...commissionPersonalData,
  ...feePersonalData,
  ...whitelabelPersonalData,
  coBrandingPersonalData,
  ...payoutPersonalData(deps),
  deps.fraud,
  deps.tax,
  compliancePersonalData,
  ...privacyPersonalData,
  ...revenuePersonalData,
  ...supportPersonalData,
  leadPersonalData,
  materialPersonalData,
  deps.cards,
  ...webhookPersonalData,
  ...noticePersonalData,
  ...twinPersonalData,
];
