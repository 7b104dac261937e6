import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";

export type Coupon = {
  readonly id: string;
  readonly partnerId: string;
  /** In capitals; unique among active coupons. */
  readonly code: string;
  /** It outranks clicks; a shared one counts only where there is no click. */
  readonly isExclusive: boolean;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly status: "active" | "archived";
  readonly createdAt: Date;
};

export type CouponRow = Selectable<DB["coupons"]>;

/** The check constraint makes the cast true. */
export const toCoupon = (row: CouponRow): Coupon => ({
  id: row.id,
  partnerId: row.partner_id,
  code: row.code,
  isExclusive: row.is_exclusive,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  status: row.status as Coupon["status"],
  createdAt: row.created_at,
});

export const selectCoupons = (tx: ReadTx) =>
  tx.selectFrom("coupons").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export async function findCoupon(tx: ReadTx, id: string): Promise<Coupon | undefined> {
  const row = await selectCoupons(tx).where("id", "=", id).executeTakeFirst();
  return row && toCoupon(row);
}

export async function findActiveCoupon(tx: ReadTx, code: string): Promise<Coupon | undefined> {
  const row = await selectCoupons(tx).where("code", "=", code).where("status", "=", "active").executeTakeFirst();
  return row && toCoupon(row);
}

/** Adds a coupon; false where an active one has its code. */
export async function insertCoupon(tx: Tx, coupon: Coupon): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into coupons (tenant_id, id, partner_id, code, is_exclusive, starts_at, ends_at, status, created_at)
    values (${tx.ctx.tenantId}, ${coupon.id}, ${coupon.partnerId}, ${coupon.code}, ${coupon.isExclusive}, ${coupon.startsAt},
            ${coupon.endsAt}, ${coupon.status}, ${coupon.createdAt})
        on conflict (tenant_id, code) where status = 'active' do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

/** Archives an active coupon; undefined where there is none such. */
export async function archiveCouponRow(tx: Tx, id: string): Promise<Coupon | undefined> {
  const row = await tx
    .updateTable("coupons")
    .set({ status: "archived" })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "=", "active")
    .returningAll()
    .executeTakeFirst();
  return row && toCoupon(row);
}
