import type { BenchDatabase } from "../kit/cluster.ts";

export const DAYS = 90;
/** Left out while millions of rows are written, and made over all of them at once, as a restore does. */
const INDEXES = `
  select indexname as name, indexdef as definition from pg_indexes
   where schemaname = 'tributary' and tablename = 'clicks' and indexname not in (select conname from pg_constraint where contype = 'p')`;

/** Fills the table of clicks: so many, spread evenly over the links of all partners and the days before `until`. */
export const generateClicks = (
  database: BenchDatabase,
  of: { readonly tenantId: string; readonly count: number; readonly until: Date },
): Promise<void> =>
  database.asSuperuser(async (client) => {
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(INDEXES);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    // Without the trigger that marks what is to be rolled up: everything is marked afterwards.
    await client.query("set session_replication_role = replica");
    await client.query(
      `with link as (
         select array_agg(id order by id) as ids, array_agg(partner_id order by id) as partner_ids, count(*)::integer as count from referral_links
       )
       insert into clicks (tenant_id, id, link_id, partner_id, clicked_at, visitor_id, is_repeat, ip, user_agent, campaign, sub_ids)
       select $1::uuid, md5('click ' || n)::uuid, link.ids[1 + n % link.count], link.partner_ids[1 + n % link.count],
              $2::timestamptz - make_interval(secs => n * ${DAYS} * 86400.0 / $3), md5('visitor ' || n % ($3 * 9 / 10))::uuid, n % 10 = 0,
              '203.0.113.7', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'spring', '{"sub1": "newsletter"}'
         from generate_series(1, $3::integer) as n cross join link`,
      [of.tenantId, of.until, of.count],
    );
    await client.query("set session_replication_role = origin");
    await client.query("set maintenance_work_mem = '512MB'");
    for (const { definition } of indexes) await client.query(definition);
    await client.query("vacuum analyze clicks");
  });
