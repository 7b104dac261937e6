import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { SubIds } from "./click-rules.ts";

/** A touch as the server saw it. */
export type Click = {
  readonly id: string;
  readonly linkId: string;
  readonly partnerId: string;
  readonly clickedAt: Date;
  readonly visitorId: string | null;
  readonly deviceId: string | null;
  readonly isRepeat: boolean;
  readonly referrer: string | null;
  readonly campaign: string | null;
  readonly subIds: SubIds;
};

type ClickColumns = Pick<
  Selectable<DB["clicks"]>,
  | "id"
  | "link_id"
  | "partner_id"
  | "clicked_at"
  | "visitor_id"
  | "device_id"
  | "is_repeat"
  | "referrer"
  | "campaign"
  | "sub_ids"
>;

/** `sub_ids` is written by this module alone. */
const toClick = (row: ClickColumns): Click => ({
  id: row.id,
  linkId: row.link_id,
  partnerId: row.partner_id,
  clickedAt: row.clicked_at,
  visitorId: row.visitor_id,
  deviceId: row.device_id,
  isRepeat: row.is_repeat,
  referrer: row.referrer,
  campaign: row.campaign,
  subIds: (row.sub_ids ?? {}) as SubIds,
});

const COLUMNS = sql.raw(
  "id, link_id, partner_id, clicked_at, visitor_id, device_id, is_repeat, referrer, campaign, sub_ids",
);

export async function findClicks(tx: ReadTx, ids: readonly string[]): Promise<Click[]> {
  const { rows } = await sql<ClickColumns>`
    select ${COLUMNS}
      from clicks
     where tenant_id = ${tx.ctx.tenantId}
       and id = any (${ids}::uuid[])`.execute(tx);
  return rows.map(toClick);
}

/** The latest click on a link by a device, at or before an instant. */
export async function findLatestClick(
  tx: ReadTx,
  of: { readonly linkId: string; readonly deviceId: string; readonly at: Date },
): Promise<Click | undefined> {
  const { rows } = await sql<ClickColumns>`
    select ${COLUMNS}
      from clicks
     where tenant_id = ${tx.ctx.tenantId}
       and device_id = ${of.deviceId}
       and link_id = ${of.linkId}
       and clicked_at <= ${of.at}
     order by clicked_at desc, id
     limit 1`.execute(tx);
  return rows[0] && toClick(rows[0]);
}

/** Clicks by the same visitors or on the same devices, from one instant to another, both included. */
export async function findClicksOf(
  tx: ReadTx,
  of: {
    readonly visitorIds: readonly string[];
    readonly deviceIds: readonly string[];
    readonly from: Date;
    readonly to: Date;
    readonly order: "first" | "last";
    readonly limit: number;
  },
): Promise<Click[]> {
  const { tenantId } = tx.ctx;
  const direction = sql.raw(of.order === "first" ? "asc" : "desc");
  const { rows } = await sql<ClickColumns>`
    (select ${COLUMNS} from clicks
      where tenant_id = ${tenantId} and visitor_id = any (${of.visitorIds}::uuid[]) and clicked_at between ${of.from} and ${of.to}
      order by clicked_at ${direction}, id limit ${of.limit})
     union
    (select ${COLUMNS} from clicks
      where tenant_id = ${tenantId} and device_id = any (${of.deviceIds}::text[]) and clicked_at between ${of.from} and ${of.to}
      order by clicked_at ${direction}, id limit ${of.limit})
     order by clicked_at ${direction}, id
     limit ${of.limit}`.execute(tx);
  return rows.map(toClick);
}

/** How many clicks a partner's links had in a period, and how many of them were the first of their visitor in a while. */
export async function countClicks(
  tx: ReadTx,
  of: { readonly partnerId: string; readonly from: Date; readonly to: Date },
): Promise<{ clicks: bigint; uniqueClicks: bigint }> {
  const { rows } = await sql<{ clicks: bigint; unique_clicks: bigint }>`
    select count(*) as clicks, count(*) filter (where not is_repeat) as unique_clicks
      from clicks
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = ${of.partnerId}
       and clicked_at >= ${of.from}
       and clicked_at < ${of.to}`.execute(tx);
  return { clicks: rows[0]?.clicks ?? 0n, uniqueClicks: rows[0]?.unique_clicks ?? 0n };
}

/** Until when addresses have been made coarse. */
export async function findTruncatedBefore(tx: ReadTx): Promise<Date | undefined> {
  const row = await tx
    .selectFrom("click_retention")
    .select("truncated_before")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirst();
  return row?.truncated_before;
}

/** When the first click in a period was that still has an address. */
export async function findFirstWithIp(
  tx: ReadTx,
  period: { readonly from: Date; readonly to: Date },
): Promise<Date | undefined> {
  const { rows } = await sql<{ first: Date | null }>`
    select min(clicked_at) as first
      from clicks
     where tenant_id = ${tx.ctx.tenantId}
       and clicked_at >= ${period.from}
       and clicked_at < ${period.to}
       and ip is not null`.execute(tx);
  return rows[0]?.first ?? undefined;
}

/** Makes the addresses of a period's clicks coarse: /24 of IPv4, /48 of IPv6, as everywhere. Returns how many were changed. */
export async function truncateIps(tx: Tx, period: { readonly from: Date; readonly to: Date }): Promise<bigint> {
  const { numAffectedRows } = await sql`
    update clicks
       set ip = network(set_masklen(ip, case family(ip) when 4 then 24 else 48 end))
     where tenant_id = ${tx.ctx.tenantId}
       and clicked_at >= ${period.from}
       and clicked_at < ${period.to}
       and masklen(ip) > case family(ip) when 4 then 24 else 48 end`.execute(tx);
  return numAffectedRows ?? 0n;
}

export async function keepTruncatedBefore(tx: Tx, instant: Date): Promise<void> {
  await tx
    .insertInto("click_retention")
    .values({ tenant_id: tx.ctx.tenantId, truncated_before: instant })
    .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet({ truncated_before: instant }))
    .execute();
}
