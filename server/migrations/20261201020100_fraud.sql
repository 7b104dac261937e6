-- Why: what looks like fraud is found before it earns and again before money leaves; a person decides, with the evidence before them.

-- Up Migration
set local lock_timeout = '5s';

create table fraud_rule_sets (
  tenant_id uuid not null references tenants (id),
  version integer not null,
  rules jsonb not null,
  reason text not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (tenant_id, version),
  constraint fraud_rule_sets_version_check check (version > 0)
);
create trigger fraud_rule_sets_append_only before update or delete on fraud_rule_sets
  for each row execute function refuse_change();
select isolate('fraud_rule_sets', 'select, insert');
comment on table fraud_rule_sets is 'Each version of a programme''s rules as a whole; the newest acts. A programme without a row has the defaults, which are version 0.';
comment on column fraud_rule_sets.rules is 'Thresholds, trusted partners, and each rule with its mode, points and limits.';
comment on column fraud_rule_sets.made_by is 'The person or key that changed them.';

create table fraud_signals (
  tenant_id uuid not null,
  kind text not null,
  value bytea not null,
  at timestamptz not null,
  subject_id uuid not null,
  partner_id uuid not null,
  primary key (tenant_id, kind, value, at, subject_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint fraud_signals_kind_check check (kind in ('mailbox', 'device', 'visitor', 'payment'))
);
create index fraud_signals_subject_index on fraud_signals (tenant_id, subject_id);
create index fraud_signals_at_index on fraud_signals using brin (at);
select isolate('fraud_signals', 'select, insert, delete');
comment on table fraud_signals is 'What tells one customer, or partner, from another, as keyed hashes: equal ones are the same mailbox, device, browser or payment account.';
comment on column fraud_signals.subject_id is 'The referral that it was seen at, or the partner itself, of its own payout account.';

create table fraud_links (
  tenant_id uuid not null,
  partner_a uuid not null,
  partner_b uuid not null,
  kind text not null,
  first_at timestamptz not null,
  primary key (tenant_id, partner_a, partner_b, kind),
  foreign key (tenant_id, partner_a) references partners (tenant_id, id),
  foreign key (tenant_id, partner_b) references partners (tenant_id, id),
  constraint fraud_links_order_check check (partner_a < partner_b)
);
create index fraud_links_other_index on fraud_links (tenant_id, partner_b);
select isolate('fraud_links', 'select, insert');
comment on table fraud_links is 'Two partners at whom the same device, browser, mailbox or payment account was seen: the edges of rings.';

create table fraud_partner_profiles (
  tenant_id uuid not null,
  partner_id uuid not null,
  clicks bigint not null,
  conversions bigint not null,
  timed bigint not null,
  quick bigint not null,
  sales bigint not null,
  refunds bigint not null,
  chargebacks bigint not null,
  days integer not null,
  daily_mean double precision not null,
  daily_deviation double precision not null,
  computed_at timestamptz not null,
  primary key (tenant_id, partner_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id)
);
select isolate('fraud_partner_profiles', 'select, insert, update');
comment on table fraud_partner_profiles is 'What is usual of a partner over the last 30 days, worked out every hour: rules compare with it without counting anew.';
comment on column fraud_partner_profiles.timed is 'Conversions that came through a click whose age is known.';
comment on column fraud_partner_profiles.quick is 'Of those, the ones within 30 seconds of the click.';
comment on column fraud_partner_profiles.days is 'Days with a conversion, of which the daily mean and deviation are.';

create table fraud_evaluations (
  tenant_id uuid not null,
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  partner_id uuid not null,
  evaluated_at timestamptz not null,
  version integer not null,
  score integer not null,
  shadow_score integer not null,
  verdict text not null,
  findings jsonb not null,
  facts jsonb not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint fraud_evaluations_kind_check check (subject_kind in ('conversion', 'sale', 'payout')),
  constraint fraud_evaluations_verdict_check check (verdict in ('pass', 'review', 'hold')),
  constraint fraud_evaluations_score_check check (score between 0 and 100 and shadow_score between score and 100)
);
create unique index fraud_evaluations_subject_unique on fraud_evaluations (tenant_id, subject_kind, subject_id) where subject_kind <> 'payout';
create index fraud_evaluations_payout_index on fraud_evaluations (tenant_id, subject_id) where subject_kind = 'payout';
create index fraud_evaluations_partner_index on fraud_evaluations (tenant_id, partner_id, evaluated_at);
create index fraud_evaluations_at_index on fraud_evaluations (tenant_id, evaluated_at, id);
select isolate('fraud_evaluations', 'select, insert');
grant update (facts, findings) on fraud_evaluations to tributary_server;
comment on table fraud_evaluations is 'What the rules said of a conversion, a sale or a payout, and the facts they said it of: a back-test judges these facts again.';
comment on column fraud_evaluations.version is 'Of the rules that were in force.';
comment on column fraud_evaluations.shadow_score is 'What the score would have been, had the rules in shadow mode acted.';
comment on column fraud_evaluations.findings is 'Each rule that found something: its mode, its points, its evidence.';
comment on column fraud_evaluations.facts is 'Empty where the person they were of has been forgotten.';

create table fraud_cases (
  tenant_id uuid not null,
  id uuid not null,
  evaluation_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  partner_id uuid not null,
  status text not null default 'open',
  score integer not null,
  is_held boolean not null,
  takes_back_approved boolean not null default false,
  assigned_to uuid,
  opened_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  reason text,
  appeal_until timestamptz,
  appealed_at timestamptz,
  appeal text,
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, evaluation_id) references fraud_evaluations (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, assigned_to) references users (tenant_id, id),
  constraint fraud_cases_kind_check check (subject_kind in ('referral', 'payout')),
  constraint fraud_cases_status_check check (status in ('open', 'refused', 'appealed', 'cleared', 'final')),
  constraint fraud_cases_decided_check check (status in ('open') or decided_at is not null),
  constraint fraud_cases_refused_check check (status not in ('refused', 'appealed') or appeal_until is not null),
  constraint fraud_cases_appealed_check check (status <> 'appealed' or appealed_at is not null),
  constraint fraud_cases_settled_check check ((status in ('cleared', 'final')) = (settled_at is not null))
);
create unique index fraud_cases_one_unsettled_unique on fraud_cases (tenant_id, subject_id) where settled_at is null;
create index fraud_cases_subject_index on fraud_cases (tenant_id, subject_id, opened_at);
create unique index fraud_cases_evaluation_unique on fraud_cases (tenant_id, evaluation_id);
create index fraud_cases_opened_index on fraud_cases (tenant_id, opened_at, id);
create index fraud_cases_score_index on fraud_cases (tenant_id, (score::bigint), id);
create index fraud_cases_partner_index on fraud_cases (tenant_id, partner_id, opened_at, id);
create index fraud_cases_due_index on fraud_cases (tenant_id, appeal_until) where status = 'refused';
select isolate('fraud_cases', 'select, insert, update');
comment on table fraud_cases is 'What a person is to decide: a referral or a payout that the rules point at.';
comment on column fraud_cases.subject_id is 'The referral, or the payout.';
comment on column fraud_cases.status is 'open: to be decided; refused: decided against the partner, who may appeal; appealed: to be decided again; cleared, final: settled.';
comment on column fraud_cases.is_held is 'Whether what it is about waits until the case is settled.';
comment on column fraud_cases.takes_back_approved is 'Whether a refusal, once final, takes back what is approved or paid too.';
comment on column fraud_cases.decided_by is 'The person or key that decided last.';
comment on column fraud_cases.reason is 'Why, as the partner reads it.';
comment on column fraud_cases.appeal_until is 'Until then the partner may appeal; then the refusal is final.';
comment on column fraud_cases.appeal is 'What the partner said against the refusal.';

-- Down Migration
drop table fraud_cases, fraud_evaluations, fraud_partner_profiles, fraud_links, fraud_signals, fraud_rule_sets;
