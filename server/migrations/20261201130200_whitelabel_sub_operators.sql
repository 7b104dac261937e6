-- Why: the sub-operators of a tenant, what was agreed with each, and the parent's share of each of their sales.

-- Up Migration
set local lock_timeout = '5s';

create table sub_operators (
  tenant_id uuid not null references tenants (id),
  id uuid not null references tenants (id),
  partner_id uuid not null,
  name text not null,
  host text not null,
  limits jsonb not null,
  status text not null,
  status_reason text,
  admin_email text,
  admin_name text,
  created_at timestamptz not null,
  opened_at timestamptz,
  removed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint sub_operators_status_check check (status in ('opening', 'active', 'suspended', 'removed')),
  constraint sub_operators_admin_check check (status = 'opening' or (admin_email is null and admin_name is null)),
  constraint sub_operators_removed_check check ((status = 'removed') = (removed_at is not null))
);
create unique index sub_operators_partner_index on sub_operators (tenant_id, partner_id) where status <> 'removed';
create index sub_operators_created_index on sub_operators (tenant_id, created_at, id);
select isolate('sub_operators', 'select, insert, update (limits, status, status_reason, admin_email, admin_name, opened_at, removed_at)');
create trigger sub_operators_never_deleted before delete on sub_operators
  for each row execute function refuse_change();
comment on table sub_operators is 'Partners that run a programme of their own, each in a tenant under this one.';
comment on column sub_operators.id is 'Its tenant.';
comment on column sub_operators.partner_id is 'The partner of this tenant that it is: fees and shares are owed by it.';
comment on column sub_operators.admin_email is 'Who is to be invited as its first admin; forgotten once that is done.';
comment on column sub_operators.status is '`opening` until its programme and its first admin are made.';

create table sub_operator_contracts (
  tenant_id uuid not null,
  sub_operator_id uuid not null,
  number integer not null,
  mode text not null,
  parent_share_ppm integer not null,
  effective_from timestamptz not null,
  reason text not null,
  agreed_by text not null,
  created_at timestamptz not null,
  primary key (tenant_id, sub_operator_id, number),
  foreign key (tenant_id, sub_operator_id) references sub_operators (tenant_id, id),
  constraint sub_operator_contracts_mode_check check (mode in ('share', 'licence')),
  constraint sub_operator_contracts_share_check check (parent_share_ppm between 0 and 1000000 and (mode = 'share' or parent_share_ppm = 0)),
  constraint sub_operator_contracts_date_check check (effective_from >= created_at)
);
select isolate('sub_operator_contracts', 'select, insert');
create trigger sub_operator_contracts_append_only before update or delete on sub_operator_contracts
  for each row execute function refuse_change();
comment on table sub_operator_contracts is 'What a sub-operator owes of its sales, from when on: of those that have begun, the highest number counts.';
comment on column sub_operator_contracts.parent_share_ppm is 'What this tenant has of each sale, in parts per million; 0 in mode `licence`.';

create table sub_operator_shares (
  tenant_id uuid not null,
  sub_operator_id uuid not null,
  transaction_id uuid not null,
  root_id uuid not null,
  contract_number integer,
  kind text not null,
  currency text not null,
  base bigint not null,
  amount bigint not null,
  occurred_at timestamptz not null,
  booked_at timestamptz not null,
  primary key (tenant_id, sub_operator_id, transaction_id),
  foreign key (tenant_id, sub_operator_id) references sub_operators (tenant_id, id),
  foreign key (tenant_id, sub_operator_id, root_id) references sub_operator_shares (tenant_id, sub_operator_id, transaction_id),
  foreign key (tenant_id, sub_operator_id, contract_number) references sub_operator_contracts (tenant_id, sub_operator_id, number),
  constraint sub_operator_shares_kind_check check (kind in ('payment', 'card', 'refund', 'chargeback', 'chargeback_won')),
  constraint sub_operator_shares_currency_check check (currency ~ '^[A-Z]{3}$')
);
create index sub_operator_shares_root_index on sub_operator_shares (tenant_id, sub_operator_id, root_id);
create index sub_operator_shares_booked_index on sub_operator_shares (tenant_id, sub_operator_id, booked_at, transaction_id);
select isolate('sub_operator_shares', 'select, insert');
create trigger sub_operator_shares_append_only before update or delete on sub_operator_shares
  for each row execute function refuse_change();
comment on table sub_operator_shares is 'Each transaction of a sub-operator, once, with what it changed of this tenant''s share; its transaction is in the books under the same id.';
comment on column sub_operator_shares.root_id is 'The sale; what reverses it has a row of its own.';
comment on column sub_operator_shares.contract_number is 'By which contract; null where the sale is from before the first.';
comment on column sub_operator_shares.base is 'Revenue without tax that came, or that a reversal took; minor units.';
comment on column sub_operator_shares.amount is 'What of the base is this tenant''s; the rest is the sub-operator''s.';

create table sub_operator_settlements (
  tenant_id uuid not null,
  id uuid not null,
  sub_operator_id uuid not null,
  kind text not null,
  currency text not null,
  amount bigint not null,
  reference text not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, sub_operator_id, reference),
  foreign key (tenant_id, sub_operator_id) references sub_operators (tenant_id, id),
  constraint sub_operator_settlements_kind_check check (kind in ('payment', 'repayment')),
  constraint sub_operator_settlements_amount_check check (amount > 0),
  constraint sub_operator_settlements_currency_check check (currency ~ '^[A-Z]{3}$')
);
select isolate('sub_operator_settlements', 'select, insert');
create trigger sub_operator_settlements_append_only before update or delete on sub_operator_settlements
  for each row execute function refuse_change();
comment on table sub_operator_settlements is 'Shares that a sub-operator has paid, and those that it was paid back.';

-- Down Migration
set local lock_timeout = '5s';

drop table sub_operator_settlements, sub_operator_shares, sub_operator_contracts, sub_operators;
