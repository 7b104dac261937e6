-- Why: a programme may forbid its partners to buy clicks; which advertiser's parameter a visit carried is what shows it.

-- Up Migration
set local lock_timeout = '5s';

alter table clicks add column paid_by text;
comment on column clicks.paid_by is 'The name of the advertising parameter that the visit carried (gclid, fbclid); never its value, which says who the visitor is.';

drop function insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[]);
create function insert_clicks(
    tenant_ids uuid[], ids uuid[], link_ids uuid[], partner_ids uuid[], clicked_ats timestamptz[], visitor_ids uuid[], device_ids text[],
    are_repeats boolean[], ips inet[], user_agents text[], referrers text[], campaigns text[], sub_ids jsonb[], paid_bys text[]) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    insert into clicks (tenant_id, id, link_id, partner_id, clicked_at, visitor_id, device_id, is_repeat, ip, user_agent, referrer, campaign, sub_ids, paid_by)
    select *
      from unnest(tenant_ids, ids, link_ids, partner_ids, clicked_ats, visitor_ids, device_ids, are_repeats, ips, user_agents, referrers, campaigns, sub_ids, paid_bys)
  $$;
comment on function insert_clicks is 'Clicks of many tenants are committed together: one statement and one flush for whatever arrived meanwhile.';
revoke all on function insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[], text[]) from public;
grant execute on function insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[], text[]) to tributary_server;

-- Down Migration
drop function insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[], text[]);
create function insert_clicks(
    tenant_ids uuid[], ids uuid[], link_ids uuid[], partner_ids uuid[], clicked_ats timestamptz[], visitor_ids uuid[], device_ids text[],
    are_repeats boolean[], ips inet[], user_agents text[], referrers text[], campaigns text[], sub_ids jsonb[]) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    insert into clicks (tenant_id, id, link_id, partner_id, clicked_at, visitor_id, device_id, is_repeat, ip, user_agent, referrer, campaign, sub_ids)
    select *
      from unnest(tenant_ids, ids, link_ids, partner_ids, clicked_ats, visitor_ids, device_ids, are_repeats, ips, user_agents, referrers, campaigns, sub_ids)
  $$;
comment on function insert_clicks is 'Clicks of many tenants are committed together: one statement and one flush for whatever arrived meanwhile.';
revoke all on function insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[]) from public;
grant execute on function insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[]) to tributary_server;
alter table clicks drop column paid_by;
