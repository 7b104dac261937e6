-- Why: cards of a twin are the test issuer's, which answers inside the server, and no others; and no live card is.

-- Up Migration
set local lock_timeout = '5s';

create function refuse_issuer_of_other_mode() returns trigger
  language plpgsql
  set search_path = tributary, pg_temp
  as $$
begin
  if (new.base_url = 'https://issuer.test') <> (select t.mode = 'test' from tenants t where t.id = new.tenant_id) then
    raise exception 'cards of a twin are the test issuer''s, and no others' using errcode = 'check_violation', constraint = 'card_programs_mode';
  end if;
  return new;
end $$;
comment on function refuse_issuer_of_other_mode() is 'A twin has its cards of the test issuer alone, and nobody else of it.';
create trigger card_programs_mode before insert or update of base_url on card_programs for each row execute function refuse_issuer_of_other_mode();

-- Down Migration
set local lock_timeout = '5s';

drop trigger card_programs_mode on card_programs;
drop function refuse_issuer_of_other_mode();
