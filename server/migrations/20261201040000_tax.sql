-- Why: who is paid for work owes its government a form, and the operator owes one about it: forms are signed and kept, tax is kept back where
-- it must be, and a year ends in returns that can be corrected.

-- Up Migration
set local lock_timeout = '5s';

create table tax_settings (
  tenant_id uuid primary key references tenants (id),
  payouts_wait text not null default 'never',
  withholds_without_form boolean not null default false,
  time_zone text,
  methods_reported_elsewhere text[] not null default '{}',
  payer_sealed bytea,
  updated_at timestamptz not null,
  constraint tax_settings_payouts_wait_check check (payouts_wait in ('never', 'at_threshold', 'always'))
);
comment on table tax_settings is 'How the programme deals with taxes of partners; where there is no row, the defaults hold: nothing waits, nothing is kept back.';
comment on column tax_settings.payouts_wait is 'Whether payouts to a partner without a valid form wait: never, from the year''s threshold on, or always.';
comment on column tax_settings.withholds_without_form is 'Whether backup withholding is kept back of payouts to a partner without a valid form.';
comment on column tax_settings.time_zone is 'In which a payout falls into a tax year; null: that of the programme.';
comment on column tax_settings.methods_reported_elsewhere is 'Payout methods whose provider reports what it pays (1099-K): left out of the returns.';
comment on column tax_settings.payer_sealed is 'Who pays, as returns name it: name, EIN, address, telephone; sealed with AES-256-GCM.';
select isolate('tax_settings', 'select, insert, update');

create table tax_year_figures (
  tenant_id uuid not null references tenants (id),
  year smallint not null,
  threshold bigint,
  withholding_ppm bigint,
  iris_header text,
  updated_at timestamptz not null,
  primary key (tenant_id, year),
  constraint tax_year_figures_year_check check (year between 2000 and 2200),
  constraint tax_year_figures_threshold_check check (threshold > 0),
  constraint tax_year_figures_withholding_check check (withholding_ppm between 0 and 1000000)
);
comment on table tax_year_figures is 'What the operator has entered for a tax year, in place of what the program knows of it.';
comment on column tax_year_figures.threshold is 'US cents from which on a year is reported on Form 1099-NEC; null: what the program knows.';
comment on column tax_year_figures.withholding_ppm is 'Backup withholding in parts per million of a payout.';
comment on column tax_year_figures.iris_header is 'The first line of the year''s CSV template of the IRS, where it is another than the program''s.';
select isolate('tax_year_figures', 'select, insert, update');

create table tax_exchange_rates (
  tenant_id uuid not null references tenants (id),
  year smallint not null,
  currency text not null,
  exponent smallint not null,
  units_ppm bigint not null,
  updated_at timestamptz not null,
  primary key (tenant_id, year, currency),
  constraint tax_exchange_rates_currency_check check (currency ~ '^[A-Z]{3}$' and currency <> 'USD'),
  constraint tax_exchange_rates_units_check check (units_ppm > 0)
);
comment on table tax_exchange_rates is 'The average rate of a year at which payouts in another currency are reported in US dollars.';
comment on column tax_exchange_rates.exponent is 'Decimals of the currency (ISO 4217).';
comment on column tax_exchange_rates.units_ppm is 'Units of the currency for one US dollar, times a million, as the IRS lists its yearly averages.';
select isolate('tax_exchange_rates', 'select, insert, update');

