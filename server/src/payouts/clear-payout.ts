import { invariant } from "../kernel/invariant.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { TimeLimit } from "../platform/time-limit.ts";
import { askGates } from "./ask-gates.ts";
import { findCurrentMethods, type MethodRow } from "./method-repository.ts";
import type { AskedPayout, GateAnswer, PayoutDeps } from "./payout-deps.ts";
import type { PayoutRow } from "./payout-repository.ts";
import { netAmount } from "./payout-rules.ts";
import type { TransferProvider } from "./transfer-provider.ts";

/** What stands against letting a payout go, by its name in the catalogue of errors. */
export type Obstacle = {
  readonly name:
    | "partner_suspended"
    | "method_not_payable"
    | "method_cooling_off"
    | "method_unavailable"
    | "amount_indivisible"
    | "fee_exceeds_amount"
    | "held";
  /** Whether it stands against all payouts of a partner: what else of it waits is not looked at, so that it fills one page at most. */
  readonly about: "partner" | "payout";
  /** A person has refused it; otherwise it waits for something. */
  readonly isLasting: boolean;
  readonly facts: Readonly<Record<string, unknown>>;
};

export type Clearance =
  | {
      readonly isClear: true;
      readonly method: MethodRow;
      readonly provider: TransferProvider;
      readonly destination: string;
      /** What is kept back for the tax authority as things are. */
      readonly taxWithheld: bigint;
    }
  | { readonly isClear: false; readonly obstacle: Obstacle };

/**
 * May these payouts leave now? Asked when they are released and again when each is first sent: much can happen in between. The method is that
 * of now, not of the request: the partner may have replaced an account that was closed meanwhile. By payout.
 */
export async function clearPayouts(
  deps: PayoutDeps,
  tx: ReadTx,
  payouts: readonly PayoutRow[],
  time?: TimeLimit,
): Promise<ReadonlyMap<string, Clearance>> {
  const partnerIds = [...new Set(payouts.map((payout) => payout.partner_id))];
  const statuses = await deps.partners.findStatuses(tx, partnerIds);
  const methods = await findCurrentMethods(tx, partnerIds);
  const withheld = await deps.withholding(tx, payouts);
  const clearances = new Map<string, Clearance>();
  for (const payout of payouts) {
    const partnerStatus = statuses.get(payout.partner_id);
    invariant(partnerStatus, "a payout has a partner (foreign key)");
    const found = decideClearance(deps, payout, {
      partnerStatus,
      method: methods.get(payout.partner_id),
      taxWithheld: withheld.get(payout.id) ?? 0n,
      now: tx.ctx.now,
    });
    clearances.set(payout.id, found);
  }
  const open = payouts.filter(({ id }) => clearances.get(id)?.isClear === true);
  for (const [payoutId, refusal] of await askGates(deps.gates, tx, open.map(asked), time))
    clearances.set(payoutId, hold(refusal));
  return clearances;
}

const asked = ({ id: payoutId, partner_id: partnerId, amount, currency }: PayoutRow): AskedPayout => ({
  payoutId,
  partnerId,
  amount,
  currency,
});

/** The same for one. */
export async function clearPayout(deps: PayoutDeps, tx: ReadTx, payout: PayoutRow): Promise<Clearance> {
  const clearance = (await clearPayouts(deps, tx, [payout])).get(payout.id);
  invariant(clearance, "every payout that was asked about has an answer");
  return clearance;
}

/** What is asked of the transfer itself is about one payout; the rest is about the partner, or its account. */
const OF_PAYOUT: ReadonlySet<Obstacle["name"]> = new Set(["amount_indivisible", "fee_exceeds_amount"]);

const refuse = (name: Exclude<Obstacle["name"], "held">, facts: Obstacle["facts"] = {}): Clearance => ({
  isClear: false,
  obstacle: { name, about: OF_PAYOUT.has(name) ? "payout" : "partner", isLasting: false, facts },
});

const hold = ({ reason, about, isLasting }: Extract<GateAnswer, { allowed: false }>): Clearance => ({
  isClear: false,
  obstacle: { name: "held", about, isLasting, facts: { reason } },
});

function decideClearance(
  deps: Pick<PayoutDeps, "providers">,
  payout: PayoutRow,
  {
    partnerStatus,
    method,
    taxWithheld: asked,
    now,
  }: {
    readonly partnerStatus: string;
    readonly method: MethodRow | undefined;
    readonly taxWithheld: bigint;
    readonly now: Date;
  },
): Clearance {
  // Whoever was terminated is paid what is left; nobody goes back to before approval.
  if (partnerStatus === "suspended") return refuse("partner_suspended");
  if (method?.status !== "payable") return refuse("method_not_payable", { status: method?.status ?? "missing" });
  // It waits there for whoever the account was stolen from to read the mail about it.
  if (method.usable_at !== null && method.usable_at > now)
    return refuse("method_cooling_off", { until: method.usable_at });
  const provider = deps.providers[method.kind];
  if (provider === undefined || method.provider_account_id === null)
    return refuse("method_unavailable", { kind: method.kind });
  const step = stepOf(provider, payout.currency);
  const left = netAmount({ ...payout, tax_withheld: asked });
  // What is kept back is rounded up to what leaves an amount that the provider can move.
  const taxWithheld = asked === 0n || left <= 0n ? asked : asked + (left % step);
  const net = netAmount({ ...payout, tax_withheld: taxWithheld });
  if (net <= 0n) return refuse("fee_exceeds_amount", { fee: payout.fee });
  if (net % step !== 0n) return refuse("amount_indivisible", { step });
  return { isClear: true, method, provider, destination: method.provider_account_id, taxWithheld };
}

/** The smallest amount that a provider can move in a currency. */
export const stepOf = (provider: TransferProvider | undefined, currency: string): bigint =>
  provider?.stepOf?.(currency) ?? 1n;
