import { isCurrency } from "../kernel/currency.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { figureRefusalOf } from "../sales/index.ts";
import type { CalculationDeps } from "./assessment-deps.ts";
import { assessmentErrors } from "./assessment-errors.ts";
import { assess } from "./engine/assess.ts";
import type { TransactionEvent } from "./engine/engine-event.ts";
import type { CommissionDraft } from "./engine/outcome.ts";
import type { Receipt } from "./engine/receipt.ts";
import { loadStandings, readGround } from "./load-facts.ts";
import { findReferralStandings } from "./standing-repository.ts";

/** A sale that might be reported. Amounts in minor units; `tax` and `revenue` are 0 where not given. */
export type HypotheticalSale = {
  readonly referralId: string;
  readonly kind: "payment" | "card";
  readonly amount: bigint;
  readonly currency: string;
  readonly tax?: bigint;
  readonly revenue?: bigint;
  /** What is sold, and where to: what the rules of a plan may ask for. */
  readonly product?: string;
  readonly planCode?: string;
  readonly country?: string;
  /** Now, where not given. */
  readonly occurredAt?: Date;
};

export type Calculation = { readonly receipt: Receipt; readonly commissions: readonly CommissionDraft[] };

/** After everything that is recorded. */
const NEXT_NUMBER = 2n ** 62n;

type Deps = Pick<CalculationDeps, "db" | "ledger" | "partners">;

/** What a sale would earn if it were reported now, and why: the same engine, writing nothing. Refused where the report would be. */
export const calculateCommission =
  (deps: Deps) =>
  async (ctx: Ctx, sale: HypotheticalSale): Promise<Calculation> => {
    requireScope(ctx, "commissions:read");
    return calculate(deps, ctx, sale, undefined);
  };

/**
 * The same for the acting partner, of a sale to a customer of its own; another's is as unknown as one that is not there. Without the programme's limit:
 * by made-up sales large and small, a partner would find out what is left of the operator's budget.
 */
export const calculateOwnCommission =
  (deps: Deps) =>
  async (ctx: Ctx, sale: HypotheticalSale): Promise<Calculation> => {
    requireScope(ctx, "own:commissions:read");
    return calculate(deps, ctx, sale, requirePartner(ctx));
  };

const calculate = (deps: Deps, ctx: Ctx, sale: HypotheticalSale, ownerId: string | undefined): Promise<Calculation> =>
  deps.db.read(ctx, async (tx) => {
    const { tax = 0n, revenue = 0n, occurredAt = ctx.now } = sale;
    const told = { product: sale.product ?? null, planCode: sale.planCode ?? null, country: sale.country ?? null };
    const refusal = figureRefusalOf({ ...sale, ...told, tax, revenue, occurredAt }, isCurrency);
    if (refusal !== undefined) throw refusal;
    const customer = (await findReferralStandings(tx, { referralIds: [sale.referralId] })).get(sale.referralId);
    if (customer === undefined || (ownerId !== undefined && customer.partnerId !== ownerId))
      throw assessmentErrors.customer_unknown({ referralId: sale.referralId });
    const { partnerId } = customer;
    const id = newId();
    const event: TransactionEvent = {
      ...sale,
      ...told,
      tax,
      revenue,
      occurredAt,
      partnerId,
      id,
      externalId: id,
      number: NEXT_NUMBER,
      originalId: null,
    };
    const standings = await loadStandings(deps, tx, [event]);
    const ground = await readGround(deps, tx, { events: [event], standings });
    const facts =
      ownerId === undefined ? ground.facts : { ...ground.facts, spend: { ...ground.facts.spend, limits: new Map() } };
    const { receipts, outcomes } = assess([event], ground.terms, facts);
    const [receipt] = receipts;
    if (receipt === undefined) throw assessmentErrors.customer_unknown();
    return { receipt, commissions: outcomes.flatMap((one) => (one.kind === "earned" ? [one.commission] : [])) };
  });
