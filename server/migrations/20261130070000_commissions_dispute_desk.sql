-- Why: a dispute is a conversation with a clock. It may be about a commission that is missing; what was known when it was opened is kept beside
-- it; it waits for the partner or for us, goes to a second person, and ends in one of four ways.

-- Up Migration
set local lock_timeout = '5s';

alter table commission_disputes
  alter column commission_id drop not null,
  alter column status_before drop not null,
  add column kind text not null default 'commission',
  add column reference_kind text,
  add column reference text,
  add column transaction_id uuid,
  add column evidence jsonb not null default '{}',
  add column partner_evidence jsonb not null default '{}',
  add column assigned_to uuid,
  add column first_reviewer uuid,
  add column escalated_at timestamptz,
  add column due_at timestamptz,
  add column time_left_ms bigint,
  add column reminded_at timestamptz,
  add column adjusted_by bigint,
  add column result_commission_id uuid,
  drop constraint commission_disputes_status_check,
  drop constraint commission_disputes_settled_check,
  add constraint commission_disputes_status_check
    check (status in ('open', 'waiting', 'escalated', 'upheld', 'adjusted', 'cancelled', 'withdrawn')),
  add constraint commission_disputes_settled_check
    check (case when status in ('open', 'waiting', 'escalated') then resolved_at is null else amount_held = 0 and due_at is null and resolved_at is not null end),
  add constraint commission_disputes_subject_check
    check (case kind
             when 'commission' then commission_id is not null and status_before is not null and reference_kind is null and reference is null
             when 'missing' then commission_id is null and status_before is null and reference_kind is not null and reference is not null and amount_moved = 0
             else false
           end),
  add constraint commission_disputes_reference_kind_check
    check (reference_kind in ('transaction', 'customer', 'referral', 'click')),
  add constraint commission_disputes_waiting_check check ((status = 'waiting') = (time_left_ms is not null)),
  add constraint commission_disputes_adjusted_check
    check (case when status = 'adjusted' then result_commission_id is not null and adjusted_by is distinct from 0
                else result_commission_id is null and adjusted_by is null end),
  add foreign key (tenant_id, result_commission_id) references commissions (tenant_id, id);
update commission_disputes set due_at = opened_at + interval '5 days' where status = 'open';
alter table commission_disputes
  add constraint commission_disputes_due_check check (status not in ('open', 'waiting', 'escalated') or due_at is not null);

drop index commission_disputes_one_open_index;
create unique index commission_disputes_one_open_index on commission_disputes (tenant_id, commission_id)
  where status in ('open', 'waiting', 'escalated') and commission_id is not null;
create unique index commission_disputes_one_missing_index on commission_disputes (tenant_id, partner_id, reference_kind, reference)
  where status in ('open', 'waiting', 'escalated') and kind = 'missing';
create index commission_disputes_due_index on commission_disputes (tenant_id, due_at, id) where status in ('open', 'waiting', 'escalated');
comment on table commission_disputes is 'What partners say against a commission, or about one that is missing. One of a commission that is not settled holds its amount out of what can be paid.';
comment on column commission_disputes.kind is '`commission`: its number is contested; `missing`: the partner expected one and found none.';
comment on column commission_disputes.reference_kind is 'What a missing commission is looked for by.';
comment on column commission_disputes.reference is 'As the partner wrote it; it may name nothing, or what is another''s, which the partner is not told.';
comment on column commission_disputes.transaction_id is 'Of a missing one: the sale, where the reference names a sale of the partner''s own customer.';
comment on column commission_disputes.evidence is 'What was known when it was opened, for the operator: the commission, receipt, event, refunds, touches.';
comment on column commission_disputes.partner_evidence is 'The same without anything of other partners or of customers.';
comment on column commission_disputes.assigned_to is 'Who of the team looks at it.';
comment on column commission_disputes.first_reviewer is 'Who looked at it first, where it was escalated: another person decides. Null where nobody had.';
comment on column commission_disputes.due_at is 'When the next step is due: of the partner while it waits, of us otherwise. Null once it is settled.';
comment on column commission_disputes.time_left_ms is 'What was left of our time when the partner was asked: the clock goes on from there.';
comment on column commission_disputes.reminded_at is 'When whoever is to act was reminded of the present due time.';
comment on column commission_disputes.adjusted_by is 'By how much the number was changed, in minor units of the commission; null where an existing commission settled it.';
comment on column commission_disputes.result_commission_id is 'The commission that holds the corrected number.';

