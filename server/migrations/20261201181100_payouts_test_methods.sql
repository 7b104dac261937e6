-- Why: what a twin pays, nobody is paid. Its payout methods are of a kind of their own, and of no other.

-- Up Migration
set local lock_timeout = '5s';

alter table payout_methods
  drop constraint payout_methods_kind_check,
  add constraint payout_methods_kind_check check (kind in ('stripe_connect', 'bank_file', 'test'));

create function refuse_method_of_other_mode() returns trigger
  language plpgsql
  set search_path = tributary, pg_temp
  as $$
begin
  if (new.kind = 'test') <> (select t.mode = 'test' from tenants t where t.id = new.tenant_id) then
    raise exception 'a twin is paid by the test provider, and nobody else is' using errcode = 'check_violation', constraint = 'payout_methods_mode';
  end if;
  return new;
end $$;
comment on function refuse_method_of_other_mode() is 'A twin is paid by the test provider alone, and nobody else by it.';
create trigger payout_methods_mode before insert or update of kind on payout_methods for each row execute function refuse_method_of_other_mode();

-- Down Migration
set local lock_timeout = '5s';

drop trigger payout_methods_mode on payout_methods;
drop function refuse_method_of_other_mode();
-- Payouts are never deleted, so what a twin was paid keeps its method: a check that came back would refuse it.
alter table payout_methods
  drop constraint payout_methods_kind_check,
  add constraint payout_methods_kind_check check (kind in ('stripe_connect', 'bank_file')) not valid;
