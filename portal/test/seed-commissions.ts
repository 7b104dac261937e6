/**
 * SQL that fills the table of commissions of one tenant: so many rows, spread over its partners, ten minutes apart before `until`, of every
 * status, type and amount. Set-based and without triggers, so that it takes seconds; a commission's ledger and receipt are not there.
 */
export const seedCommissions = (of: {
  readonly tenantId: string;
  readonly count: number;
  readonly until: Date;
}): string => `
  set session_replication_role = replica;
  with partner as (select array_agg(id order by id) as ids, count(*)::integer as count from partners where tenant_id = '${of.tenantId}'),
       row as (select n, timestamptz '${of.until.toISOString()}' as until from generate_series(1, ${of.count}) as n)
  insert into commissions (tenant_id, id, partner_id, event_id, rule, commission_type, amount, currency, rate_ppm, status,
                           occurred_at, hold_until, calculated_at, created_at)
  select '${of.tenantId}', md5('commission ' || n)::uuid, partner.ids[1 + n % partner.count], md5('event ' || n)::uuid, 'recurring',
         (array['recurring', 'recurring', 'recurring', 'transaction', 'signup', 'bonus'])[1 + n % 6],
         100 + n * 7919::bigint % 50000, 'USD', 100000,
         (array['paid', 'paid', 'approved', 'pending', 'paid', 'paid', 'cancelled', 'paid', 'paid', 'disputed'])[1 + n % 10],
         until - make_interval(mins => n * 10), until - make_interval(mins => n * 10) + interval '30 days', until, until
    from row cross join partner;
  analyze commissions`;
