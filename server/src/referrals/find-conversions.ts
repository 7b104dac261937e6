import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import type { ReferralMetadata, ReferralSource } from "./referral.ts";

/** How a customer came: what is known of it beyond whose it is. */
export type Conversion = {
  readonly id: string;
  readonly partnerId: string;
  readonly customerId: string | null;
  readonly source: ReferralSource;
  readonly convertedAt: Date;
  readonly metadata: ReferralMetadata;
  /** The click that decided; null where something else did. */
  readonly click: {
    readonly at: Date;
    readonly visitorId: string | null;
    readonly deviceId: string | null;
    /** In full until it is made coarse. */
    readonly ip: string | null;
    readonly userAgent: string | null;
    readonly referrer: string | null;
    readonly paidBy: string | null;
  } | null;
};

/** Conversions by referral, in one statement; what has not converted is left out. */
export async function findConversions(tx: ReadTx, referralIds: readonly string[]): Promise<Conversion[]> {
  const { rows } = await sql<{
    id: string;
    partner_id: string;
    referred_user_id: string | null;
    source: string;
    conversion_date: Date;
    metadata: unknown;
    clicked_at: Date | null;
    visitor_id: string | null;
    device_id: string | null;
    ip: string | null;
    user_agent: string | null;
    referrer: string | null;
    paid_by: string | null;
  }>`
    select r.id, r.partner_id, r.referred_user_id, r.source, r.conversion_date, r.metadata,
           c.clicked_at, c.visitor_id, c.device_id, host(c.ip) as ip, c.user_agent, c.referrer, c.paid_by
      from referrals r
      left join clicks c on c.tenant_id = r.tenant_id and c.id = r.click_id
     where r.tenant_id = ${tx.ctx.tenantId}
       and r.id = any (${[...referralIds]}::uuid[])
       and r.conversion_date is not null`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    partnerId: row.partner_id,
    customerId: row.referred_user_id,
    // The check constraint makes it true; `metadata` is written by this module alone.
    source: row.source as ReferralSource,
    convertedAt: row.conversion_date,
    metadata: row.metadata as ReferralMetadata,
    click:
      row.clicked_at === null
        ? null
        : {
            at: row.clicked_at,
            visitorId: row.visitor_id,
            deviceId: row.device_id,
            ip: row.ip,
            userAgent: row.user_agent,
            referrer: row.referrer,
            paidBy: row.paid_by,
          },
  }));
}

/** The referrals of a customer, those that it was before a re-attribution included. */
export async function findReferralIdsOf(tx: ReadTx, customerId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("referrals")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("referred_user_id", "=", customerId)
    .execute();
  return rows.map(({ id }) => id);
}
