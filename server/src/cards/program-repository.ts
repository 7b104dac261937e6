import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { ProductStatus, ProgramStatus, SpendingLimits } from "./card-rules.ts";

export type ProgramRow = Omit<Selectable<DB["card_programs"]>, "status"> & { readonly status: ProgramStatus };
export type ProductRow = Omit<Selectable<DB["card_products"]>, "status"> & { readonly status: ProductStatus };

/** The base of every read of programmes. The check of the table makes the cast true. */
export const selectPrograms = (tx: ReadTx) =>
  tx.selectFrom("card_programs").selectAll().where("tenant_id", "=", tx.ctx.tenantId).$narrowType<ProgramRow>();

export const findProgram = (tx: ReadTx, id: string): Promise<ProgramRow | undefined> =>
  selectPrograms(tx).where("id", "=", id).executeTakeFirst();

/** How many there are; two who add one at once count one after the other. */
export async function countPrograms(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`card programs of ${tx.ctx.tenantId}`}, 0))`.execute(tx);
  return (await tx.selectFrom("card_programs").select("id").where("tenant_id", "=", tx.ctx.tenantId).execute()).length;
}

export const insertProgram = (
  tx: Tx,
  row: Pick<ProgramRow, "id" | "partner_id" | "name" | "base_url" | "currency" | "secrets_sealed">,
): Promise<ProgramRow> =>
  tx
    .insertInto("card_programs")
    .values({
      ...row,
      tenant_id: tx.ctx.tenantId,
      status: "connecting",
      created_at: tx.ctx.now,
      updated_at: tx.ctx.now,
    })
    .returningAll()
    .$narrowType<ProgramRow>()
    .executeTakeFirstOrThrow();

/** Takes a programme from one of some states to another; undefined where it is in none of them. */
export const moveProgram = (
  tx: Tx,
  id: string,
  { from, to }: { readonly from: readonly ProgramStatus[]; readonly to: ProgramStatus },
): Promise<ProgramRow | undefined> =>
  tx
    .updateTable("card_programs")
    .set({ status: to, updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "in", [...from])
    .returningAll()
    .$narrowType<ProgramRow>()
    .executeTakeFirst();

export const limitsOf = (row: {
  readonly per_authorization: bigint | null;
  readonly daily: bigint | null;
  readonly monthly: bigint | null;
}): SpendingLimits => ({ perAuthorization: row.per_authorization, daily: row.daily, monthly: row.monthly });

export const limitColumns = (limits: SpendingLimits) => ({
  per_authorization: limits.perAuthorization,
  daily: limits.daily,
  monthly: limits.monthly,
});

/** What the operator has set of a card, beside what its partner has. */
export const boundsOf = (row: {
  readonly bound_per_authorization: bigint | null;
  readonly bound_daily: bigint | null;
  readonly bound_monthly: bigint | null;
}): SpendingLimits => ({
  perAuthorization: row.bound_per_authorization,
  daily: row.bound_daily,
  monthly: row.bound_monthly,
});

export const boundColumns = (bounds: SpendingLimits) => ({
  bound_per_authorization: bounds.perAuthorization,
  bound_daily: bounds.daily,
  bound_monthly: bounds.monthly,
});

/** The base of every read of products. The check of the table makes the cast true. */
export const selectProducts = (tx: ReadTx) =>
  tx
    .selectFrom("card_products")
    .innerJoin("card_programs", (join) =>
      join
        .onRef("card_programs.tenant_id", "=", "card_products.tenant_id")
        .onRef("card_programs.id", "=", "card_products.program_id"),
    )
    .selectAll("card_products")
    .select(["card_programs.currency", "card_programs.status as program_status"])
    .where("card_products.tenant_id", "=", tx.ctx.tenantId)
    .$narrowType<ProductRow & { program_status: ProgramStatus }>();

export type FoundProduct = ProductRow & { readonly currency: string; readonly program_status: ProgramStatus };

export const findProduct = (tx: ReadTx, id: string): Promise<FoundProduct | undefined> =>
  selectProducts(tx).where("card_products.id", "=", id).executeTakeFirst();

export async function insertProduct(
  tx: Tx,
  row: Pick<
    ProductRow,
    "id" | "program_id" | "partner_id" | "name" | "per_authorization" | "daily" | "monthly" | "revenue_ppm"
  >,
): Promise<void> {
  await tx
    .insertInto("card_products")
    .values({
      ...row,
      tenant_id: tx.ctx.tenantId,
      status: "requested",
      created_at: tx.ctx.now,
      updated_at: tx.ctx.now,
    })
    .execute();
}

/** Takes a product from one of some states to another; false where it is in none of them. */
export async function moveProduct(
  tx: Tx,
  id: string,
  { from, to }: { readonly from: readonly ProductStatus[]; readonly to: ProductStatus },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("card_products")
    .set({ status: to, updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "in", [...from])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
