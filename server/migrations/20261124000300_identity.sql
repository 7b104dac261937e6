-- Why: people and programs that call us. `users` also holds the host's customers: they have an external id, no password, and cannot sign in.

-- Up Migration
set local lock_timeout = '5s';

create table users (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  role text not null,
  email text,
  external_id text,
  name text,
  password_hash text,
  email_verified_at timestamptz,
  status text not null default 'active',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  constraint users_role_check check (role in ('admin', 'finance', 'support', 'partner', 'customer')),
  constraint users_status_check check (status in ('active', 'disabled')),
  constraint users_email_lower_check check (email = lower(email)),
  constraint users_customer_has_external_id_check check (role <> 'customer' or external_id is not null),
  constraint users_customer_cannot_sign_in_check check (role <> 'customer' or password_hash is null),
  constraint users_person_has_email_check check (role = 'customer' or email is not null)
);
create unique index users_email_unique on users (tenant_id, email) where role <> 'customer';
create unique index users_external_id_unique on users (tenant_id, external_id);
create index users_customer_email_index on users (tenant_id, email) where role = 'customer';
select isolate('users', 'select, insert, update');

create table sessions (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  user_agent text,
  ip_truncated text,
  visitor_id uuid,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index sessions_user_index on sessions (tenant_id, user_id, created_at);
create index sessions_visitor_index on sessions (tenant_id, visitor_id) where visitor_id is not null;
select isolate('sessions', 'select, insert, update');
comment on table sessions is 'One sign-in on one device: a family of refresh tokens. The reuse of a spent token revokes the family.';
comment on column sessions.visitor_id is 'Whom the tracking cookie of the same browser names: no partner earns on its own browser.';

create table refresh_tokens (
  tenant_id uuid not null,
  token_hash bytea not null,
  session_id uuid not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id)
);
create index refresh_tokens_session_index on refresh_tokens (tenant_id, session_id);
select isolate('refresh_tokens', 'select, insert, update, delete');

create table user_tokens (
  tenant_id uuid not null,
  token_hash bytea not null,
  user_id uuid,
  purpose text not null,
  email text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  constraint user_tokens_purpose_check check (purpose in ('verify_email', 'reset_password', 'accept_invitation', 'set_up'))
);
create index user_tokens_user_index on user_tokens (tenant_id, user_id);
select isolate('user_tokens', 'select, insert, update, delete');
comment on table user_tokens is 'One-time links sent by mail or printed at set-up. Only a hash is kept.';

create table partner_api_keys (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid,
  key_name text not null,
  api_key text not null unique,
  api_secret_hash text not null,
  permissions jsonb not null default '[]',
  ip_allow_list jsonb not null default '[]',
  created_by uuid,
  last_used_at timestamptz,
  expires_at timestamptz,
  status text not null default 'active',
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants (id),
  constraint partner_api_keys_status_check check (status in ('active', 'revoked', 'expired')),
  constraint partner_api_keys_name_length_check check (char_length(key_name) between 1 and 100)
);
create index partner_api_keys_partner_index on partner_api_keys (tenant_id, partner_id, created_at);
select isolate('partner_api_keys', 'select, insert, update');
comment on table partner_api_keys is 'Keys of partners, and of the operator (no partner). The id is public; of the secret only a peppered hash is kept.';

comment on table users is 'People who sign in (team and partners), and the operator''s customers, who have an external id and cannot.';
comment on column users.external_id is 'The operator''s own name for a customer.';
comment on column users.password_hash is 'argon2id; null for customers and until a link has set one.';
comment on table refresh_tokens is 'Each token of a session, as a hash. One that comes a second time ends the session.';
comment on column partner_api_keys.partner_id is 'Null: a key of the operator.';
comment on column partner_api_keys.api_key is 'The public id: the user name of basic authentication.';
comment on column partner_api_keys.api_secret_hash is 'A peppered HMAC of 256 random bits that were shown once.';
comment on column partner_api_keys.permissions is 'Scopes.';
comment on column user_tokens.user_id is 'Null for the set-up link, which makes the first user.';

-- Down Migration
drop table partner_api_keys, user_tokens, refresh_tokens, sessions, users;
