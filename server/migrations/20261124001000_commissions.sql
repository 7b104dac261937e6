-- Why: what partners earned, why it is that number, and what is disputed about it.

-- Up Migration
set local lock_timeout = '5s';

create table commissions (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  referral_id uuid,
  transaction_id uuid,
  event_id uuid not null,
  rule text not null,
  act text not null default '',
  commission_type text not null,
  amount bigint not null,
  currency text not null,
  rate_ppm bigint,
  status text not null default 'pending',
  reverses_id uuid,
  occurred_at timestamptz not null,
  hold_until timestamptz not null,
  period_start date,
  period_end date,
  calculated_at timestamptz not null,
  approved_at timestamptz,
  paid_at timestamptz,
  closed_by text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, referral_id) references referrals (tenant_id, id),
  foreign key (tenant_id, transaction_id) references transactions (tenant_id, id),
  foreign key (tenant_id, reverses_id) references commissions (tenant_id, id),
  constraint commissions_type_check check (commission_type in ('signup', 'recurring', 'transaction', 'bonus')),
  constraint commissions_status_check check (status in ('pending', 'approved', 'paid', 'disputed', 'cancelled')),
  constraint commissions_closed_check check (closed_by is null or (closed_by in ('event', 'person') and reverses_id is null)),
  constraint commissions_amount_not_zero_check check (amount <> 0),
  constraint commissions_currency_check check (currency ~ '^[A-Z]{3}$')
);
comment on table commissions is 'One row per (event, rule, beneficiary, act): the id is derived from the tenant and these four, so the primary key is the guard. Amounts are never edited; a reversal is a row of its own.';
create index commissions_partner_index on commissions (tenant_id, partner_id, occurred_at, id);
create index commissions_occurred_index on commissions (tenant_id, occurred_at, id);
create index commissions_due_index on commissions (tenant_id, hold_until) where status = 'pending' and reverses_id is null;
create index commissions_hold_index on commissions (tenant_id, partner_id, currency, hold_until, id) where status = 'pending' and reverses_id is null;
create index commissions_payable_index on commissions (tenant_id, partner_id, currency, approved_at, id) where status = 'approved';
create index commissions_disputed_index on commissions (tenant_id, occurred_at, id) where status = 'disputed';
create index commissions_transaction_index on commissions (tenant_id, transaction_id);
create index commissions_referral_index on commissions (tenant_id, referral_id);
create index commissions_reverses_index on commissions (tenant_id, reverses_id) where reverses_id is not null;
select isolate('commissions', 'select, insert, update');

create function refuse_commission_amount_change() returns trigger
  language plpgsql
  as $$
begin
  if (old.tenant_id, old.id, old.partner_id, old.event_id, old.rule, old.act, old.commission_type, old.amount, old.currency, old.reverses_id)
     is distinct from
     (new.tenant_id, new.id, new.partner_id, new.event_id, new.rule, new.act, new.commission_type, new.amount, new.currency, new.reverses_id)
  then
    raise exception 'the amount of a commission is never edited' using errcode = 'restrict_violation';
  end if;
  if old.status = 'cancelled' and new.status <> 'cancelled' then
    raise exception 'a cancelled commission stays cancelled' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger commissions_never_edited before update on commissions
  for each row execute function refuse_commission_amount_change();
create trigger commissions_never_deleted before delete on commissions
  for each row execute function refuse_change();

