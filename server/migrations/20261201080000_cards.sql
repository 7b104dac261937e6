-- Why: white-label partners issue cards to the users that they bring: programmes at the issuer, products, cards, and what is spent with them.

-- Up Migration
set local lock_timeout = '5s';

create table card_programs (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  partner_id uuid,
  name text not null,
  base_url text not null,
  currency text not null,
  secrets_sealed bytea not null,
  status text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint card_programs_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint card_programs_status_check check (status in ('connecting', 'active', 'disabled', 'refused'))
);
create index card_programs_created_index on card_programs (tenant_id, created_at, id);
comment on table card_programs is 'Programmes at the card issuer: where cards are made, and by which credentials.';
comment on column card_programs.partner_id is 'The one partner whose programme it is (dedicated); null: any partner may have products in it (shared).';
comment on column card_programs.secrets_sealed is 'Our tokens there, and the password and signing secret with which the issuer calls us.';
select isolate('card_programs', 'select, insert, update');

create table card_products (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  partner_id uuid not null,
  name text not null,
  status text not null,
  per_authorization bigint,
  daily bigint,
  monthly bigint,
  revenue_ppm bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, program_id) references card_programs (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint card_products_status_check check (status in ('requested', 'active', 'refused', 'closed')),
  constraint card_products_limits_check check (per_authorization > 0 and daily > 0 and monthly > 0),
  constraint card_products_revenue_check check (revenue_ppm between 0 and 1000000)
);
create index card_products_partner_index on card_products (tenant_id, partner_id, created_at, id);
create index card_products_created_index on card_products (tenant_id, created_at, id);
comment on table card_products is 'What a partner''s cards are like. Its id is its token at the issuer.';
comment on column card_products.per_authorization is 'The most that one purchase may take, in minor units of the programme''s currency; null: no limit.';
comment on column card_products.daily is 'The most that a card may take in a day of UTC.';
comment on column card_products.monthly is 'The most that a card may take in a month of UTC.';
comment on column card_products.revenue_ppm is 'The operator''s own revenue from what is spent, in parts per million: the revenue of card events.';
select isolate('card_products', 'select, insert, update');

create table partner_users (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  user_id uuid not null,
  external_id text not null,
  referral_id uuid not null,
  status text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, partner_id, external_id),
  unique (tenant_id, user_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id),
  foreign key (tenant_id, referral_id) references referrals (tenant_id, id),
  constraint partner_users_status_check check (status in ('active', 'suspended', 'closed'))
);
create index partner_users_partner_index on partner_users (tenant_id, partner_id, created_at, id);
comment on table partner_users is 'Customers that a partner made through its API. The id is the token of the cardholder at the issuer.';
comment on column partner_users.user_id is 'The customer.';
comment on column partner_users.external_id is 'The partner''s name for it.';
comment on column partner_users.referral_id is 'What tied it to the partner.';
select isolate('partner_users', 'select, insert, update');

create table cards (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  partner_user_id uuid not null,
  product_id uuid not null,
  state text not null,
  refusal text,
  last_four text,
  expires_on text,
  per_authorization bigint,
  daily bigint,
  monthly bigint,
  told_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, partner_user_id) references partner_users (tenant_id, id),
  foreign key (tenant_id, product_id) references card_products (tenant_id, id),
  constraint cards_state_check check (state in ('requested', 'unactivated', 'active', 'suspended', 'terminated', 'refused')),
  constraint cards_last_four_check check (last_four ~ '^\d{4}$'),
  constraint cards_expires_on_check check (expires_on ~ '^\d{4}-\d{2}$'),
  constraint cards_limits_check check (per_authorization > 0 and daily > 0 and monthly > 0)
);
create index cards_partner_index on cards (tenant_id, partner_id, created_at, id);
create index cards_user_index on cards (tenant_id, partner_user_id);
create index cards_created_index on cards (tenant_id, created_at, id);
comment on table cards is 'Cards. The id is the token at the issuer, and no number of a card is ever here: its last four digits alone.';
comment on column cards.refusal is 'Why the issuer did not make it.';
comment on column cards.expires_on is 'The month in which it expires, YYYY-MM.';
comment on column cards.per_authorization is 'As of the product, narrower; null: the product''s.';
comment on column cards.told_at is 'The issuer''s time of the last change of state that it told: an older one that comes later changes nothing.';
select isolate('cards', 'select, insert, update');

