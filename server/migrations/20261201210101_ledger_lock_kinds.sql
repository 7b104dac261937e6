-- Why: a payout decides by three accounts of a partner and moves two of them, and a batch locked all fifteen of each.

-- Up Migration
set local lock_timeout = '5s';

drop function ledger_lock_accounts(uuid[], text[]);
create function ledger_lock_accounts(partner_ids uuid[], currencies text[], kinds text[]) returns bigint
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
declare locked bigint;
begin
  -- One order for everybody, so that two transactions over the same partners cannot wait for each other in a circle.
  perform 1
     from ledger_accounts a
     join (select distinct p.partner_id, p.currency from unnest(partner_ids, currencies) as p (partner_id, currency)) wanted
       on wanted.partner_id = a.partner_id and wanted.currency = a.currency
    where a.tenant_id = current_tenant_id()
      and a.kind = any (kinds)
    order by a.partner_id, a.currency, a.kind
      for update of a;
  get diagnostics locked = row_count;
  return locked;
end $$;
comment on function ledger_lock_accounts is 'Locks the accounts of partners in currencies, pairwise, of these kinds, in key order, and says how many there are. Runs as the owner, since a row lock needs a right to update; it sees the caller''s tenant alone.';
revoke all on function ledger_lock_accounts(uuid[], text[], text[]) from public;
grant execute on function ledger_lock_accounts(uuid[], text[], text[]) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function ledger_lock_accounts(uuid[], text[], text[]);
create function ledger_lock_accounts(partner_ids uuid[], currencies text[]) returns bigint
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
declare locked bigint;
begin
  -- One order for everybody, so that two transactions over the same partners cannot wait for each other in a circle.
  perform 1
     from ledger_accounts a
     join (select distinct p.partner_id, p.currency from unnest(partner_ids, currencies) as p (partner_id, currency)) wanted
       on wanted.partner_id = a.partner_id and wanted.currency = a.currency
    where a.tenant_id = current_tenant_id()
    order by a.partner_id, a.currency, a.kind
      for update of a;
  get diagnostics locked = row_count;
  return locked;
end $$;
comment on function ledger_lock_accounts is 'Locks the accounts of partners in currencies, pairwise, in key order, and says how many there are. Runs as the owner, since a row lock needs a right to update; it sees the caller''s tenant alone.';
revoke all on function ledger_lock_accounts(uuid[], text[]) from public;
grant execute on function ledger_lock_accounts(uuid[], text[]) to tributary_server;
