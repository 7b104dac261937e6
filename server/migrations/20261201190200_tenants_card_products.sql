-- Why: what a sub-operator's card products owe its parent could be neither proved nor waited for: the parent reads which were made there, and of which
-- it was not told yet.

-- Up Migration
set local lock_timeout = '5s';

create function sub_operator_card_products(child_id uuid) returns table (id uuid, asked_at timestamptz, told text)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    with child as (
      select c.id from tenants c where c.id = child_id and c.parent_id = current_tenant_id()
    ), untold as (
      select right(e.data ->> 'reference', 36) as product, e.given_up_at is not null as is_given_up
        from outbox_events e
       where e.tenant_id = (select c.id from child c)
         and e.type = 'sub_operator.card_product_made'
         and e.dispatched_at is null
    )
    select p.id, p.created_at, case when u.product is null then 'yes' when u.is_given_up then 'given_up' else 'not_yet' end
      from card_products p
      left join untold u on u.product = p.id::text
     where p.tenant_id = (select c.id from child c)
       and p.status in ('active', 'closed')
  $$;
comment on function sub_operator_card_products is 'Card products that were made in a tenant under the running transaction''s, when they were asked for, and whether its parent was told of them. Not whose they are.';
revoke all on function sub_operator_card_products(uuid) from public;
grant execute on function sub_operator_card_products(uuid) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function sub_operator_card_products(uuid);