create table card_requests (
  tenant_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  kind text not null,
  chain_id uuid not null,
  target_id uuid not null,
  number bigint generated always as identity,
  body_sealed bytea,
  status text not null,
  attempts integer not null default 0,
  error_code text,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, program_id, id),
  foreign key (tenant_id, program_id) references card_programs (tenant_id, id),
  constraint card_requests_kind_check check (kind in ('gateway', 'webhook', 'product', 'user', 'card', 'card_transition', 'user_transition')),
  constraint card_requests_status_check check (status in ('open', 'confirmed', 'refused')),
  constraint card_requests_settled_check check ((status = 'open') = (settled_at is null)),
  constraint card_requests_body_check check (status <> 'open' or body_sealed is not null)
);
create index card_requests_open_index on card_requests (tenant_id, chain_id, number) where status = 'open';
comment on table card_requests is 'What the issuer is asked for. Token and bytes are committed before they are sent, and the same go out each time: it is made once.';
comment on column card_requests.id is 'Its token at the issuer, which makes one thing of each token.';
comment on column card_requests.chain_id is 'Requests of one chain (a user, or a programme) go out one after the other, by number.';
comment on column card_requests.target_id is 'The product, user, card or programme that it is about.';
comment on column card_requests.body_sealed is 'The bytes; forgotten when it is settled: they may hold what the issuer must know of a person.';
comment on column card_requests.error_code is 'What the issuer last answered, where that was no yes.';
select isolate('card_requests', 'select, insert, update');

create table card_authorizations (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  token text not null,
  transaction_token text not null,
  card_id uuid not null,
  method text not null,
  amount bigint not null,
  currency text not null,
  decision text not null,
  reason text,
  merchant text,
  mcc text,
  decided_at timestamptz not null,
  counts bigint not null,
  counts_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, program_id, token),
  foreign key (tenant_id, program_id) references card_programs (tenant_id, id),
  foreign key (tenant_id, card_id) references cards (tenant_id, id),
  constraint card_authorizations_decision_check check (decision in ('approved', 'declined', 'released')),
  constraint card_authorizations_reason_check check ((decision = 'declined') = (reason is not null)),
  constraint card_authorizations_counts_check check (
    (decision = 'approved' and counts = amount) or (decision = 'declined' and counts = 0) or (decision = 'released' and counts <= 0))
);
create index card_authorizations_card_index on card_authorizations (tenant_id, card_id, decided_at, id);
create index card_authorizations_counts_index on card_authorizations (tenant_id, card_id, counts_at) include (counts) where counts <> 0;
create index card_authorizations_transaction_index on card_authorizations (tenant_id, program_id, transaction_token);
comment on table card_authorizations is 'What was asked of cards and what was answered; what was released again. Append-only.';
comment on column card_authorizations.token is 'The issuer''s name for the question: asked twice it is answered as it was first.';
comment on column card_authorizations.transaction_token is 'The issuer''s name for the transaction.';
comment on column card_authorizations.counts is 'What counts against the limits of the card, in minor units; negative where it is released.';
comment on column card_authorizations.counts_at is 'The instant in whose day and month it counts: of a release, that of what it releases.';
select isolate('card_authorizations', 'select, insert');
create trigger card_authorizations_append_only before update or delete on card_authorizations
  for each row execute function refuse_change();

create table card_spends (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  token text not null,
  card_id uuid not null,
  partner_id uuid not null,
  kind text not null,
  amount bigint not null,
  currency text not null,
  preceding_token text,
  transaction_id uuid,
  refusal text,
  merchant text,
  mcc text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, program_id, token),
  foreign key (tenant_id, program_id) references card_programs (tenant_id, id),
  foreign key (tenant_id, card_id) references cards (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, transaction_id) references transactions (tenant_id, id),
  constraint card_spends_kind_check check (kind in ('card', 'refund', 'chargeback', 'chargeback_won')),
  constraint card_spends_outcome_check check ((transaction_id is null) = (refusal is not null))
);
create index card_spends_card_index on card_spends (tenant_id, card_id, occurred_at, id);
create index card_spends_partner_index on card_spends (tenant_id, partner_id, occurred_at, id);
create index card_spends_occurred_index on card_spends (tenant_id, occurred_at, id);
create index card_spends_preceding_index on card_spends (tenant_id, program_id, preceding_token) where kind = 'card';
comment on table card_spends is 'What the issuer cleared on cards, and the transaction that it became. Append-only.';
comment on column card_spends.preceding_token is 'The issuer''s name for what came before: the authorisation of a purchase, what a refund refunds.';
comment on column card_spends.refusal is 'The code of why it is no transaction: to be looked at.';
select isolate('card_spends', 'select, insert');
create trigger card_spends_append_only before update or delete on card_spends
  for each row execute function refuse_change();

-- Down Migration
drop table card_spends, card_authorizations, card_requests, cards, partner_users, card_products, card_programs;
