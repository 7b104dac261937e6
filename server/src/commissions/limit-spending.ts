import { dateInZone } from "../kernel/calendar.ts";
import { isCurrency } from "../kernel/currency.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Database, Page, PageRequest, ReadTx } from "../platform/database/index.ts";
import type { CommissionDeps, ProgramZone } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { spendKey } from "./engine/spend-facts.ts";
import { spendLimitEvent } from "./settings-events.ts";
import {
  findSpendLimitPage,
  findSpendLimits,
  findSpentMonths,
  lockSpendLimits,
  saveSpendLimit,
} from "./spend-repository.ts";

/** A limit, and what has been earned under it in this month. Minor units. */
export type SpendLimit = {
  readonly currency: string;
  readonly monthly: bigint;
  readonly month: string;
  readonly spent: bigint;
};

type FindingDeps = { readonly db: Database } & ProgramZone;

/** The programme's limits, by currency unless asked otherwise. */
export const findSpending =
  (deps: FindingDeps) =>
  (ctx: Ctx, page: PageRequest): Promise<Page<SpendLimit>> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "commissions:read");
      const { data, nextCursor } = await findSpendLimitPage(tx, page);
      return { nextCursor, data: await withSpent(deps, tx, data) };
    });

/** Sets, moves or (with null) ends the limit of a currency, from the next event on: what is earned stays, and what was cut stays cut. */
export const limitSpending =
  (deps: FindingDeps & Pick<CommissionDeps, "audit" | "outbox">) =>
  (
    ctx: Ctx,
    {
      currency,
      monthly,
      reason,
    }: { readonly currency: string; readonly monthly: number | null; readonly reason: string },
  ): Promise<SpendLimit[]> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      if (!isCurrency(currency)) throw commissionErrors.currency_unknown({ field: "currency" });
      const { id } = await deps.programs.getProgram(tx);
      const before = (await lockSpendLimits(tx)).get(currency) ?? null;
      await saveSpendLimit(tx, currency, monthly === null ? null : BigInt(monthly));
      await deps.audit.record(tx, "spending.limited", {
        targetType: "program",
        targetId: id,
        before: { currency, monthly: before },
        after: { currency, monthly },
        reason,
      });
      await deps.outbox.publish(tx, [spendLimitEvent(ctx.tenantId, { currency, monthly })]);
      const limits = [...(await findSpendLimits(tx))].map(([code, most]) => ({ currency: code, monthly: most }));
      return withSpent(deps, tx, limits);
    });

async function withSpent(
  { programs }: Pick<FindingDeps, "programs">,
  tx: ReadTx,
  limits: readonly Pick<SpendLimit, "currency" | "monthly">[],
): Promise<SpendLimit[]> {
  const { timeZone } = await programs.getProgram(tx);
  const month = `${dateInZone(tx.ctx.now, timeZone).slice(0, 7)}-01`;
  const spent = await findSpentMonths(tx, [month]);
  return limits.map(({ currency, monthly }) => ({
    currency,
    monthly,
    month,
    spent: spent.get(spendKey({ month, currency }))?.spent ?? 0n,
  }));
}