create table commission_dispute_messages (
  tenant_id uuid not null,
  id uuid not null,
  dispute_id uuid not null,
  kind text not null,
  author_id uuid,
  body text not null,
  written_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, dispute_id) references commission_disputes (tenant_id, id),
  constraint commission_dispute_messages_kind_check check (kind in ('answer', 'message', 'question', 'note'))
);
create index commission_dispute_messages_dispute_index on commission_dispute_messages (tenant_id, dispute_id, written_at, id);
create trigger commission_dispute_messages_append_only before update or delete on commission_dispute_messages
  for each row execute function refuse_change();
select isolate('commission_dispute_messages', 'select, insert');
comment on table commission_dispute_messages is 'What was said about a dispute. Nothing said is changed.';
comment on column commission_dispute_messages.kind is '`answer` of the partner; `message` and `question` of the operator; `note`: among the team, never shown to the partner.';
comment on column commission_dispute_messages.author_id is 'The person or key that wrote it; null for the program.';

create table dispute_settings (
  tenant_id uuid not null,
  answer_days integer not null,
  partner_days integer not null,
  reminder_days integer not null,
  updated_at timestamptz not null,
  primary key (tenant_id),
  constraint dispute_settings_days_check check (answer_days between 1 and 90 and partner_days between 1 and 90 and reminder_days between 1 and 30)
);
select isolate('dispute_settings', 'select, insert, update');
comment on table dispute_settings is 'How long a dispute may take. A programme without a row has the defaults.';
comment on column dispute_settings.answer_days is 'Days that we have to decide, and a second reviewer again.';
comment on column dispute_settings.partner_days is 'Days that the partner has to answer a question.';
comment on column dispute_settings.reminder_days is 'Days before it is due, that whoever is to act is reminded.';

-- Down Migration
drop table dispute_settings, commission_dispute_messages;
drop index commission_disputes_due_index, commission_disputes_one_missing_index, commission_disputes_one_open_index;
alter table commission_disputes
  drop constraint commission_disputes_status_check,
  drop constraint commission_disputes_settled_check,
  drop constraint commission_disputes_subject_check,
  drop constraint commission_disputes_reference_kind_check,
  drop constraint commission_disputes_waiting_check,
  drop constraint commission_disputes_adjusted_check,
  drop constraint commission_disputes_due_check;
delete from commission_disputes where kind = 'missing';
update commission_disputes set status = 'open' where status in ('waiting', 'escalated');
update commission_disputes set status = 'upheld' where status in ('adjusted', 'withdrawn');
alter table commission_disputes
  drop column kind, drop column reference_kind, drop column reference, drop column transaction_id, drop column evidence,
  drop column partner_evidence, drop column assigned_to, drop column first_reviewer, drop column escalated_at, drop column due_at,
  drop column time_left_ms, drop column reminded_at, drop column adjusted_by, drop column result_commission_id,
  alter column commission_id set not null,
  alter column status_before set not null,
  add constraint commission_disputes_status_check check (status in ('open', 'upheld', 'cancelled')),
  add constraint commission_disputes_settled_check check (status = 'open' or amount_held = 0);
create unique index commission_disputes_one_open_index on commission_disputes (tenant_id, commission_id) where status = 'open';
comment on table commission_disputes is 'What partners say against a commission. An open one holds its amount out of what can be paid.';
