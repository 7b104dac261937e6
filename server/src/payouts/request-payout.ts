import { isCurrency } from "../kernel/currency.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { balanceKey, payoutRequested as payoutRequestedEntry } from "../ledger/index.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { stepOf } from "./clear-payout.ts";
import { findCurrentMethods, type MethodRow } from "./method-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { payoutEvent } from "./payout-events.ts";
import { insertPayouts, type PayoutRow } from "./payout-repository.ts";
import { decidePayout, type PayoutDecision } from "./payout-rules.ts";
import { type PayoutView, payoutView } from "./payout-view.ts";
import { findCurrencySettings } from "./settings-repository.ts";
import { findUnpaid, type Unpaid, writeItems } from "./unpaid-commissions.ts";

export type RequestPayout = {
  readonly currency: string;
  /** Minor units; everything that is available when not given. */
  readonly amount?: number;
};

/** Reserves a part or all of the acting partner's available balance for a payout that waits to be processed. */
export const requestPayout =
  (deps: PayoutDeps) =>
  (ctx: Ctx, input: RequestPayout): Promise<PayoutView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:payouts:write");
      const requested = requestedAmount(input);
      const payout = await reservePayout(deps, tx, {
        partnerId: requirePartner(ctx),
        currency: input.currency,
        requested,
        isOperator: false,
      });
      return payoutView(payout);
    });

/** The same for an operator, who may pay below the minimum and in a currency that has none. */
export const requestPayoutFor =
  (deps: PayoutDeps) =>
  (ctx: Ctx, input: RequestPayout & { readonly partnerId: string }): Promise<PayoutView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "payouts:process");
      const requested = requestedAmount(input);
      const payout = await reservePayout(deps, tx, {
        partnerId: input.partnerId,
        currency: input.currency,
        requested,
        isOperator: true,
      });
      return payoutView(payout);
    });

/** JSON has no integers: whoever calls without the schema in front is held to them here. */
function requestedAmount({ amount }: RequestPayout): bigint | undefined {
  if (amount === undefined) return undefined;
  if (!Number.isSafeInteger(amount) || amount <= 0) throw payoutErrors.amount_invalid();
  return BigInt(amount);
}

export type Reservation = {
  readonly partnerId: string;
  readonly currency: string;
  readonly requested: bigint | undefined;
  /** Pays below the minimum, and in a currency that has none. */
  readonly isOperator: boolean;
  /** Who asks, where the actor does not say it. */
  readonly requestedBy?: "operator";
};

/** What is to become of a reservation. */
export type Decided = {
  readonly wanted: Reservation;
  readonly decision: PayoutDecision;
  readonly method: MethodRow | undefined;
  /** What is available as it is decided, and what is owed. */
  readonly available: bigint;
  readonly debt: bigint;
  /** What its payout would be drawn from. */
  readonly unpaid: Unpaid;
};

export type Allowed = Decided & {
  readonly decision: Extract<PayoutDecision, { allowed: true }>;
  readonly method: MethodRow;
};

export const isAllowed = (decided: Decided): decided is Allowed =>
  decided.decision.allowed && decided.method !== undefined;

/** Joins a transaction: decides, writes the payout with its items, and moves the money into transit. Throws before it has written anything. */
export async function reservePayout(deps: PayoutDeps, tx: Tx, wanted: Reservation): Promise<PayoutRow> {
  const [decided] = await decideReservations(deps, tx, [wanted]);
  invariant(decided, "every reservation is decided");
  const { decision } = decided;
  if (!decision.allowed) throw payoutErrors[decision.reason](decision.facts);
  if (!isAllowed(decided)) throw payoutErrors.no_method();
  const [payout] = await writeReservations(deps, tx, [decided]);
  invariant(payout, "what was allowed is written");
  return payout;
}

/** What a reservation reads of an account, and what it moves: whoever else posts to a partner's books takes its turn at the first. */
const DECIDED_BY = ["available", "clawback_receivable", "payout_in_transit"] as const;

/**
 * Joins a transaction: whether and what would be paid, of one account each, in the order given. Locks the accounts, so that it stays true
 * until commit.
 */
