-- Why: most customers of a billing system were brought by nobody; what waits for them, with their e-mail, must not wait for ever.

-- Up Migration
set local lock_timeout = '5s';

alter table revenue_movements drop constraint revenue_movements_status_check;
alter table revenue_movements
  add constraint revenue_movements_status_check check (status in ('waiting', 'recorded', 'refused', 'notice', 'explained', 'forgotten')),
  add constraint revenue_movements_forgotten_check check (status <> 'forgotten' or email is null);
create index revenue_movements_old_index on revenue_movements (tenant_id, received_at) where status = 'waiting';
create index revenue_customers_email_learnt_index on revenue_customers (tenant_id, email_learnt_at) where email is not null;
comment on column revenue_movements.status is 'waiting, recorded, refused by the rules of transactions; notice: nothing to record, but for the operator to look at; explained: a notice that later messages answered; forgotten: waited so long that it waits no more, its e-mail with it.';

-- Down Migration
update revenue_movements set status = 'waiting', settled_at = null where status = 'forgotten';
drop index revenue_customers_email_learnt_index, revenue_movements_old_index;
alter table revenue_movements drop constraint revenue_movements_forgotten_check, drop constraint revenue_movements_status_check;
alter table revenue_movements
  add constraint revenue_movements_status_check check (status in ('waiting', 'recorded', 'refused', 'notice', 'explained'));
comment on column revenue_movements.status is 'waiting, recorded, refused by the rules of transactions; notice: nothing to record, but for the operator to look at; explained: a notice that later messages answered.';
