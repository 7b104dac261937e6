-- Why: a sale that was corrected has a row for each correction, and a refund took its part of each, rounded by itself; of amounts that do not divide
-- the sum was a minor unit from what one row would have given (docs/adr/0082). An act says from when on they are rounded as one.

-- Up Migration
set local lock_timeout = '5s';

alter table partner_standings add column rounds_sales boolean not null default false;
comment on column partner_standings.rounds_sales is 'Whether an act in the sequence has said that what is taken back of a sale is rounded once for all that a rule earned on it.';

-- Down Migration
set local lock_timeout = '5s';

alter table partner_standings drop column rounds_sales;
