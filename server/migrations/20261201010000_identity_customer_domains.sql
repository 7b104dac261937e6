-- Why: whether a company is a customer already is asked by the domain of its people's addresses; that read every customer.

-- Up Migration
set local lock_timeout = '5s';

-- Turned round, so that a domain and everything below it lie together.
create index users_customer_domain_index on users (tenant_id, reverse(split_part(email, '@', 2)) text_pattern_ops)
  where role = 'customer' and email is not null;

-- Down Migration
drop index users_customer_domain_index;
