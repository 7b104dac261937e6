-- Why: what is held says why and goes behind what is not looked at yet; a transfer is booked as it was sent; and of a payout whose fate nobody
-- can be asked about, people say what became of it.

-- Up Migration
set local lock_timeout = '5s';

alter table partner_payouts
  add column held_code text,
  add column held_reason text,
  add column held_lasts boolean,
  add column held_at timestamptz,
  add constraint partner_payouts_held_check check (
    (held_code is null) = (held_at is null) and (held_code is null) = (held_lasts is null) and (held_code is not null or held_reason is null)
  );
create index partner_payouts_queue_index on partner_payouts (tenant_id, coalesce(held_at, '-infinity'), created_at, id)
  where status = 'pending' and batch_id is null;
create index partner_payouts_hand_out_index on partner_payouts (tenant_id, coalesce(held_at, '-infinity'), processed_at, id)
  where payment_method = 'bank_file' and status = 'completed' and exported_at is null;
create index partner_payouts_held_index on partner_payouts (tenant_id, requested_at, id) where held_code is not null;
comment on column partner_payouts.exported_at is 'When it was handed to the bank: in the first file that the operator took, or otherwise, as people said. No file hands it out after that.';
comment on column partner_payouts.held_code is 'What stood against letting it go when it was last looked at, by the code of the error; null where nothing did, or nobody has looked.';
comment on column partner_payouts.held_reason is 'What the gate said, for the operator.';
comment on column partner_payouts.held_lasts is 'Whether a person has refused it: nothing that comes by itself lets it go.';
comment on column partner_payouts.held_at is 'When it was last found held: what was looked at longest ago is looked at first, behind what is not known to be held.';

alter table transfer_attempts
  add column method_id uuid,
  add column tax_withheld bigint not null default 0,
  add constraint transfer_attempts_method_fkey foreign key (tenant_id, method_id) references payout_methods (tenant_id, id),
  add constraint transfer_attempts_tax_check check (tax_withheld >= 0);
update transfer_attempts a
   set method_id = p.method_id, tax_withheld = p.tax_withheld
  from partner_payouts p
 where (p.tenant_id, p.id) = (a.tenant_id, a.payout_id);
alter table transfer_attempts
  alter column method_id set not null,
  alter column tax_withheld drop default;
comment on column transfer_attempts.method_id is 'The method that its request pays to.';
comment on column transfer_attempts.tax_withheld is 'What its request keeps back for the tax authority: where it has paid, this is booked, whatever was decided later.';

create table payout_settlements (
  tenant_id uuid not null,
  id uuid not null,
  payout_id uuid not null,
  attempt integer not null,
  outcome text not null,
  reason text not null,
  reference text,
  status text not null,
  proposed_by uuid,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, payout_id, attempt) references transfer_attempts (tenant_id, payout_id, attempt),
  constraint payout_settlements_outcome_check check (outcome in ('paid', 'not_paid', 'returned')),
  constraint payout_settlements_status_check check (status in ('waiting', 'done', 'refused', 'replaced')),
  constraint payout_settlements_reference_check check (outcome <> 'paid' or reference is not null),
  constraint payout_settlements_decided_check check ((status = 'waiting') = (decided_at is null)),
  constraint payout_settlements_second_check check (decided_by is null or decided_by is distinct from proposed_by)
);
create unique index payout_settlements_one_waiting_unique on payout_settlements (tenant_id, payout_id) where status = 'waiting';
create index payout_settlements_payout_index on payout_settlements (tenant_id, payout_id, proposed_at);
comment on table payout_settlements is 'What people say became of a payout that nobody else can tell of. Above the limit it waits for a second person.';
comment on column payout_settlements.attempt is 'The transfer of which it is said; of another it says nothing.';
comment on column payout_settlements.outcome is 'paid: it has arrived; not_paid: it has not and will not; returned: it had left and came back.';
comment on column payout_settlements.reference is 'The bank''s or the provider''s name for it.';
comment on column payout_settlements.status is 'waiting: for a second person; done; refused by one; replaced by another of the same payout.';
comment on column payout_settlements.proposed_by is 'The person, also where a key of theirs did; null where nobody made the key.';
comment on column payout_settlements.decided_by is 'The second person; null where none was needed.';
select isolate('payout_settlements', 'select, insert');
grant update (status, decided_by, decided_at) on payout_settlements to tributary_server;

-- Down Migration
comment on column partner_payouts.exported_at is 'When it first stood in a bank file that the operator took.';
drop table payout_settlements;
alter table transfer_attempts
  drop column method_id,
  drop column tax_withheld;
drop index partner_payouts_held_index, partner_payouts_hand_out_index, partner_payouts_queue_index;
alter table partner_payouts
  drop column held_code,
  drop column held_reason,
  drop column held_lasts,
  drop column held_at;
