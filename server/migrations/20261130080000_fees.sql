-- Why: partners owe fees: set-up, licence, support, cards. They are invoiced by the month, paid, credited or set off against earnings.

-- Up Migration
set local lock_timeout = '5s';

create table partner_fee_agreements (
  tenant_id uuid not null,
  partner_id uuid not null,
  starts_on date not null,
  ends_on date,
  next_on date not null,
  support_from date,
  may_set_off boolean not null,
  due_days smallint not null,
  updated_at timestamptz not null,
  primary key (tenant_id, partner_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_fee_agreements_due_days_check check (due_days between 0 and 365),
  constraint partner_fee_agreements_next_check check (next_on >= starts_on)
);
create index partner_fee_agreements_next_index on partner_fee_agreements (tenant_id, next_on, partner_id);
comment on table partner_fee_agreements is 'That a partner is invoiced the fees of its terms, and from when on; nobody without a row is.';
comment on column partner_fee_agreements.starts_on is 'The first day of the first month that is invoiced; months run from it.';
comment on column partner_fee_agreements.ends_on is 'No month is invoiced that begins on or after it.';
comment on column partner_fee_agreements.next_on is 'The first day of the next month to be invoiced.';
comment on column partner_fee_agreements.support_from is 'Months that begin on or after it owe the support fee; null: support is not ordered.';
comment on column partner_fee_agreements.may_set_off is 'Whether the partner has agreed that fees are set off against its earnings.';
comment on column partner_fee_agreements.due_days is 'Days from the issue of an invoice to the day on which it is due.';
select isolate('partner_fee_agreements', 'select, insert, update');

create table partner_invoice_numbers (
  tenant_id uuid not null references tenants (id),
  series text not null,
  last bigint not null,
  primary key (tenant_id, series),
  constraint partner_invoice_numbers_series_check check (series in ('invoice', 'credit_note'))
);
comment on table partner_invoice_numbers is 'The last number given in each series: taken in the transaction that uses it, so that none is missing.';
select isolate('partner_invoice_numbers', 'select, insert, update');

create table partner_invoices (
  tenant_id uuid not null,
  id uuid not null,
  number bigint not null,
  partner_id uuid not null,
  period_start date,
  currency text not null,
  total bigint not null,
  issued_on date not null,
  due_on date not null,
  issued_at timestamptz not null,
  overdue_told_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  unique (tenant_id, partner_id, period_start),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint partner_invoices_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint partner_invoices_total_check check (total > 0),
  constraint partner_invoices_due_check check (due_on >= issued_on)
);
create index partner_invoices_partner_index on partner_invoices (tenant_id, partner_id, issued_at, id);
create index partner_invoices_issued_index on partner_invoices (tenant_id, issued_at, id);
create index partner_invoices_due_index on partner_invoices (tenant_id, due_on, id) where overdue_told_at is null;
comment on table partner_invoices is 'What a partner was charged. Never changed: what becomes of it are rows of partner_invoice_settlements.';
comment on column partner_invoices.number is 'Without gaps within the tenant.';
comment on column partner_invoices.period_start is 'The month that it is of; null where a person issued it. Unique: a month is invoiced once.';
comment on column partner_invoices.overdue_told_at is 'When the partner was reminded that it is overdue; the one column that changes.';
select isolate('partner_invoices', 'select, insert');
grant update (overdue_told_at) on partner_invoices to tributary_server;

create table partner_invoice_lines (
  tenant_id uuid not null,
  invoice_id uuid not null,
  line smallint not null,
  kind text not null,
  description text not null,
  quantity integer not null,
  unit_amount bigint not null,
  amount bigint not null,
  primary key (tenant_id, invoice_id, line),
  foreign key (tenant_id, invoice_id) references partner_invoices (tenant_id, id),
  constraint partner_invoice_lines_kind_check check (kind in ('setup', 'integration', 'licence', 'support', 'card', 'other')),
  constraint partner_invoice_lines_amount_check check (quantity > 0 and unit_amount > 0 and amount = quantity * unit_amount)
);
comment on table partner_invoice_lines is 'What an invoice is made of.';
comment on column partner_invoice_lines.amount is 'Minor units of the invoice''s currency: quantity times unit_amount.';
select isolate('partner_invoice_lines', 'select, insert');

create table partner_fee_usages (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  reference text not null,
  quantity integer not null,
  recorded_at timestamptz not null,
  invoice_id uuid,
  primary key (tenant_id, id),
  unique (tenant_id, partner_id, reference),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, invoice_id) references partner_invoices (tenant_id, id),
  constraint partner_fee_usages_quantity_check check (quantity > 0)
);
create index partner_fee_usages_waiting_index on partner_fee_usages (tenant_id, partner_id, recorded_at, id) where invoice_id is null;
comment on table partner_fee_usages is 'Card products that a partner has had made: each owes the card fee, on the invoice of the next month.';
comment on column partner_fee_usages.reference is 'The operator''s name for it; told twice it is the same.';
comment on column partner_fee_usages.invoice_id is 'The invoice that charges it; null while it waits.';
select isolate('partner_fee_usages', 'select, insert');
grant update (invoice_id) on partner_fee_usages to tributary_server;

create table partner_invoice_settlements (
  tenant_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  kind text not null,
  amount bigint not null,
  reference text not null,
  number bigint,
  commission_id uuid,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, invoice_id) references partner_invoices (tenant_id, id),
  foreign key (tenant_id, commission_id) references commissions (tenant_id, id),
  constraint partner_invoice_settlements_kind_check check (kind in ('payment', 'credit', 'set_off')),
  constraint partner_invoice_settlements_amount_check check (amount > 0),
  constraint partner_invoice_settlements_number_check check ((kind = 'credit') = (number is not null)),
  constraint partner_invoice_settlements_commission_check check ((kind = 'set_off') = (commission_id is not null))
);
create index partner_invoice_settlements_invoice_index on partner_invoice_settlements (tenant_id, invoice_id, recorded_at, id);
create unique index partner_invoice_settlements_payment_index on partner_invoice_settlements (tenant_id, invoice_id, reference) where kind = 'payment';
comment on table partner_invoice_settlements is 'What an invoice was settled by: money, a credit note, or earnings. Append-only; together never more than its total.';
comment on column partner_invoice_settlements.reference is 'Of a payment the bank''s or finance''s reference, otherwise the reason.';
comment on column partner_invoice_settlements.number is 'Of a credit note, without gaps within the tenant.';
comment on column partner_invoice_settlements.commission_id is 'The negative row by which payouts know of what was set off.';
select isolate('partner_invoice_settlements', 'select, insert');

create trigger partner_invoices_never_deleted before delete on partner_invoices
  for each row execute function refuse_change();
create trigger partner_invoice_lines_append_only before update or delete on partner_invoice_lines
  for each row execute function refuse_change();
create trigger partner_invoice_settlements_append_only before update or delete on partner_invoice_settlements
  for each row execute function refuse_change();

-- Down Migration
drop table partner_invoice_settlements, partner_fee_usages, partner_invoice_lines, partner_invoices, partner_invoice_numbers, partner_fee_agreements;
