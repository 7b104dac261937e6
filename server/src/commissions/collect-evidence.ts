import type { ReadTx } from "../platform/database/index.ts";
import { toWire } from "../platform/wire.ts";
import type { RecordedTransaction } from "../sales/index.ts";
import type { CommissionDeps, ExplainedAttribution } from "./commission-deps.ts";
import { findReceipt } from "./commission-repository.ts";
import { viewCommissions } from "./commission-view.ts";
import type { ReferenceKind } from "./dispute-rules.ts";
import type { Family } from "./lock-family.ts";

/** What is kept with a dispute, as JSON: for the operator in full, for the partner without what is another's. */
export type Evidence = { readonly evidence: string; readonly partner_evidence: string };

/** What is known of a commission when it is disputed: its rows, its receipt, the sale, what was refunded of it, the touches. */
export async function evidenceOfCommission(
  deps: CommissionDeps,
  tx: ReadTx,
  { root, rows }: Family,
): Promise<Evidence> {
  const [commission, ...refunds] = await viewCommissions(deps, tx, rows);
  const receipt = await findReceipt(tx, root);
  const [sale] = root.transaction_id === null ? [] : await deps.sales.findRecorded(tx, [root.transaction_id]);
  const attribution =
    root.referral_id === null
      ? undefined
      : await deps.referrals.explainIn(tx, { kind: "referral", id: root.referral_id });
  return {
    evidence: toWire({ commission, receipt, sale, refunds, attribution }),
    partner_evidence: toWire({
      commission,
      receipt,
      sale: sale && maskedSale(sale),
      refunds,
      touches: ownTouches(attribution, root.partner_id),
    }),
  };
}

export type MissingSale = { readonly transactionId: string | null };

/**
 * What a reference leads to. The partner is shown what is its own alone; of what is nobody's, another's or not there it is shown the same
 * nothing, so that asking tells it nothing.
 */
export async function evidenceOfMissing(
  deps: CommissionDeps,
  tx: ReadTx,
  of: { readonly partnerId: string; readonly kind: ReferenceKind; readonly reference: string },
): Promise<Evidence & MissingSale> {
  const attribution = await deps.referrals.explainIn(tx, { kind: of.kind, id: of.reference });
  const [named] = of.kind === "transaction" ? await deps.sales.findByExternalIds(tx, [of.reference]) : [];
  const isOwnSale = named?.attribution?.partnerId === of.partnerId;
  const [sale] = named === undefined ? [] : await deps.sales.findRecorded(tx, [named.id]);
  const isOwn = attribution?.referral?.partnerId === of.partnerId;
  return {
    transactionId: isOwnSale && sale?.number != null ? sale.id : null,
    evidence: toWire({ sale, attribution }),
    partner_evidence: toWire({
      sale: isOwnSale && sale ? maskedSale(sale) : undefined,
      referralId: isOwn ? attribution.referral?.id : undefined,
      touches: isOwn ? ownTouches(attribution, of.partnerId) : [],
    }),
  };
}

/** A sale without the names that the operator has for it and for its customer. */
const maskedSale = ({ id, kind, amount, tax, currency, occurredAt }: RecordedTransaction) => ({
  id,
  kind,
  amount,
  tax,
  currency,
  occurredAt,
});

/** What the partner itself brought about; that others were there too is theirs. */
const ownTouches = (attribution: ExplainedAttribution | undefined, partnerId: string) =>
  (attribution?.touches ?? [])
    .filter((touch) => touch.partnerId === partnerId)
    .map(({ kind, id, at, outcome }) => ({ kind, id, at, outcome }));
