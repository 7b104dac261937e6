-- Why: a customer that becomes known is looked for among what waits by its names, instead of all that waits being tried again.

-- Up Migration
set local lock_timeout = '5s';

create index revenue_movements_customer_index on revenue_movements (tenant_id, customer_external_id) where status = 'waiting';
create index revenue_movements_email_index on revenue_movements (tenant_id, email) where status = 'waiting';
create index revenue_customers_external_index on revenue_customers (tenant_id, customer_external_id);
create index revenue_customers_email_index on revenue_customers (tenant_id, email);

-- Down Migration
drop index revenue_customers_email_index, revenue_customers_external_index, revenue_movements_email_index, revenue_movements_customer_index;
