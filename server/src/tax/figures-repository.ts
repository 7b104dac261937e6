import type { ReadTx, Tx } from "../platform/database/index.ts";

export type FiguresRow = {
  readonly year: number;
  readonly threshold: bigint | null;
  readonly withholding_ppm: bigint | null;
  readonly iris_header: string | null;
};

/** What was entered for a year; undefined where nothing was. */
export const findFigures = (tx: ReadTx, year: number): Promise<FiguresRow | undefined> =>
  tx
    .selectFrom("tax_year_figures")
    .select(["year", "threshold", "withholding_ppm", "iris_header"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("year", "=", year)
    .executeTakeFirst();

export async function upsertFigures(tx: Tx, { year, ...figures }: FiguresRow): Promise<void> {
  const values = { ...figures, updated_at: tx.ctx.now };
  await tx
    .insertInto("tax_year_figures")
    .values({ tenant_id: tx.ctx.tenantId, year, ...values })
    .onConflict((conflict) => conflict.columns(["tenant_id", "year"]).doUpdateSet(values))
    .execute();
}

export type RateRow = { readonly currency: string; readonly exponent: number; readonly units_ppm: bigint };

/** The rates of a year, by currency. */
export async function findRates(tx: ReadTx, year: number): Promise<ReadonlyMap<string, RateRow>> {
  const rows = await tx
    .selectFrom("tax_exchange_rates")
    .select(["currency", "exponent", "units_ppm"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("year", "=", year)
    .orderBy("currency")
    .execute();
  return new Map(rows.map((row) => [row.currency, row]));
}

export async function upsertRate(tx: Tx, year: number, { currency, ...rate }: RateRow): Promise<void> {
  const values = { ...rate, updated_at: tx.ctx.now };
  await tx
    .insertInto("tax_exchange_rates")
    .values({ tenant_id: tx.ctx.tenantId, year, currency, ...values })
    .onConflict((conflict) => conflict.columns(["tenant_id", "year", "currency"]).doUpdateSet(values))
    .execute();
}
