-- Why: a touch carries what its visitor has agreed to, and can be made nobody's when its person is erased.

-- Up Migration
set local lock_timeout = '5s';

alter table clicks add column consent text not null default 'unknown',
  add constraint clicks_consent_check check (consent in ('unknown', 'granted', 'denied'));
comment on column clicks.consent is 'What the visitor has said to being recognised: denied keeps neither address nor browser, and sets no cookie.';
grant update (visitor_id, device_id, user_agent, referrer) on clicks to tributary_server;

drop function insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[], text[]);
create function insert_clicks(
    tenant_ids uuid[], ids uuid[], link_ids uuid[], partner_ids uuid[], clicked_ats timestamptz[], visitor_ids uuid[], device_ids text[],
    are_repeats boolean[], ips inet[], user_agents text[], referrers text[], campaigns text[], sub_ids jsonb[], paid_bys text[],
    consents text[]) returns void
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    insert into clicks (tenant_id, id, link_id, partner_id, clicked_at, visitor_id, device_id, is_repeat, ip, user_agent, referrer, campaign, sub_ids,
                        paid_by, consent)
    select *
      from unnest(tenant_ids, ids, link_ids, partner_ids, clicked_ats, visitor_ids, device_ids, are_repeats, ips, user_agents, referrers, campaigns,
                  sub_ids, paid_bys, consents)
  $$;
comment on function insert_clicks is 'Clicks of many tenants are committed together: one statement and one flush for whatever arrived meanwhile.';
revoke execute on function insert_clicks from public;
grant execute on function insert_clicks to tributary_server;

-- Down Migration
drop function insert_clicks(uuid[], uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], boolean[], inet[], text[], text[], text[], jsonb[], text[], text[]);
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
revoke execute on function insert_clicks from public;
grant execute on function insert_clicks to tributary_server;
revoke update (visitor_id, device_id, user_agent, referrer) on clicks from tributary_server;
alter table clicks drop column consent;
