-- Why: a password that leaks must not be enough: people show a second factor, and the operator says who has to.

-- Up Migration
set local lock_timeout = '5s';

create table totp_factors (
  tenant_id uuid not null,
  user_id uuid not null,
  secret_sealed bytea not null,
  last_step bigint not null default 0,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
select isolate('totp_factors', 'select, insert, update, delete');
comment on table totp_factors is 'An authenticator app (RFC 6238), one for a person; it counts once a code has confirmed it.';
comment on column totp_factors.secret_sealed is 'Sealed with AES-256-GCM and bound to its row: codes are worked out from it.';
comment on column totp_factors.last_step is 'The latest time step of which a code was taken: no code is taken twice.';

create table passkeys (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports jsonb not null,
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, credential_id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint passkeys_name_length_check check (char_length(name) between 1 and 100)
);
create index passkeys_user_index on passkeys (tenant_id, user_id, created_at);
select isolate('passkeys', 'select, insert, update, delete');
comment on table passkeys is 'WebAuthn credentials: the public half of a key that lies in its owner''s device.';
comment on column passkeys.credential_id is 'As the device names it, base64url.';
comment on column passkeys.counter is 'How often the device says it has signed; one that goes back is a copy.';
comment on column passkeys.transports is 'How browsers reach it.';
comment on column passkeys.name is 'As its owner calls it.';

create table recovery_codes (
  tenant_id uuid not null,
  code_hash bytea not null,
  user_id uuid not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, code_hash),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index recovery_codes_user_index on recovery_codes (tenant_id, user_id);
select isolate('recovery_codes', 'select, insert, update, delete');
comment on table recovery_codes is 'Codes for whoever has lost a second factor, each good once. Only a peppered hash is kept.';

create table factor_challenges (
  tenant_id uuid not null,
  token_hash bytea not null,
  purpose text not null,
  user_id uuid,
  challenge text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint factor_challenges_purpose_check check (purpose in ('second_factor', 'passkey_sign_in', 'passkey_enrolment')),
  constraint factor_challenges_user_check check ((user_id is null) = (purpose = 'passkey_sign_in'))
);
create index factor_challenges_expiry_index on factor_challenges (tenant_id, expires_at);
select isolate('factor_challenges', 'select, insert, update, delete');
comment on table factor_challenges is 'Sign-ins that wait for their second factor, and enrolments of passkeys: each is answered once, in minutes. It opens nothing by itself.';
comment on column factor_challenges.challenge is 'What a passkey signs.';

create table sign_in_settings (
  tenant_id uuid not null references tenants (id),
  required_roles jsonb not null,
  grace_days integer not null,
  required_since timestamptz not null,
  primary key (tenant_id),
  constraint sign_in_settings_grace_days_check check (grace_days between 0 and 90)
);
select isolate('sign_in_settings', 'select, insert, update');
comment on table sign_in_settings is 'Who must have a second factor, and how long whoever has none may still do without.';
comment on column sign_in_settings.required_roles is 'A list of roles.';
comment on column sign_in_settings.required_since is 'When the settings were last changed: the grace runs from here, or from when somebody was added.';

alter table sessions add column proven_at timestamptz;
update sessions set proven_at = created_at;
alter table sessions alter column proven_at set not null;
comment on column sessions.proven_at is 'When its person last showed who they are: at sign-in, or by their password since.';

drop function find_session(uuid, uuid);
create function find_session(requested_tenant_id uuid, requested_id uuid) returns table (
    user_id uuid, role text, user_status text, expires_at timestamptz, revoked_at timestamptz, partner_id uuid, partner_tier text,
    proven_at timestamptz, factor_due_at timestamptz)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select u.id, u.role, u.status, s.expires_at, s.revoked_at, p.id, p.tier, s.proven_at,
           case when i.required_roles ? u.role
                 and not exists (select from totp_factors t where (t.tenant_id, t.user_id) = (u.tenant_id, u.id) and t.confirmed_at is not null)
                 and not exists (select from passkeys k where (k.tenant_id, k.user_id) = (u.tenant_id, u.id))
                then greatest(i.required_since, u.created_at) + make_interval(days => i.grace_days) end
      from sessions s
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners p on (p.tenant_id, p.user_id) = (u.tenant_id, u.id)
      left join sign_in_settings i on i.tenant_id = s.tenant_id
     where (s.tenant_id, s.id) = (requested_tenant_id, requested_id)
  $$;
comment on function find_session is 'One read for each request of a person: a revoked session, a disabled user, a changed role and a factor that is due count at once.';
revoke execute on function find_session from public;
grant execute on function find_session to tributary_server;

-- Down Migration
drop function find_session(uuid, uuid);
create function find_session(requested_tenant_id uuid, requested_id uuid) returns table (
    user_id uuid, role text, user_status text, expires_at timestamptz, revoked_at timestamptz, partner_id uuid, partner_tier text)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select u.id, u.role, u.status, s.expires_at, s.revoked_at, p.id, p.tier
      from sessions s
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners p on (p.tenant_id, p.user_id) = (u.tenant_id, u.id)
     where (s.tenant_id, s.id) = (requested_tenant_id, requested_id)
  $$;
comment on function find_session is 'One read for each request of a person: a revoked session, a disabled user and a changed role count at once.';
revoke execute on function find_session from public;
grant execute on function find_session to tributary_server;
alter table sessions drop column proven_at;
drop table sign_in_settings, factor_challenges, recovery_codes, passkeys, totp_factors;