export async function decideReservations(
  deps: PayoutDeps,
  tx: Tx,
  wanted: readonly Reservation[],
): Promise<readonly Decided[]> {
  // Serialises with reversals, approvals and other payouts of these partners.
  return decide(deps, tx, wanted, () => deps.ledger.lock(tx, wanted, DECIDED_BY));
}

/** The same as things stand, without a lock: what a decision would be. */
export const foresee = (deps: PayoutDeps, tx: ReadTx, wanted: readonly Reservation[]): Promise<readonly Decided[]> =>
  decide(deps, tx, wanted, async () => {});

async function decide(
  deps: PayoutDeps,
  tx: ReadTx,
  wanted: readonly Reservation[],
  lock: () => Promise<void>,
): Promise<readonly Decided[]> {
  if (wanted.length === 0) return [];
  for (const { currency } of wanted) if (!isCurrency(currency)) throw payoutErrors.currency_unknown({ currency });
  const partnerIds = [...new Set(wanted.map(({ partnerId }) => partnerId))];
  const statuses = await deps.partners.findStatuses(tx, partnerIds);
  for (const partnerId of partnerIds) if (!statuses.has(partnerId)) await deps.partners.getPartner(tx, partnerId);
  await lock();
  const methods = await findCurrentMethods(tx, partnerIds);
  const balances = await deps.ledger.balancesOf(tx, wanted);
  const unpaid = await findUnpaid(deps, tx, wanted);
  // An operator pays what it likes, and nobody looks for a minimum.
  const hasMinimum = wanted.some(({ isOperator }) => !isOperator);
  const minimums = hasMinimum ? await deps.partners.minimumPayouts(tx, wanted) : [];
  const settings = await findCurrencySettings(tx);
  return wanted.map((one, index) => {
    const method = methods.get(one.partnerId);
    const balance = balances.get(balanceKey(one));
    const available = balance?.available ?? 0n;
    const own = unpaid[index] ?? { sum: 0n, rows: [] };
    const decision = decidePayout({
      partnerStatus: statuses.get(one.partnerId) ?? "",
      available,
      explained: own.sum,
      requested: one.requested,
      step: stepOf(method && deps.providers[method.kind], one.currency),
      minimum: minimums[index],
      method,
      isOperator: one.isOperator,
      fees: settings.get(one.currency),
    });
    return { wanted: one, decision, method, available, debt: balance?.clawback_receivable ?? 0n, unpaid: own };
  });
}

/** Joins the transaction of the decisions: writes the payouts with their items, and moves the money into transit. */
export async function writeReservations(
  deps: PayoutDeps,
  tx: Tx,
  allowed: readonly Allowed[],
): Promise<readonly PayoutRow[]> {
  if (allowed.length === 0) return [];
  const reserved = allowed.map((one) => ({ ...one, id: newId() }));
  const payouts = await insertPayouts(
    tx,
    reserved.map(({ id, wanted: { partnerId, currency, isOperator, requestedBy }, decision, method, available }) => ({
      id,
      partner_id: partnerId,
      method_id: method.id,
      amount: decision.amount,
      currency,
      payment_method: method.kind,
      requested_by: requestedBy ?? (isOperator ? "operator" : tx.ctx.actor.type === "system" ? "schedule" : "partner"),
      fee: decision.fees.partner,
      operator_fee: decision.fees.programme,
      opening_balance: available,
    })),
  );
  // As it was decided, under the same locks: read once.
  const rows = new Map(reserved.map(({ id, unpaid }) => [id, unpaid.rows]));
  await writeItems(
    deps,
    tx,
    payouts.map(({ id, amount, currency, partner_id: partnerId }) => ({
      id,
      amount,
      currency,
      partnerId,
      rows: rows.get(id),
    })),
  );
  await deps.ledger.post(
    tx,
    payouts.map(({ id: sourceId, partner_id: partnerId, currency, amount }) =>
      payoutRequestedEntry({ sourceId, partnerId, currency, amount, at: tx.ctx.now }),
    ),
  );
  await deps.audit.recordAll(
    tx,
    "payout.requested",
    payouts.map((payout) => ({ targetType: "payout", targetId: payout.id, after: payout })),
  );
  await deps.outbox.publish(
    tx,
    payouts.map((payout) => payoutEvent("payout.requested", payout)),
  );
  return payouts;
}
