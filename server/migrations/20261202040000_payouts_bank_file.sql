-- Why: what is paid by bank file read as paid before the bank had the file. What says otherwise stood in three columns, and each reader had to know them.

-- Up Migration
set local lock_timeout = '5s';

alter table partner_payouts add column bank_file text generated always as (
  case
    when payment_method = 'bank_file' and status = 'completed' and not left_otherwise
    then case when exported_at is null then 'waiting' else 'handed_out' end
  end) stored;
comment on column partner_payouts.bank_file is 'Of one that goes by bank file: it is completed here and waits for the next file, or stood in one; null of all others, also where somebody has said that it arrived.';

-- Down Migration
set local lock_timeout = '5s';

alter table partner_payouts drop column bank_file;
