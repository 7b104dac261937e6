import { isCurrency } from "../kernel/currency.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest, ReadTx } from "../platform/database/index.ts";
import { askGates, type Refusal } from "./ask-gates.ts";
import { clearPayouts, type Obstacle } from "./clear-payout.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import type { PayoutRow } from "./payout-repository.ts";
import { netAmount } from "./payout-rules.ts";
import { textOf } from "./refusal-text.ts";
import { type Decided, foresee } from "./request-payout.ts";
import { findWaitingOf } from "./waiting-repository.ts";

/** What would leave, or is withheld: a payout that waits, or what is available to a partner and nobody has asked for. */
export type PreviewLine = {
  readonly payoutId: string | null;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly operatorFee: bigint;
  readonly netAmount: bigint;
  readonly isPayable: boolean;
  /** Why it is withheld, by the code of its refusal. */
  readonly withheld: string | null;
  readonly reason: string | null;
  /** A person has refused it; otherwise it waits for something. */
  readonly isLasting: boolean;
};

export type PreviewedPartner = {
  readonly partnerId: string;
  readonly currency: string;
  readonly available: bigint;
  readonly debt: bigint;
  readonly method: string | null;
  readonly lines: PreviewLine[];
};

export type PreviewQuery = PageRequest & {
  readonly currency: string;
  /** This one alone, also without a balance, as an operator asks for it: the minimum does not stand against it. */
  readonly partnerId?: string;
};

/** Sorts of the preview. */
export const PREVIEW_SORTS = ["available", "-available"] as const;

/** Whom the next release would pay in a currency, how much, and what is withheld and why. Changes nothing. */
export const previewPayouts =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { currency, partnerId: only, ...page }: PreviewQuery): Promise<Page<PreviewedPartner>> => {
    requireScope(ctx, "payouts:read");
    if (!isCurrency(currency)) throw payoutErrors.currency_unknown({ field: "currency", currency });
    return deps.db.read(ctx, async (tx) => {
      if (only !== undefined) await deps.partners.getPartner(tx, only);
      const { data, nextCursor } =
        only === undefined ? await deps.ledger.holders(tx, currency, page) : { data: [{ id: only }], nextCursor: null };
      const partnerIds = data.map(({ id }) => id);
      const waiting = await waitingLines(deps, tx, currency, partnerIds);
      const decided = await foresee(
        deps,
        tx,
        partnerIds.map((partnerId) => ({ partnerId, currency, requested: undefined, isOperator: only !== undefined })),
      );
      const refused = await refusalsOf(deps, tx, decided);
      return {
        nextCursor,
        data: decided.map((one) => ({
          partnerId: one.wanted.partnerId,
          currency,
          available: one.available,
          debt: one.debt,
          method: one.method?.summary ?? null,
          lines: [
            ...(waiting.get(one.wanted.partnerId) ?? []),
            ...balanceLines(one, ctx.now, refused.get(one.wanted.partnerId)),
          ],
        })),
      };
    });
  };

async function waitingLines(
  deps: PayoutDeps,
  tx: ReadTx,
  currency: string,
  partnerIds: readonly string[],
): Promise<Map<string, PreviewLine[]>> {
  const payouts = await findWaitingOf(tx, currency, partnerIds);
  const clearances = await clearPayouts(deps, tx, payouts);
  const lines = new Map<string, PreviewLine[]>();
  for (const payout of payouts) {
    const clearance = clearances.get(payout.id);
    invariant(clearance, "every payout that was asked about has an answer");
    const obstacle = clearance.isClear ? undefined : clearance.obstacle;
    const taxWithheld = clearance.isClear ? clearance.taxWithheld : payout.tax_withheld;
    const line = lineOf(
      { ...payout, tax_withheld: taxWithheld },
      obstacle?.name ?? (payout.batch_id === null ? undefined : "in_batch"),
      obstacle,
    );
    lines.set(payout.partner_id, [...(lines.get(payout.partner_id) ?? []), line]);
  }
  return lines;
}

const lineOf = (payout: PayoutRow, withheld: string | undefined, obstacle: Obstacle | undefined): PreviewLine => ({
  payoutId: payout.id,
  amount: payout.amount,
  fee: payout.fee,
  operatorFee: payout.operator_fee,
  netAmount: netAmount(payout),
  isPayable: withheld === undefined,
  withheld: withheld === undefined ? null : `payout.${withheld}`,
  reason: textOf(obstacle?.facts ?? {}),
  isLasting: obstacle?.isLasting ?? false,
});

/**
 * What the gates would say of payouts that nobody has asked for yet, by partner: each would be asked as soon as it is. Their ids are of no payout, so
 * nothing is known of them but whose they are and how much.
 */
async function refusalsOf(
  deps: PayoutDeps,
  tx: ReadTx,
  decided: readonly Decided[],
): Promise<ReadonlyMap<string, Refusal>> {
  const asked = decided.flatMap(({ decision, debt, wanted: { partnerId, currency } }) =>
    decision.allowed && debt <= 0n ? [{ payoutId: newId(), partnerId, amount: decision.amount, currency }] : [],
  );
  const refused = await askGates(deps.gates, tx, asked);
  return new Map(
    asked.flatMap(({ payoutId, partnerId }) => {
      const refusal = refused.get(payoutId);
      return refusal === undefined ? [] : [[partnerId, refusal] as const];
    }),
  );
}

/** What is available and in no payout; of a partner who owes, that it does. */
function balanceLines(
  { decision, available, debt, method }: Decided,
  now: Date,
  refusal: Refusal | undefined,
): PreviewLine[] {
  if (debt > 0n) return [withheldLine(-debt, "negative_balance")];
  if (available <= 0n) return [];
  if (!decision.allowed) return [withheldLine(available, decision.reason, decision.facts)];
  const until = method?.usable_at ?? null;
  if (until !== null && until > now) return [withheldLine(available, "method_cooling_off", { until })];
  const { amount, fees } = decision;
  if (refusal !== undefined)
    return [{ ...withheldLine(amount, "held", { reason: refusal.reason }), isLasting: refusal.isLasting }];
  return [
    {
      payoutId: null,
      amount,
      fee: fees.partner,
      operatorFee: fees.programme,
      netAmount: amount - fees.partner,
      isPayable: true,
      withheld: null,
      reason: null,
      isLasting: false,
    },
  ];
}

const withheldLine = (amount: bigint, name: string, facts: Readonly<Record<string, unknown>> = {}): PreviewLine => ({
  payoutId: null,
  amount,
  fee: 0n,
  operatorFee: 0n,
  netAmount: amount,
  isPayable: false,
  withheld: `payout.${name}`,
  reason: textOf(facts),
  isLasting: false,
});
