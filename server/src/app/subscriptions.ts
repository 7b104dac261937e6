import type { CardService } from "../cards/index.ts";
import type { CommissionService } from "../commissions/index.ts";
import type { ComplianceService } from "../compliance/index.ts";
import type { FraudService } from "../fraud/index.ts";
import type { LeadService } from "../leads/index.ts";
import type { NoticeService } from "../notices/index.ts";
import type { PartnerService } from "../partners/index.ts";
import { giveTestMethods } from "../payouts/index.ts";
import type { AfterSubscriptions, BatchListener, InsideSubscriptions } from "../platform/outbox/index.ts";
import type { ReferralService } from "../referrals/index.ts";
import { matchLater } from "../revenue/index.ts";
import type { TaxService } from "../tax/index.ts";
import type { WebhookService } from "../webhooks/index.ts";
import type { WhitelabelService } from "../whitelabel/index.ts";

type Listeners = {
  readonly partners: PartnerService;
  readonly referrals: ReferralService;
  readonly commissions: CommissionService;
  readonly fraud: FraudService;
  readonly tax: TaxService;
  readonly compliance: ComplianceService;
  readonly leads: LeadService;
  readonly whitelabel: WhitelabelService;
  readonly cards: CardService;
  readonly webhooks: WebhookService;
  readonly notices: NoticeService;
};

/** What happened → who cares. The only place where news from a lower module reaches an upper one. */
export function subscribe(services: Listeners): {
  /** Before the caller is answered, in the same transaction. */
  readonly inside: InsideSubscriptions;
  /** After commit, from the outbox. */
  readonly after: AfterSubscriptions;
  /** The same, for who takes many at once. */
  readonly afterTogether: readonly BatchListener[];
} {
  const { partners, referrals, commissions, fraud, tax, compliance, leads, whitelabel, cards, webhooks, notices } =
    services;
  return {
    inside: {
      "user.email_verified": [partners.approveVerified],
      "plan.published": [partners.followPlan],
      "referral.converted": [fraud.screenConversions, matchLater],
      "referral.reattributed": [fraud.noteMovedCustomers],
      "partner.created": [
        giveTestMethods,
        cards.giveTestCards,
        referrals.createDefaultLinks,
        compliance.screenOnChange,
      ],
      "partner.updated": [compliance.screenOnChange],
      "partner.cleared": [partners.approveVerified],
      "partner.code_changed": [referrals.createDefaultLinks],
      "payout_method.changed": [fraud.notePayoutAccounts, compliance.screenOnChange],
      "payout_method.account_noted": [fraud.notePayoutAccounts, compliance.screenOnChange],
      "tax.form_signed": [compliance.screenOnChange],
      "transaction.recorded": [commissions.assessTransactions, whitelabel.noteSales],
      "card_product.made": [whitelabel.noteCardProducts],
      "partner_event.recorded": [commissions.assessPartnerEvents],
      "payout.completed": [tax.recordPaid, fraud.notePaid],
      "payout.returned": [tax.recordReturned, fraud.noteReturned],
    },
    after: {},
    afterTogether: [
      fraud.takeEvents,
      leads.tieLeads,
      whitelabel.bookShares,
      whitelabel.chargeCardProducts,
      webhooks.fanOut,
      notices.takeNotices,
    ],
  };
}