create table tax_forms (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  version integer not null,
  kind text not null,
  is_exempt boolean not null,
  is_subject_to_withholding boolean not null,
  services text,
  country text not null,
  tin_type text,
  tin_last4 text,
  tin_index bytea,
  identity_index bytea not null,
  content_index bytea not null,
  certification text not null,
  signed_at timestamptz not null,
  signed_by uuid not null,
  valid_until date,
  data_key_sealed bytea,
  content_sealed bytea not null,
  primary key (tenant_id, id),
  unique (tenant_id, partner_id, version),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint tax_forms_kind_check check (kind in ('w9', 'w8ben', 'w8bene')),
  constraint tax_forms_services_check check ((kind = 'w9') = (services is null) and services in ('outside_us', 'inside_us', 'both')),
  constraint tax_forms_tin_check check (
    tin_type in ('ssn', 'ein', 'itin') and (tin_type is null) = (tin_last4 is null) and (tin_type is null) = (tin_index is null)
    and (kind <> 'w9' or tin_type is not null)),
  constraint tax_forms_valid_until_check check ((kind = 'w9') = (valid_until is null))
);
create index tax_forms_tin_index on tax_forms (tenant_id, tin_index) where tin_index is not null;
create index tax_forms_valid_until_index on tax_forms (tenant_id, valid_until, partner_id) where valid_until is not null;
comment on table tax_forms is 'Forms W-9, W-8BEN and W-8BEN-E as they were signed. Never changed: whoever signs again has another version. A key that is forgotten makes one unreadable.';
comment on column tax_forms.is_exempt is 'A payee whose payments are not reported: a corporation, or one with an exempt payee code.';
comment on column tax_forms.is_subject_to_withholding is 'The signer has struck out that it is not subject to backup withholding.';
comment on column tax_forms.services is 'Where a foreign person says that it works for the programme.';
comment on column tax_forms.tin_index is 'HMAC of the taxpayer identification number under a key of its own: equal numbers are found without reading one.';
comment on column tax_forms.identity_index is 'HMAC of what a return is matched by, name and number: two forms that differ in it are two recipients to the IRS.';
comment on column tax_forms.content_index is 'HMAC of all that was signed: the same form signed twice is one.';
comment on column tax_forms.certification is 'Which version of the text was signed under penalties of perjury.';
comment on column tax_forms.valid_until is 'The last day on which it holds: of a W-8 the end of the third year after the signature; null: until another is signed.';
comment on column tax_forms.data_key_sealed is 'The key of content_sealed, sealed by the installation''s key; null once it is forgotten.';
comment on column tax_forms.content_sealed is 'All that was signed, and the signature: name, instant, address. AES-256-GCM under a key of its own.';
select isolate('tax_forms', 'select, insert');
grant update (data_key_sealed) on tax_forms to tributary_server;

create function tax_forms_only_forget() returns trigger
  language plpgsql
  as $$
begin
  if new.data_key_sealed is null and to_jsonb(new) - 'data_key_sealed' = to_jsonb(old) - 'data_key_sealed' then
    return new;
  end if;
  raise exception 'tax_forms is append-only: of a form the key alone is forgotten' using errcode = 'restrict_violation';
end $$;
comment on function tax_forms_only_forget is 'A form stays as it was signed; the one change is that its key is forgotten, and with it what stood in it.';
create trigger tax_forms_only_forget before update on tax_forms for each row execute function tax_forms_only_forget();
create trigger tax_forms_never_deleted before delete on tax_forms for each row execute function refuse_change();

create table tax_partners (
  tenant_id uuid not null,
  partner_id uuid not null,
  form_id uuid,
  asked_at timestamptz,
  withholding_since timestamptz,
  withholding_reason text,
  consented_at timestamptz,
  consent_text text,
  told_expiring date,
  told_expired date,
  primary key (tenant_id, partner_id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, form_id) references tax_forms (tenant_id, id),
  constraint tax_partners_withholding_check check ((withholding_since is null) = (withholding_reason is null)),
  constraint tax_partners_consent_check check ((consented_at is null) = (consent_text is null))
);
comment on table tax_partners is 'How a partner stands with its taxes. Locked by whoever changes it.';
comment on column tax_partners.form_id is 'The form that was signed last.';
comment on column tax_partners.asked_at is 'When the team last asked for a form; null once it has come.';
comment on column tax_partners.withholding_since is 'Since when the operator has ordered backup withholding, as after a notice of the IRS.';
comment on column tax_partners.consented_at is 'When the partner agreed to have its tax documents electronically; null: on paper.';
comment on column tax_partners.consent_text is 'Which version of the disclosure it agreed to.';
comment on column tax_partners.told_expiring is 'The last day of validity of which the partner was told that it comes.';
comment on column tax_partners.told_expired is 'The same, that it has passed.';
select isolate('tax_partners', 'select, insert, update');

create table tax_payments (
  tenant_id uuid not null,
  id uuid not null,
  payout_id uuid not null,
  act text not null,
  partner_id uuid not null,
  paid_at timestamptz not null,
  method text not null,
  currency text not null,
  amount bigint not null,
  withheld bigint not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, payout_id, act),
  foreign key (tenant_id, payout_id) references partner_payouts (tenant_id, id),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  constraint tax_payments_act_check check (act in ('paid', 'taken_back')),
  constraint tax_payments_amount_check check ((act = 'paid') = (amount > 0) and amount <> 0 and abs(withheld) <= abs(amount) and amount * withheld >= 0)
);
create index tax_payments_partner_index on tax_payments (tenant_id, partner_id, paid_at, id);
create index tax_payments_paid_index on tax_payments (tenant_id, paid_at);
comment on table tax_payments is 'What partners were paid, by the instant of the transfer: what returns are made of. Append-only; a transfer that came back is a second row.';
comment on column tax_payments.paid_at is 'When the transfer was made; of one taken back too, so that it is taken back of its year.';
comment on column tax_payments.amount is 'Minor units, gross of fee and tax; negative where it was taken back.';
comment on column tax_payments.withheld is 'The part of it that was kept back for the tax authority.';
select isolate('tax_payments', 'select, insert');
create trigger tax_payments_append_only before update or delete on tax_payments for each row execute function refuse_change();

