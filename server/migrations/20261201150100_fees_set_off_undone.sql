-- Why: a set-off can be undone, by a row of its own with the opposite amount.

-- Up Migration
set local lock_timeout = '5s';

alter table partner_invoice_settlements
  add column undoes uuid,
  drop constraint partner_invoice_settlements_amount_check,
  add constraint partner_invoice_settlements_amount_check
    check (case when undoes is null then amount > 0 else amount < 0 and kind = 'set_off' end),
  add constraint partner_invoice_settlements_undoes_key unique (tenant_id, undoes),
  add constraint partner_invoice_settlements_undoes_fkey foreign key (tenant_id, undoes) references partner_invoice_settlements (tenant_id, id);
comment on column partner_invoice_settlements.undoes is 'The set-off that it undoes, whole and once; its amount is below zero, and its commission_id the positive row that gives the earnings back.';

-- Down Migration
-- What was undone stays undone: the check holds of what is written from now on.
alter table partner_invoice_settlements
  drop constraint partner_invoice_settlements_amount_check,
  drop column undoes,
  add constraint partner_invoice_settlements_amount_check check (amount > 0) not valid;
