import type { ReadTx } from "../platform/database/index.ts";
import { findPublished } from "./agreement-repository.ts";
import { decideAgreements } from "./agreement-rules.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { dutiesOf } from "./find-agreements.ts";
import type { GateAnswer } from "./screening-rules.ts";

/** May this partner be approved, or be paid, as far as agreements go? */
export const agreementGate =
  (deps: ComplianceDeps, what: "approval" | "payout") =>
  async (tx: ReadTx, { partnerId }: { readonly partnerId: string }): Promise<GateAnswer> => {
    const published = await findPublished(tx);
    if (published.length === 0) return { allowed: true };
    const { tier, joinedAt } = await deps.partners.getPartner(tx, partnerId);
    const duties = await dutiesOf(tx, partnerId, published, tier);
    return decideAgreements(what, duties, { joinedAt, now: tx.ctx.now });
  };