-- What was paid before this table was.
insert into tax_payments (tenant_id, id, payout_id, act, partner_id, paid_at, method, currency, amount, withheld, recorded_at)
select p.tenant_id, gen_random_uuid(), p.id, 'paid', p.partner_id, p.processed_at, p.payment_method, p.currency, p.amount, p.tax_withheld, p.processed_at
  from partner_payouts p
 where exists (select from transfer_attempts a where (a.tenant_id, a.payout_id) = (p.tenant_id, p.id) and a.status in ('succeeded', 'returned'))
   and p.processed_at is not null;
insert into tax_payments (tenant_id, id, payout_id, act, partner_id, paid_at, method, currency, amount, withheld, recorded_at)
select p.tenant_id, gen_random_uuid(), p.id, 'taken_back', p.partner_id, p.processed_at, p.payment_method, p.currency, -p.amount, -p.tax_withheld, a.answered_at
  from partner_payouts p
  join transfer_attempts a on (a.tenant_id, a.payout_id) = (p.tenant_id, p.id) and a.status = 'returned'
 where p.status = 'failed' and p.processed_at is not null;

create table tax_years (
  tenant_id uuid not null references tenants (id),
  year smallint not null,
  threshold bigint not null,
  runs smallint not null,
  closed_at timestamptz not null,
  primary key (tenant_id, year),
  constraint tax_years_runs_check check (runs >= 0)
);
comment on table tax_years is 'Tax years that are closed: their returns are rows of tax_filings. What changes afterwards is a correction.';
comment on column tax_years.threshold is 'US cents: what decided who is reported.';
comment on column tax_years.runs is 'The last run of corrections; 0 is the close.';
select isolate('tax_years', 'select, insert, update');

create table tax_filings (
  tenant_id uuid not null,
  id uuid not null,
  year smallint not null,
  partner_id uuid not null,
  number smallint not null,
  run smallint not null,
  kind text not null,
  corrects_id uuid,
  form_id uuid not null,
  amount bigint not null,
  withheld bigint not null,
  made_at timestamptz not null,
  told_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, year, partner_id, number),
  foreign key (tenant_id, year) references tax_years (tenant_id, year),
  foreign key (tenant_id, partner_id) references partners (tenant_id, id),
  foreign key (tenant_id, form_id) references tax_forms (tenant_id, id),
  foreign key (tenant_id, corrects_id) references tax_filings (tenant_id, id),
  constraint tax_filings_kind_check check (kind in ('original', 'amount', 'void', 'identity')),
  constraint tax_filings_corrects_check check ((kind = 'original') = (corrects_id is null)),
  constraint tax_filings_void_check check (kind <> 'void' or amount = 0 and withheld = 0)
);
create index tax_filings_run_index on tax_filings (tenant_id, year, run, partner_id, number);
create index tax_filings_partner_index on tax_filings (tenant_id, partner_id, year, number);
create index tax_filings_untold_index on tax_filings (tenant_id, made_at, id) where told_at is null;
comment on table tax_filings is 'Returns 1099-NEC as they were frozen, and their corrections. Append-only: the last of a partner and year stands.';
comment on column tax_filings.number is 'Of the partner''s returns for the year, from 1.';
comment on column tax_filings.run is 'The close (0) or the run of corrections that made it: what goes into one file.';
comment on column tax_filings.kind is 'original; amount: the same recipient, other amounts; void and identity: the one under the wrong name or number, with nothing, and the one under the right.';
comment on column tax_filings.form_id is 'Whose name, number and address it bears.';
comment on column tax_filings.amount is 'US cents, box 1.';
comment on column tax_filings.withheld is 'US cents, box 4.';
comment on column tax_filings.told_at is 'When the partner was told of it; the one column that changes.';
select isolate('tax_filings', 'select, insert');
grant update (told_at) on tax_filings to tributary_server;
create trigger tax_filings_never_deleted before delete on tax_filings for each row execute function refuse_change();

-- Down Migration
drop table tax_filings, tax_years, tax_payments, tax_partners, tax_forms;
drop function tax_forms_only_forget;
drop table tax_exchange_rates, tax_year_figures, tax_settings;
