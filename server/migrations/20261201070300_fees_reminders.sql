-- Why: one mail about an invoice is easily missed; a partner is reminded again, a few times, while it is open.

-- Up Migration
set local lock_timeout = '5s';

alter table partner_invoices
  add column reminders smallint not null default 0,
  add constraint partner_invoices_reminders_check check (reminders >= 0);
update partner_invoices set reminders = 1 where overdue_told_at is not null;
comment on column partner_invoices.reminders is 'How often the partner was reminded that it is overdue.';
comment on column partner_invoices.overdue_told_at is 'When the partner was last reminded that it is overdue; it and the number of reminders are all that changes.';
grant update (reminders) on partner_invoices to tributary_server;
drop index partner_invoices_due_index;
create index partner_invoices_due_index on partner_invoices (tenant_id, due_on, id) where reminders < 3;

-- Down Migration
drop index partner_invoices_due_index;
create index partner_invoices_due_index on partner_invoices (tenant_id, due_on, id) where overdue_told_at is null;
comment on column partner_invoices.overdue_told_at is 'When the partner was reminded that it is overdue; the one column that changes.';
alter table partner_invoices drop column reminders;
