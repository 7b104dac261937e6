import { isCurrency } from "../kernel/currency.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
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
  /** Now, where not given. */
  readonly occurredAt?: Date;
};

export type Calculation = { readonly receipt: Receipt; readonly commissions: readonly CommissionDraft[] };

/** After everything that is recorded. */
const NEXT_NUMBER = 2n ** 62n;

/** What a sale would earn if it were reported now, and why: the same engine, writing nothing. Refused where the report would be. */
export const calculateCommission =
  (deps: Pick<CalculationDeps, "db" | "ledger" | "partners">) =>
  (ctx: Ctx, sale: HypotheticalSale): Promise<Calculation> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "commissions:read");
      const { tax = 0n, revenue = 0n, occurredAt = ctx.now } = sale;
      const refusal = figureRefusalOf({ ...sale, tax, revenue, occurredAt }, isCurrency);
      if (refusal !== undefined) throw refusal;
      const customer = (await findReferralStandings(tx, { referralIds: [sale.referralId] })).get(sale.referralId);
      if (customer === undefined) throw assessmentErrors.customer_unknown({ referralId: sale.referralId });
      const { partnerId } = customer;
      const event: TransactionEvent = {
        ...sale,
        tax,
        revenue,
        occurredAt,
        partnerId,
        id: newId(),
        number: NEXT_NUMBER,
        originalId: null,
      };
      const standings = await loadStandings(deps, tx, [event]);
      const { terms, facts } = await readGround(deps, tx, { events: [event], standings });
      const { receipts, outcomes } = assess([event], terms, facts);
      const [receipt] = receipts;
      if (receipt === undefined) throw assessmentErrors.customer_unknown();
      return { receipt, commissions: outcomes.flatMap((one) => (one.kind === "earned" ? [one.commission] : [])) };
    });
