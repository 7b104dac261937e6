-- Why: partners are granted a budget for marketing by period; they claim what they have spent, with proof, and what is approved is paid as earnings.

-- Up Migration
set local lock_timeout = '5s';

create table partner_budgets (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  period_start date not null,
  period_end date not null,
  currency text not null,
  granted bigint not null,
  waiting bigint not null,
  used bigint not null,
  opened_at timestamptz not null,
  expired_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, partner_id, period_start, period_end, currency),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_budgets_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint partner_budgets_period_check check (period_end >= period_start),
  constraint partner_budgets_sum_check check (waiting >= 0 and used >= 0 and waiting + used <= granted)
);
create index partner_budgets_period_index on partner_budgets (tenant_id, period_end, id);
create index partner_budgets_open_index on partner_budgets (tenant_id, period_end, id) where expired_at is null;
comment on table partner_budgets is 'What a partner may spend on marketing in a period at the operator''s cost, and what has become of it. Minor units.';
comment on column partner_budgets.period_end is 'The last day, included: nothing is claimed after it.';
comment on column partner_budgets.granted is 'Sum of its grants.';
comment on column partner_budgets.waiting is 'Claimed and not decided on.';
comment on column partner_budgets.used is 'Approved of claims. With what waits it is never more than what was granted.';
comment on column partner_budgets.expired_at is 'When its end was told; claims that wait are decided all the same.';
select isolate('partner_budgets', 'select, insert');
grant update (granted, waiting, used, expired_at) on partner_budgets to tributary_server;

create table partner_budget_grants (
  tenant_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  source text not null,
  amount bigint not null,
  reason text,
  granted_by text not null,
  granted_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, budget_id) references partner_budgets (tenant_id, id),
  constraint partner_budget_grants_source_check check (source in ('terms', 'operator')),
  constraint partner_budget_grants_amount_check check (amount > 0),
  constraint partner_budget_grants_reason_check check ((source = 'operator') = (reason is not null))
);
create index partner_budget_grants_budget_index on partner_budget_grants (tenant_id, budget_id, granted_at, id);
create unique index partner_budget_grants_terms_index on partner_budget_grants (tenant_id, budget_id) where source = 'terms';
comment on table partner_budget_grants is 'What a budget was granted by: the partner''s terms, once, or somebody of the team. Append-only.';
select isolate('partner_budget_grants', 'select, insert');

create table partner_budget_claims (
  tenant_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  partner_id uuid not null,
  amount bigint not null,
  spent_on date not null,
  description text not null,
  status text not null,
  granted bigint,
  reason text,
  first_approved_by uuid,
  first_amount bigint,
  commission_id uuid,
  submitted_at timestamptz not null,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, budget_id) references partner_budgets (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, commission_id) references commissions (tenant_id, id),
  constraint partner_budget_claims_amount_check check (amount > 0),
  constraint partner_budget_claims_status_check check (status in ('submitted', 'escalated', 'approved', 'rejected')),
  constraint partner_budget_claims_granted_check check ((status = 'approved') = (granted is not null) and granted between 1 and amount),
  constraint partner_budget_claims_commission_check check ((status = 'approved') = (commission_id is not null)),
  constraint partner_budget_claims_first_check check ((first_approved_by is null) = (first_amount is null)),
  constraint partner_budget_claims_decided_check check ((status in ('approved', 'rejected')) = (decided_at is not null))
);
create index partner_budget_claims_partner_index on partner_budget_claims (tenant_id, partner_id, submitted_at, id);
create index partner_budget_claims_status_index on partner_budget_claims (tenant_id, status, submitted_at, id);
create index partner_budget_claims_submitted_index on partner_budget_claims (tenant_id, submitted_at, id);
create index partner_budget_claims_budget_index on partner_budget_claims (tenant_id, budget_id);
comment on table partner_budget_claims is 'What a partner has spent of a budget, and what of it was approved.';
comment on column partner_budget_claims.status is 'submitted; escalated: one person approved it, and a second has to; approved; rejected.';
comment on column partner_budget_claims.granted is 'What was approved of the amount.';
comment on column partner_budget_claims.reason is 'Why it was rejected, or approved in part.';
comment on column partner_budget_claims.commission_id is 'The row of earnings that pays it.';
select isolate('partner_budget_claims', 'select, insert');
grant update (status, granted, reason, first_approved_by, first_amount, commission_id, decided_at) on partner_budget_claims to tributary_server;

create table partner_budget_claim_files (
  tenant_id uuid not null,
  claim_id uuid not null,
  file_id uuid not null,
  primary key (tenant_id, file_id),
  foreign key (tenant_id, claim_id) references partner_budget_claims (tenant_id, id),
  foreign key (tenant_id, file_id) references files (tenant_id, id)
);
create index partner_budget_claim_files_claim_index on partner_budget_claim_files (tenant_id, claim_id);
comment on table partner_budget_claim_files is 'Proof of what was spent; who sees the claim may read it.';
select isolate('partner_budget_claim_files', 'select, insert');

create trigger partner_budget_grants_append_only before update or delete on partner_budget_grants
  for each row execute function refuse_change();
create trigger partner_budgets_never_deleted before delete on partner_budgets
  for each row execute function refuse_change();
create trigger partner_budget_claims_never_deleted before delete on partner_budget_claims
  for each row execute function refuse_change();

-- Down Migration
drop table partner_budget_claim_files, partner_budget_claims, partner_budget_grants, partner_budgets;