create table commission_disputes (
  tenant_id uuid not null,
  id uuid not null,
  commission_id uuid not null,
  partner_id uuid not null,
  reason text not null,
  status text not null default 'open',
  status_before text not null,
  amount_moved bigint not null,
  amount_held bigint not null,
  opened_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid,
  resolution text,
  primary key (tenant_id, id),
  foreign key (tenant_id, commission_id) references commissions (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint commission_disputes_status_check check (status in ('open', 'upheld', 'cancelled')),
  constraint commission_disputes_status_before_check check (status_before in ('pending', 'approved')),
  constraint commission_disputes_amount_check check (amount_moved >= 0 and amount_held >= 0),
  constraint commission_disputes_settled_check check (status = 'open' or amount_held = 0)
);
comment on column commission_disputes.amount_held is 'What the dispute holds now: what it moved, less what reversals have taken of that, plus what a won chargeback brought back; zero once it is settled.';
create unique index commission_disputes_one_open_index on commission_disputes (tenant_id, commission_id) where status = 'open';
create index commission_disputes_commission_index on commission_disputes (tenant_id, commission_id, opened_at);
create index commission_disputes_partner_index on commission_disputes (tenant_id, partner_id, opened_at, id);
create index commission_disputes_opened_index on commission_disputes (tenant_id, opened_at, id);
select isolate('commission_disputes', 'select, insert, update');

create table partner_standings (
  tenant_id uuid not null,
  partner_id uuid not null,
  approved_at timestamptz,
  terminated_at timestamptz,
  suspended_by bigint,
  clients integer not null default 0,
  retroactive_terms jsonb not null default '[]',
  primary key (tenant_id, partner_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_standings_clients_check check (clients >= 0)
);
select isolate('partner_standings', 'select, insert, update');
comment on table partner_standings is 'Where each partner stands in its recorded sequence, as the engine left it; a replay of the events gives the same. Written under the lock of the sequence.';

create table referral_standings (
  tenant_id uuid not null,
  referral_id uuid not null,
  partner_id uuid not null,
  converted_at timestamptz not null,
  conversion_number bigint not null,
  terms_id uuid not null,
  is_verification_open boolean not null,
  is_held boolean not null,
  is_rejected boolean not null,
  payment_id uuid,
  payment_at timestamptz,
  is_settled boolean not null default false,
  signup_id uuid,
  lost_payment_id uuid,
  is_signup_taken boolean not null default false,
  primary key (tenant_id, referral_id),
  foreign key (tenant_id, referral_id) references referrals (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint referral_standings_payment_check check ((payment_id is null) = (payment_at is null)),
  constraint referral_standings_signup_check check (is_settled or signup_id is null),
  constraint referral_standings_settled_check check (payment_id is not null or not is_settled)
);
create index referral_standings_partner_index on referral_standings (tenant_id, partner_id);
select isolate('referral_standings', 'select, insert, update');
comment on table referral_standings is 'Where each converted customer stands: its terms, what is open, the payment that qualified it (payment_id), whether signup and count have followed (is_settled).';

create table commission_receipts (
  tenant_id uuid not null,
  event_id uuid not null,
  act text not null default '',
  partner_id uuid not null,
  number bigint not null,
  kind text not null,
  referral_id uuid,
  amount bigint,
  original_id uuid,
  occurred_at timestamptz not null,
  receipt jsonb not null,
  assessed_at timestamptz not null,
  primary key (tenant_id, event_id, act)
);
create index commission_receipts_partner_index on commission_receipts (tenant_id, partner_id, number);
create index commission_receipts_original_index on commission_receipts (tenant_id, original_id) where original_id is not null;
create trigger commission_receipts_append_only before update or delete on commission_receipts
  for each row execute function refuse_change();
select isolate('commission_receipts', 'select, insert');
comment on table commission_receipts is 'Why each event earned what it earned, or nothing: one row for each assessed event and act. The primary key is the guard: no event is assessed twice.';

comment on table commission_disputes is 'What partners say against a commission. An open one holds its amount out of what can be paid.';
comment on column commissions.event_id is 'What was assessed: a transaction, or an act in the partner''s recorded sequence.';
comment on column commissions.rule is 'Which rule made it: signup, recurring, transaction, share, and what reverses these, as recurring.reversal.';
comment on column commissions.act is 'Empty, or the re-assessment or re-attribution that made it.';
comment on column referral_standings.is_signup_taken is 'A signup bonus of the customer stays with the partner that it was re-attributed from: none is earned again.';
comment on column commissions.period_start is 'Null: what is reported does not say which period it pays for.';
comment on column commissions.period_end is 'Null, as period_start.';
comment on column commissions.rate_ppm is 'Before bonus and multiplier, in parts per million; null where the amount is flat.';
comment on column commissions.reverses_id is 'The commission of which it takes back, or gives back, a part.';
comment on column commissions.hold_until is 'Until then it is pending: occurred_at and the hold days of its terms.';
comment on column commissions.closed_by is 'What cancelled it, or took it back as a whole: from then on nothing of it is taken or given back.';
comment on column commissions.approved_at is 'When its money left the pending account.';
comment on function refuse_commission_amount_change is 'Trigger: the amount of a commission is never edited, and a cancelled one stays cancelled.';

-- Down Migration
drop table commission_receipts, referral_standings, partner_standings;
drop table commission_disputes, commissions;
drop function refuse_commission_amount_change();
