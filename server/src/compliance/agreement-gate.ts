import { invariant } from "../kernel/invariant.ts";
import { findAcceptancesOf, findPublished } from "./agreement-repository.ts";
import { decideAgreements } from "./agreement-rules.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { dutiesOf } from "./find-agreements.ts";
import type { PartnerGate } from "./screening-gate.ts";
import type { GateAnswer } from "./screening-rules.ts";

/** May these partners be approved, or be paid, as far as agreements go? */
export const agreementGate =
  (deps: ComplianceDeps, what: "approval" | "payout"): PartnerGate =>
  async (tx, partnerIds) => {
    const published = await findPublished(tx);
    if (published.length === 0) return new Map(partnerIds.map((partnerId) => [partnerId, { allowed: true }]));
    const partners = await deps.partners.findPartners(tx, partnerIds);
    const accepted = await findAcceptancesOf(tx, partnerIds);
    const { now } = tx.ctx;
    return new Map(
      partnerIds.map((partnerId): [string, GateAnswer] => {
        const partner = partners.get(partnerId);
        invariant(partner, "partners that are to be approved or paid are there");
        const duties = dutiesOf(accepted.get(partnerId) ?? new Map(), published, { tier: partner.tier, now });
        return [partnerId, decideAgreements(what, duties, { joinedAt: partner.joinedAt, now })];
      }),
    );
  };
