-- Why: each page of a batch looked for what is due among all schedules, and sorted them.

-- Up Migration
set local lock_timeout = '5s';

create index payout_schedules_due_index on payout_schedules (tenant_id, next_due_on, partner_id, currency);

-- Down Migration
set local lock_timeout = '5s';

drop index payout_schedules_due_index;
