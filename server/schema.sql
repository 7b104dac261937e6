-- The schema that the migrations make, read from the database's catalogue and written by `npm run schema`. To be read and compared: a
-- database is made by the migrations (server/migrations), never from this file.

create table analytics_progress (
  tenant_id uuid not null,
  rolled_up_to timestamp with time zone,
  time_zone text not null,
  currency text not null,
  constraint analytics_progress_pkey PRIMARY KEY (tenant_id),
  constraint analytics_progress_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);
alter table analytics_progress enable row level security;
create policy tenant_isolation on analytics_progress as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on analytics_progress to tributary_server;
comment on table analytics_progress is 'What was committed before rolled_up_to is in the roll-ups, whose days are those of time_zone and whose counts stand under currency.';

create table analytics_touched (
  tenant_id uuid not null,
  id bigint not null generated always as identity,
  source text not null,
  partner_id uuid not null,
  quarter_hour timestamp with time zone not null,
  constraint analytics_touched_pkey PRIMARY KEY (tenant_id, id),
  constraint analytics_touched_source_check CHECK ((source = ANY (ARRAY['clicks'::text, 'referrals'::text, 'transactions'::text, 'commissions'::text, 'everything'::text])))
);
alter table analytics_touched enable row level security;
create policy tenant_isolation on analytics_touched as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on analytics_touched to tributary_server;
comment on table analytics_touched is 'Which part of a partner''s day has changed in which source since it was rolled up. Rows are only added and taken, never shared: two writers never wait for each other here.';
comment on column analytics_touched.source is 'Where the change was; everything stands for all days of the partner, and is taken by marking them.';

create table audit_chain (
  tenant_id uuid not null,
  sequence bigint not null,
  audit_id uuid not null,
  hash bytea not null,
  constraint audit_chain_pkey PRIMARY KEY (tenant_id, sequence),
  constraint audit_chain_tenant_id_audit_id_key UNIQUE (tenant_id, audit_id),
  constraint audit_chain_tenant_id_audit_id_fkey FOREIGN KEY (tenant_id, audit_id) REFERENCES audit_log(tenant_id, id),
  constraint audit_chain_hash_length_check CHECK ((length(hash) = 32))
);
CREATE TRIGGER audit_chain_append_only BEFORE DELETE OR UPDATE ON audit_chain FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_chain_no_truncate BEFORE TRUNCATE ON audit_chain FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
alter table audit_chain enable row level security;
create policy tenant_isolation on audit_chain as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on audit_chain to tributary_server;
comment on table audit_chain is 'hash(n) = SHA-256(hash(n-1) || canonical JSON of the row): a changed row is the first one whose hash does not follow.';

create table audit_checkpoints (
  tenant_id uuid not null,
  sequence bigint not null,
  hash bytea not null,
  signature bytea,
  created_at timestamp with time zone not null,
  constraint audit_checkpoints_pkey PRIMARY KEY (tenant_id, sequence),
  constraint audit_checkpoints_tenant_id_sequence_fkey FOREIGN KEY (tenant_id, sequence) REFERENCES audit_chain(tenant_id, sequence)
);
CREATE TRIGGER audit_checkpoints_append_only BEFORE DELETE OR UPDATE ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table audit_checkpoints enable row level security;
create policy tenant_isolation on audit_checkpoints as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on audit_checkpoints to tributary_server;
comment on table audit_checkpoints is 'The head of the chain at points in time, signed: what came before can no longer be changed unnoticed.';

create table audit_log (
  tenant_id uuid not null,
  id uuid not null,
  position bigint not null generated always as identity,
  actor_type text not null,
  actor_id text,
  action text not null,
  target_type text not null,
  target_id uuid,
  before jsonb,
  after jsonb,
  reason text,
  request_id text,
  ip_truncated text,
  occurred_at timestamp with time zone not null,
  constraint audit_log_pkey PRIMARY KEY (tenant_id, id),
  constraint audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);
CREATE INDEX audit_log_position_index ON audit_log USING btree (tenant_id, "position");
CREATE INDEX audit_log_target_index ON audit_log USING btree (tenant_id, target_id, "position");
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
alter table audit_log enable row level security;
create policy tenant_isolation on audit_log as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on audit_log to tributary_server;
comment on table audit_log is 'Who did what, in the transaction of what was done. Append-only; sealed into audit_chain by a job.';
comment on column audit_log.position is 'Order of writing, which is the order of sealing.';

create table cap_standings (
  tenant_id uuid not null,
  partner_id uuid not null,
  cap text not null,
  scope text not null,
  currency text not null,
  earned bigint not null,
  constraint cap_standings_pkey PRIMARY KEY (tenant_id, partner_id, cap, scope, currency),
  constraint cap_standings_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint cap_standings_cap_check CHECK ((cap = ANY (ARRAY['customer'::text, 'month'::text]))),
  constraint cap_standings_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint cap_standings_earned_check CHECK ((earned >= 0))
);
alter table cap_standings enable row level security;
create policy tenant_isolation on cap_standings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on cap_standings to tributary_server;
comment on table cap_standings is 'What has been earned under the caps of plans, as the engine left it; a replay of the events gives the same. Written under the lock of the partner''s sequence.';
comment on column cap_standings.scope is 'The referral, or the first day of the month in the plan''s time zone.';
comment on column cap_standings.earned is 'In minor units, as it was earned: refunds take nothing off.';

create table click_retention (
  tenant_id uuid not null,
  truncated_before timestamp with time zone not null,
  constraint click_retention_pkey PRIMARY KEY (tenant_id),
  constraint click_retention_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);
alter table click_retention enable row level security;
create policy tenant_isolation on click_retention as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on click_retention to tributary_server;
comment on table click_retention is 'How far the addresses of old clicks have been made coarse: the next run begins there, however many clicks lie behind.';

create table clicks (
  tenant_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  partner_id uuid not null,
  clicked_at timestamp with time zone not null,
  visitor_id uuid,
  device_id text,
  is_repeat boolean not null default false,
  ip inet,
  user_agent text,
  referrer text,
  campaign text,
  sub_ids jsonb,
  constraint clicks_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX clicks_clicked_at_index ON clicks USING brin (clicked_at);
CREATE INDEX clicks_device_index ON clicks USING btree (tenant_id, device_id, clicked_at) WHERE (device_id IS NOT NULL);
CREATE INDEX clicks_partner_index ON clicks USING btree (tenant_id, partner_id, clicked_at);
CREATE INDEX clicks_visitor_index ON clicks USING btree (tenant_id, visitor_id, clicked_at) WHERE (visitor_id IS NOT NULL);
CREATE TRIGGER clicks_touch_analytics AFTER INSERT ON clicks REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION touch_clicks();
alter table clicks enable row level security;
create policy tenant_isolation on clicks as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (ip) on clicks to tributary_server;
comment on table clicks is 'Touches as the server saw them. No foreign keys: a link is never deleted, and the hottest insert of the product pays for nothing it does not need.';
comment on column clicks.visitor_id is 'From the first-party cookie.';
comment on column clicks.is_repeat is 'The same visitor on the same link shortly after; left out of counts, kept for attribution.';

create table commission_dispute_messages (
  tenant_id uuid not null,
  id uuid not null,
  dispute_id uuid not null,
  kind text not null,
  author_id uuid,
  body text not null,
  written_at timestamp with time zone not null,
  constraint commission_dispute_messages_pkey PRIMARY KEY (tenant_id, id),
  constraint commission_dispute_messages_tenant_id_dispute_id_fkey FOREIGN KEY (tenant_id, dispute_id) REFERENCES commission_disputes(tenant_id, id),
  constraint commission_dispute_messages_kind_check CHECK ((kind = ANY (ARRAY['answer'::text, 'message'::text, 'question'::text, 'note'::text])))
);
CREATE INDEX commission_dispute_messages_dispute_index ON commission_dispute_messages USING btree (tenant_id, dispute_id, written_at, id);
CREATE TRIGGER commission_dispute_messages_append_only BEFORE DELETE OR UPDATE ON commission_dispute_messages FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table commission_dispute_messages enable row level security;
create policy tenant_isolation on commission_dispute_messages as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on commission_dispute_messages to tributary_server;
comment on table commission_dispute_messages is 'What was said about a dispute. Nothing said is changed.';
comment on column commission_dispute_messages.kind is '`answer` of the partner; `message` and `question` of the operator; `note`: among the team, never shown to the partner.';
comment on column commission_dispute_messages.author_id is 'The person or key that wrote it; null for the program.';

create table commission_disputes (
  tenant_id uuid not null,
  id uuid not null,
  commission_id uuid,
  partner_id uuid not null,
  reason text not null,
  status text not null default 'open'::text,
  status_before text,
  amount_moved bigint not null,
  amount_held bigint not null,
  opened_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  resolved_by uuid,
  resolution text,
  kind text not null default 'commission'::text,
  reference_kind text,
  reference text,
  transaction_id uuid,
  evidence jsonb not null default '{}'::jsonb,
  partner_evidence jsonb not null default '{}'::jsonb,
  assigned_to uuid,
  first_reviewer uuid,
  escalated_at timestamp with time zone,
  due_at timestamp with time zone,
  time_left_ms bigint,
  reminded_at timestamp with time zone,
  adjusted_by bigint,
  result_commission_id uuid,
  constraint commission_disputes_pkey PRIMARY KEY (tenant_id, id),
  constraint commission_disputes_tenant_id_commission_id_fkey FOREIGN KEY (tenant_id, commission_id) REFERENCES commissions(tenant_id, id),
  constraint commission_disputes_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint commission_disputes_tenant_id_result_commission_id_fkey FOREIGN KEY (tenant_id, result_commission_id) REFERENCES commissions(tenant_id, id),
  constraint commission_disputes_adjusted_check CHECK (
CASE
    WHEN (status = 'adjusted'::text) THEN ((result_commission_id IS NOT NULL) AND (adjusted_by IS DISTINCT FROM 0))
    ELSE ((result_commission_id IS NULL) AND (adjusted_by IS NULL))
END),
  constraint commission_disputes_amount_check CHECK (((amount_moved >= 0) AND (amount_held >= 0))),
  constraint commission_disputes_due_check CHECK (((status <> ALL (ARRAY['open'::text, 'waiting'::text, 'escalated'::text])) OR (due_at IS NOT NULL))),
  constraint commission_disputes_reference_kind_check CHECK ((reference_kind = ANY (ARRAY['transaction'::text, 'customer'::text, 'referral'::text, 'click'::text]))),
  constraint commission_disputes_settled_check CHECK (
CASE
    WHEN (status = ANY (ARRAY['open'::text, 'waiting'::text, 'escalated'::text])) THEN (resolved_at IS NULL)
    ELSE ((amount_held = 0) AND (due_at IS NULL) AND (resolved_at IS NOT NULL))
END),
  constraint commission_disputes_status_before_check CHECK ((status_before = ANY (ARRAY['pending'::text, 'approved'::text]))),
  constraint commission_disputes_status_check CHECK ((status = ANY (ARRAY['open'::text, 'waiting'::text, 'escalated'::text, 'upheld'::text, 'adjusted'::text, 'cancelled'::text, 'withdrawn'::text]))),
  constraint commission_disputes_subject_check CHECK (
CASE kind
    WHEN 'commission'::text THEN ((commission_id IS NOT NULL) AND (status_before IS NOT NULL) AND (reference_kind IS NULL) AND (reference IS NULL))
    WHEN 'missing'::text THEN ((commission_id IS NULL) AND (status_before IS NULL) AND (reference_kind IS NOT NULL) AND (reference IS NOT NULL) AND (amount_moved = 0))
    ELSE false
END),
  constraint commission_disputes_waiting_check CHECK (((status = 'waiting'::text) = (time_left_ms IS NOT NULL)))
);
CREATE INDEX commission_disputes_commission_index ON commission_disputes USING btree (tenant_id, commission_id, opened_at);
CREATE INDEX commission_disputes_due_index ON commission_disputes USING btree (tenant_id, due_at, id) WHERE (status = ANY (ARRAY['open'::text, 'waiting'::text, 'escalated'::text]));
CREATE UNIQUE INDEX commission_disputes_one_missing_index ON commission_disputes USING btree (tenant_id, partner_id, reference_kind, reference) WHERE ((status = ANY (ARRAY['open'::text, 'waiting'::text, 'escalated'::text])) AND (kind = 'missing'::text));
CREATE UNIQUE INDEX commission_disputes_one_open_index ON commission_disputes USING btree (tenant_id, commission_id) WHERE ((status = ANY (ARRAY['open'::text, 'waiting'::text, 'escalated'::text])) AND (commission_id IS NOT NULL));
CREATE INDEX commission_disputes_opened_index ON commission_disputes USING btree (tenant_id, opened_at, id);
CREATE INDEX commission_disputes_partner_index ON commission_disputes USING btree (tenant_id, partner_id, opened_at, id);
alter table commission_disputes enable row level security;
create policy tenant_isolation on commission_disputes as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on commission_disputes to tributary_server;
comment on table commission_disputes is 'What partners say against a commission, or about one that is missing. One of a commission that is not settled holds its amount out of what can be paid.';
comment on column commission_disputes.amount_held is 'What the dispute holds now: what it moved, less what reversals have taken of that, plus what a won chargeback brought back; zero once it is settled.';
comment on column commission_disputes.kind is '`commission`: its number is contested; `missing`: the partner expected one and found none.';
comment on column commission_disputes.reference_kind is 'What a missing commission is looked for by.';
comment on column commission_disputes.reference is 'As the partner wrote it; it may name nothing, or what is another''s, which the partner is not told.';
comment on column commission_disputes.transaction_id is 'Of a missing one: the sale, where the reference names a sale of the partner''s own customer.';
comment on column commission_disputes.evidence is 'What was known when it was opened, for the operator: the commission, receipt, event, refunds, touches.';
comment on column commission_disputes.partner_evidence is 'The same without anything of other partners or of customers.';
comment on column commission_disputes.assigned_to is 'Who of the team looks at it.';
comment on column commission_disputes.first_reviewer is 'Who looked at it first, where it was escalated: another person decides. Null where nobody had.';
comment on column commission_disputes.due_at is 'When the next step is due: of the partner while it waits, of us otherwise. Null once it is settled.';
comment on column commission_disputes.time_left_ms is 'What was left of our time when the partner was asked: the clock goes on from there.';
comment on column commission_disputes.reminded_at is 'When whoever is to act was reminded of the present due time.';
comment on column commission_disputes.adjusted_by is 'By how much the number was changed, in minor units of the commission; null where an existing commission settled it.';
comment on column commission_disputes.result_commission_id is 'The commission that holds the corrected number.';

create table commission_plans (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  version integer,
  status text not null default 'draft'::text,
  currency text not null,
  time_zone text not null,
  tiers jsonb not null,
  effective_from timestamp with time zone,
  is_retroactive boolean not null default false,
  created_at timestamp with time zone not null,
  published_at timestamp with time zone,
  constraint commission_plans_pkey PRIMARY KEY (tenant_id, id),
  constraint commission_plans_tenant_id_program_id_version_key UNIQUE (tenant_id, program_id, version),
  constraint commission_plans_tenant_id_program_id_fkey FOREIGN KEY (tenant_id, program_id) REFERENCES programs(tenant_id, id),
  constraint commission_plans_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint commission_plans_published_check CHECK (((status = 'published'::text) = ((published_at IS NOT NULL) AND (version IS NOT NULL)))),
  constraint commission_plans_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text]))),
  constraint commission_plans_version_check CHECK ((version > 0))
);
CREATE TRIGGER commission_plans_published_is_final BEFORE UPDATE ON commission_plans FOR EACH ROW EXECUTE FUNCTION refuse_published_plan_change();
alter table commission_plans enable row level security;
create policy tenant_isolation on commission_plans as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on commission_plans to tributary_server;
comment on table commission_plans is 'Versions of the commission plan. A published one is never edited.';
comment on column commission_plans.version is 'Given when it is published, so that versions are numbered in the order in which they were; null for a draft.';
comment on column commission_plans.currency is 'The programme''s when the version was written: its fixed amounts mean this currency, whatever the programme''s becomes.';
comment on column commission_plans.tiers is 'The terms of each tier, with the plan''s own field names; rates are decimal fractions, amounts minor units.';
comment on column commission_plans.effective_from is 'Null: from the beginning of time, as the first version is. Of the versions in force the one with the highest number counts.';

create table commission_receipts (
  tenant_id uuid not null,
  event_id uuid not null,
  act text not null default ''::text,
  partner_id uuid not null,
  number bigint not null,
  kind text not null,
  referral_id uuid,
  amount bigint,
  original_id uuid,
  occurred_at timestamp with time zone not null,
  receipt jsonb not null,
  assessed_at timestamp with time zone not null,
  constraint commission_receipts_pkey PRIMARY KEY (tenant_id, event_id, act)
);
CREATE INDEX commission_receipts_original_index ON commission_receipts USING btree (tenant_id, original_id) WHERE (original_id IS NOT NULL);
CREATE INDEX commission_receipts_partner_index ON commission_receipts USING btree (tenant_id, partner_id, number);
CREATE TRIGGER commission_receipts_append_only BEFORE DELETE OR UPDATE ON commission_receipts FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table commission_receipts enable row level security;
create policy tenant_isolation on commission_receipts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on commission_receipts to tributary_server;
comment on table commission_receipts is 'Why each event earned what it earned, or nothing: one row for each assessed event and act. The primary key is the guard: no event is assessed twice.';

create table commissions (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  referral_id uuid,
  transaction_id uuid,
  event_id uuid not null,
  rule text not null,
  act text not null default ''::text,
  commission_type text not null,
  amount bigint not null,
  currency text not null,
  rate_ppm bigint,
  status text not null default 'pending'::text,
  reverses_id uuid,
  occurred_at timestamp with time zone not null,
  hold_until timestamp with time zone not null,
  period_start date,
  period_end date,
  calculated_at timestamp with time zone not null,
  approved_at timestamp with time zone,
  paid_at timestamp with time zone,
  closed_by text,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  constraint commissions_pkey PRIMARY KEY (tenant_id, id),
  constraint commissions_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint commissions_tenant_id_referral_id_fkey FOREIGN KEY (tenant_id, referral_id) REFERENCES referrals(tenant_id, id),
  constraint commissions_tenant_id_reverses_id_fkey FOREIGN KEY (tenant_id, reverses_id) REFERENCES commissions(tenant_id, id),
  constraint commissions_tenant_id_transaction_id_fkey FOREIGN KEY (tenant_id, transaction_id) REFERENCES transactions(tenant_id, id),
  constraint commissions_amount_not_zero_check CHECK ((amount <> 0)),
  constraint commissions_closed_check CHECK (((closed_by IS NULL) OR ((closed_by = ANY (ARRAY['event'::text, 'person'::text])) AND (reverses_id IS NULL)))),
  constraint commissions_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint commissions_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'approved'::text, 'paid'::text, 'disputed'::text, 'cancelled'::text]))),
  constraint commissions_type_check CHECK ((commission_type = ANY (ARRAY['signup'::text, 'recurring'::text, 'transaction'::text, 'bonus'::text])))
);
CREATE INDEX commissions_amount_index ON commissions USING btree (tenant_id, amount, id);
CREATE INDEX commissions_currency_index ON commissions USING btree (tenant_id, currency, occurred_at, id);
CREATE INDEX commissions_disputed_index ON commissions USING btree (tenant_id, occurred_at, id) WHERE (status = 'disputed'::text);
CREATE INDEX commissions_due_index ON commissions USING btree (tenant_id, hold_until) WHERE ((status = 'pending'::text) AND (reverses_id IS NULL));
CREATE INDEX commissions_hold_index ON commissions USING btree (tenant_id, partner_id, currency, hold_until, id) WHERE ((status = 'pending'::text) AND (reverses_id IS NULL));
CREATE INDEX commissions_occurred_index ON commissions USING btree (tenant_id, occurred_at, id);
CREATE INDEX commissions_partner_index ON commissions USING btree (tenant_id, partner_id, occurred_at, id);
CREATE INDEX commissions_payable_index ON commissions USING btree (tenant_id, partner_id, currency, approved_at, id) WHERE (status = 'approved'::text);
CREATE INDEX commissions_referral_index ON commissions USING btree (tenant_id, referral_id);
CREATE INDEX commissions_reverses_index ON commissions USING btree (tenant_id, reverses_id) WHERE (reverses_id IS NOT NULL);
CREATE INDEX commissions_transaction_index ON commissions USING btree (tenant_id, transaction_id);
CREATE TRIGGER commissions_never_deleted BEFORE DELETE ON commissions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commissions_never_edited BEFORE UPDATE ON commissions FOR EACH ROW EXECUTE FUNCTION refuse_commission_amount_change();
CREATE TRIGGER commissions_touch_analytics AFTER INSERT ON commissions REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION touch_commissions();
CREATE TRIGGER commissions_touch_analytics_again AFTER UPDATE ON commissions FOR EACH ROW WHEN (((old.occurred_at <> new.occurred_at) OR ((old.status = 'cancelled'::text) <> (new.status = 'cancelled'::text)))) EXECUTE FUNCTION touch_changed_commission();
alter table commissions enable row level security;
create policy tenant_isolation on commissions as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on commissions to tributary_server;
comment on table commissions is 'One row per (event, rule, beneficiary, act): the id is derived from the tenant and these four, so the primary key is the guard. Amounts are never edited; a reversal is a row of its own.';
comment on column commissions.event_id is 'What was assessed: a transaction, or an act in the partner''s recorded sequence.';
comment on column commissions.rule is 'Which rule made it: signup, recurring, transaction, share, and what reverses these, as recurring.reversal.';
comment on column commissions.act is 'Empty, or the re-assessment or re-attribution that made it.';
comment on column commissions.rate_ppm is 'Before bonus and multiplier, in parts per million; null where the amount is flat.';
comment on column commissions.reverses_id is 'The commission of which it takes back, or gives back, a part.';
comment on column commissions.hold_until is 'Until then it is pending: occurred_at and the hold days of its terms.';
comment on column commissions.period_start is 'First day of the period that a true-up settles; null otherwise, since what is reported does not say which period it pays for.';
comment on column commissions.period_end is 'Last day of that period; null as period_start.';
comment on column commissions.approved_at is 'When its money left the pending account.';
comment on column commissions.closed_by is 'What cancelled it, or took it back as a whole: from then on nothing of it is taken or given back.';

create table coupons (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  code text not null,
  is_exclusive boolean not null default true,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  status text not null default 'active'::text,
  created_at timestamp with time zone not null,
  constraint coupons_pkey PRIMARY KEY (tenant_id, id),
  constraint coupons_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint coupons_code_upper_check CHECK ((code = upper(code))),
  constraint coupons_status_check CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text])))
);
CREATE UNIQUE INDEX coupons_code_unique ON coupons USING btree (tenant_id, code) WHERE (status = 'active'::text);
alter table coupons enable row level security;
create policy tenant_isolation on coupons as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on coupons to tributary_server;
comment on table coupons is 'Codes that customers type. An exclusive one outranks any click.';

create table dispute_settings (
  tenant_id uuid not null,
  answer_days integer not null,
  partner_days integer not null,
  reminder_days integer not null,
  updated_at timestamp with time zone not null,
  constraint dispute_settings_pkey PRIMARY KEY (tenant_id),
  constraint dispute_settings_days_check CHECK ((((answer_days >= 1) AND (answer_days <= 90)) AND ((partner_days >= 1) AND (partner_days <= 90)) AND ((reminder_days >= 1) AND (reminder_days <= 30))))
);
alter table dispute_settings enable row level security;
create policy tenant_isolation on dispute_settings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on dispute_settings to tributary_server;
comment on table dispute_settings is 'How long a dispute may take. A programme without a row has the defaults.';
comment on column dispute_settings.answer_days is 'Days that we have to decide, and a second reviewer again.';
comment on column dispute_settings.partner_days is 'Days that the partner has to answer a question.';
comment on column dispute_settings.reminder_days is 'Days before it is due, that whoever is to act is reminded.';

create table export_runs (
  tenant_id uuid not null,
  schedule_id uuid not null,
  period_start date not null,
  period_end date not null,
  status text not null,
  rows bigint,
  begun_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint export_runs_pkey PRIMARY KEY (tenant_id, schedule_id, period_start),
  constraint export_runs_tenant_id_schedule_id_fkey FOREIGN KEY (tenant_id, schedule_id) REFERENCES export_schedules(tenant_id, id),
  constraint export_runs_ended_check CHECK (((status = 'waiting'::text) = (ended_at IS NULL))),
  constraint export_runs_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'delivered'::text, 'too_large'::text, 'not_delivered'::text])))
);
alter table export_runs enable row level security;
create policy tenant_isolation on export_runs as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (ended_at), update (rows), update (status) on export_runs to tributary_server;
comment on table export_runs is 'Each period of a schedule, once: what became of its export.';
comment on column export_runs.status is 'too_large: the mail says so instead of carrying the file; not_delivered: nobody may have it any more.';

create table export_schedules (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid,
  user_id uuid not null,
  report text not null,
  format text not null,
  rhythm text not null,
  delivery text not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint export_schedules_pkey PRIMARY KEY (tenant_id, id),
  constraint export_schedules_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint export_schedules_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint export_schedules_delivery_check CHECK ((delivery = ANY (ARRAY['mail'::text, 'folder'::text]))),
  constraint export_schedules_folder_check CHECK (((delivery = 'mail'::text) OR (partner_id IS NULL))),
  constraint export_schedules_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'json'::text, 'xlsx'::text]))),
  constraint export_schedules_report_check CHECK ((report = ANY (ARRAY['daily'::text, 'referrals'::text, 'commissions'::text]))),
  constraint export_schedules_rhythm_check CHECK ((rhythm = ANY (ARRAY['weekly'::text, 'monthly'::text])))
);
CREATE INDEX export_schedules_created_index ON export_schedules USING btree (tenant_id, created_at, id) WHERE (ended_at IS NULL);
CREATE INDEX export_schedules_partner_index ON export_schedules USING btree (tenant_id, partner_id, created_at, id) WHERE (ended_at IS NULL);
alter table export_schedules enable row level security;
create policy tenant_isolation on export_schedules as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (ended_at) on export_schedules to tributary_server;
comment on table export_schedules is 'Exports that are made of each period when it has ended.';
comment on column export_schedules.partner_id is 'Whose figures, as the partner sees them; null: the programme''s, for the team.';
comment on column export_schedules.user_id is 'Who asked for it, and gets the mail.';
comment on column export_schedules.delivery is 'mail: to that person; folder: into the server''s export folder, for the team alone.';
comment on column export_schedules.ended_at is 'When it was given up; null while it runs.';

create table feature_flags (
  tenant_id uuid not null,
  key text not null,
  is_enabled boolean not null,
  updated_at timestamp with time zone not null,
  constraint feature_flags_pkey PRIMARY KEY (tenant_id, key)
);
alter table feature_flags enable row level security;
create policy tenant_isolation on feature_flags as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on feature_flags to tributary_server;
comment on table feature_flags is 'What is turned on. A flag without a row is off.';

create table files (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  media_type text not null,
  size integer not null,
  content bytea not null,
  created_at timestamp with time zone not null,
  constraint files_pkey PRIMARY KEY (tenant_id, id),
  constraint files_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint files_name_check CHECK ((((length(name) >= 1) AND (length(name) <= 120)) AND (name !~ '[[:cntrl:]/\\]'::text))),
  constraint files_size_check CHECK ((((size >= 1) AND (size <= 2097152)) AND (size = octet_length(content))))
);
alter table files enable row level security;
create policy tenant_isolation on files as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on files to tributary_server;
comment on table files is 'Files that people have sent. Never changed; whoever refers to one says who may read it.';
comment on column files.name is 'As its sender called it, made clean.';
comment on column files.media_type is 'By its content, from the list of what is taken.';
comment on column files.size is 'In bytes.';

create table idempotency_keys (
  tenant_id uuid not null,
  actor text not null,
  key text not null,
  route text not null,
  request_hash bytea not null,
  result jsonb,
  is_secret boolean not null default false,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (tenant_id, actor, key)
);
CREATE INDEX idempotency_keys_created_index ON idempotency_keys USING btree (tenant_id, created_at);
alter table idempotency_keys enable row level security;
create policy tenant_isolation on idempotency_keys as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on idempotency_keys to tributary_server;
comment on table idempotency_keys is 'Answers already given, so that a repeated request is answered again and not done again. An answer that holds a secret is not kept.';
comment on column idempotency_keys.request_hash is 'Of what was asked for: the same key with another request is refused.';
comment on column idempotency_keys.result is 'The answer as it was given; null where it holds a secret, or nothing.';

create table inbox_events (
  tenant_id uuid not null,
  id uuid not null,
  source text not null,
  external_id text not null,
  type text not null,
  payload jsonb not null,
  received_at timestamp with time zone not null,
  processed_at timestamp with time zone,
  failure text,
  constraint inbox_events_pkey PRIMARY KEY (tenant_id, id),
  constraint inbox_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint inbox_events_source_check CHECK ((source = ANY (ARRAY['stripe'::text, 'stripe_connect'::text, 'intake'::text])))
);
CREATE UNIQUE INDEX inbox_events_external_id_unique ON inbox_events USING btree (tenant_id, source, external_id);
CREATE INDEX inbox_events_unprocessed_index ON inbox_events USING btree (tenant_id, received_at) WHERE (processed_at IS NULL);
alter table inbox_events enable row level security;
create policy tenant_isolation on inbox_events as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on inbox_events to tributary_server;
comment on table inbox_events is 'Signed messages from outside: verified, stored, answered; then worked on by a job. A second delivery meets the unique key.';

create table job_runs (
  tenant_id uuid not null,
  name text not null,
  run_id uuid not null,
  started_at timestamp with time zone not null,
  progress bigint not null default 0,
  finished_at timestamp with time zone,
  duration_ms bigint,
  succeeded_at timestamp with time zone,
  failures bigint not null default 0,
  error text,
  constraint job_runs_pkey PRIMARY KEY (tenant_id, name),
  constraint job_runs_finished_check CHECK (((finished_at IS NULL) = (duration_ms IS NULL))),
  constraint job_runs_progress_check CHECK (((progress >= 0) AND (failures >= 0)))
);
alter table job_runs enable row level security;
create policy tenant_isolation on job_runs as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on job_runs to tributary_server;
comment on table job_runs is 'The latest run of each scheduled job in each tenant: a row that the next run replaces, so that the table stays as small as the list of jobs.';
comment on column job_runs.run_id is 'The run that the row tells of. Where two run at once, the one that began later; the earlier one leaves its success alone.';
comment on column job_runs.started_at is 'By the machine''s clock, as all times here: a tenant''s clock may be moved.';
comment on column job_runs.progress is 'How many things the run has done so far, as the job counts them.';
comment on column job_runs.finished_at is 'Null while it runs, and where its process died.';
comment on column job_runs.succeeded_at is 'When a run last ended well.';
comment on column job_runs.failures is 'Runs that ended badly, ever.';
comment on column job_runs.error is 'Of the latest run: a code, never a message, since messages may name people.';

create table ledger_account_kinds (
  kind text not null,
  normal_side text not null,
  may_be_negative boolean not null,
  constraint ledger_account_kinds_pkey PRIMARY KEY (kind),
  constraint ledger_account_kinds_side_check CHECK ((normal_side = ANY (ARRAY['debit'::text, 'credit'::text])))
);
alter table ledger_account_kinds enable row level security;
create policy every_tenant on ledger_account_kinds as permissive for select to tributary_server using (true);
grant select on ledger_account_kinds to tributary_server;
comment on table ledger_account_kinds is 'The chart of accounts, the same for every tenant.';

create table ledger_accounts (
  tenant_id uuid not null,
  partner_id uuid not null,
  currency text not null,
  kind text not null,
  balance bigint not null default 0,
  constraint ledger_accounts_pkey PRIMARY KEY (tenant_id, partner_id, currency, kind),
  constraint ledger_accounts_kind_fkey FOREIGN KEY (kind) REFERENCES ledger_account_kinds(kind),
  constraint ledger_accounts_partner_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint ledger_accounts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint ledger_accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint ledger_accounts_not_negative_check CHECK (((balance >= 0) OR (kind = ANY (ARRAY['commission_expense'::text, 'cash'::text, 'payout_fee'::text, 'payout_cost'::text, 'bad_debt'::text, 'fee_revenue'::text]))))
);
alter table ledger_accounts enable row level security;
create policy opened_empty on ledger_accounts as restrictive for insert to tributary_server with check ((balance = 0));
create policy tenant_isolation on ledger_accounts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on ledger_accounts to tributary_server;
comment on table ledger_accounts is 'One account for each partner, currency and kind, with its balance on its normal side. Only the posting trigger changes a balance.';

create table ledger_postings (
  tenant_id uuid not null,
  kind text not null,
  source_id uuid not null,
  line smallint not null,
  partner_id uuid not null,
  currency text not null,
  debit text not null,
  credit text not null,
  amount bigint not null,
  constraint ledger_postings_pkey PRIMARY KEY (tenant_id, kind, source_id, line),
  constraint ledger_postings_tenant_id_kind_source_id_fkey FOREIGN KEY (tenant_id, kind, source_id) REFERENCES ledger_transactions(tenant_id, kind, source_id),
  constraint ledger_postings_tenant_id_partner_id_currency_credit_fkey FOREIGN KEY (tenant_id, partner_id, currency, credit) REFERENCES ledger_accounts(tenant_id, partner_id, currency, kind),
  constraint ledger_postings_tenant_id_partner_id_currency_debit_fkey FOREIGN KEY (tenant_id, partner_id, currency, debit) REFERENCES ledger_accounts(tenant_id, partner_id, currency, kind),
  constraint ledger_postings_amount_positive_check CHECK ((amount > 0)),
  constraint ledger_postings_two_accounts_check CHECK ((debit <> credit))
);
CREATE INDEX ledger_postings_partner_index ON ledger_postings USING btree (tenant_id, partner_id, currency);
CREATE TRIGGER ledger_postings_append_only BEFORE DELETE OR UPDATE ON ledger_postings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_postings_apply AFTER INSERT ON ledger_postings REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_apply_postings();
CREATE TRIGGER ledger_postings_no_truncate BEFORE TRUNCATE ON ledger_postings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
alter table ledger_postings enable row level security;
create policy tenant_isolation on ledger_postings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on ledger_postings to tributary_server;
comment on table ledger_postings is 'An amount moves from one account to another of the same partner and currency: a posting cannot be unbalanced.';

create table ledger_transactions (
  tenant_id uuid not null,
  kind text not null,
  source_id uuid not null,
  partner_id uuid not null,
  occurred_at timestamp with time zone not null,
  posted_at timestamp with time zone not null,
  constraint ledger_transactions_pkey PRIMARY KEY (tenant_id, kind, source_id),
  constraint ledger_transactions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);
CREATE INDEX ledger_transactions_partner_index ON ledger_transactions USING btree (tenant_id, partner_id, posted_at);
CREATE TRIGGER ledger_transactions_append_only BEFORE DELETE OR UPDATE ON ledger_transactions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transactions_no_truncate BEFORE TRUNCATE ON ledger_transactions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
alter table ledger_transactions enable row level security;
create policy tenant_isolation on ledger_transactions as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on ledger_transactions to tributary_server;
comment on table ledger_transactions is 'One business event in the books. Its key is what caused it, so that nothing is booked twice.';
comment on column ledger_transactions.kind is 'What happened, as commission.assessed or payout.requested; with source_id it is the key.';
comment on column ledger_transactions.source_id is 'What caused it: a commission, a payout, an act.';

create table notice_digests (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  rhythm text not null,
  day date not null,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint notice_digests_pkey PRIMARY KEY (tenant_id, id),
  constraint notice_digests_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint notice_digests_rhythm_check CHECK ((rhythm = ANY (ARRAY['daily'::text, 'weekly'::text])))
);
CREATE INDEX notice_digests_created_index ON notice_digests USING btree (tenant_id, created_at);
CREATE UNIQUE INDEX notice_digests_once_index ON notice_digests USING btree (tenant_id, user_id, rhythm, day);
alter table notice_digests enable row level security;
create policy tenant_isolation on notice_digests as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on notice_digests to tributary_server;
comment on table notice_digests is 'One mail of several notices. Which notices it holds is settled when it is made: sent again it says the same.';
comment on column notice_digests.day is 'In the programme''s time zone: the day on which it is due, of a weekly one the Monday. There is one for a person and day.';

create table notice_preferences (
  tenant_id uuid not null,
  user_id uuid not null,
  kind text not null,
  delivery text not null,
  updated_at timestamp with time zone not null,
  constraint notice_preferences_pkey PRIMARY KEY (tenant_id, user_id, kind),
  constraint notice_preferences_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint notice_preferences_delivery_check CHECK ((delivery = ANY (ARRAY['off'::text, 'at_once'::text, 'daily'::text, 'weekly'::text])))
);
alter table notice_preferences enable row level security;
create policy tenant_isolation on notice_preferences as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on notice_preferences to tributary_server;
comment on table notice_preferences is 'How somebody wishes to hear of a kind of news; where there is no row the default of the kind holds.';

create table notice_templates (
  tenant_id uuid not null,
  name text not null,
  version integer not null,
  subject text,
  text text,
  created_by uuid,
  created_at timestamp with time zone not null,
  constraint notice_templates_pkey PRIMARY KEY (tenant_id, name, version),
  constraint notice_templates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint notice_templates_version_check CHECK ((version > 0)),
  constraint notice_templates_whole_check CHECK (((subject IS NULL) = (text IS NULL)))
);
alter table notice_templates enable row level security;
create policy tenant_isolation on notice_templates as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on notice_templates to tributary_server;
comment on table notice_templates is 'What mails of a kind say, in versions; the newest is in force. Nothing is changed or deleted.';
comment on column notice_templates.name is 'The kind of notice, or `digest`.';
comment on column notice_templates.subject is 'Mustache, as the text is; null: what the program brings along is in force again.';
comment on column notice_templates.created_by is 'Who wrote it; null where a key did.';

create table notices (
  tenant_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  user_id uuid not null,
  kind text not null,
  delivery text not null,
  facts jsonb not null,
  occurred_at timestamp with time zone not null,
  digest_id uuid,
  sent_at timestamp with time zone,
  constraint notices_pkey PRIMARY KEY (tenant_id, id),
  constraint notices_tenant_id_digest_id_fkey FOREIGN KEY (tenant_id, digest_id) REFERENCES notice_digests(tenant_id, id),
  constraint notices_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint notices_delivery_check CHECK ((delivery = ANY (ARRAY['at_once'::text, 'daily'::text, 'weekly'::text])))
);
CREATE INDEX notices_digest_index ON notices USING btree (tenant_id, digest_id, occurred_at, id) WHERE (digest_id IS NOT NULL);
CREATE UNIQUE INDEX notices_event_index ON notices USING btree (tenant_id, event_id);
CREATE INDEX notices_occurred_index ON notices USING btree (tenant_id, occurred_at);
CREATE INDEX notices_user_index ON notices USING btree (tenant_id, user_id, kind) WHERE ((digest_id IS NULL) AND (delivery <> 'at_once'::text));
CREATE INDEX notices_waiting_index ON notices USING btree (tenant_id, delivery, occurred_at) WHERE ((digest_id IS NULL) AND (delivery <> 'at_once'::text));
alter table notices enable row level security;
create policy tenant_isolation on notices as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on notices to tributary_server;
comment on table notices is 'What somebody is to hear of by mail: one for an event.';
comment on column notices.event_id is 'Of the outbox: an event that is told twice makes one notice.';
comment on column notices.facts is 'What its template is filled with. Nothing in it says who a customer is.';
comment on column notices.sent_at is 'Of one sent at once: when the mail server had taken it. Those of a digest are sent with it.';

create table outbox_events (
  tenant_id uuid not null,
  id uuid not null,
  position bigint not null generated always as identity,
  type text not null,
  object_type text not null,
  object_id uuid not null,
  data jsonb not null,
  occurred_at timestamp with time zone not null,
  dispatched_at timestamp with time zone,
  attempts smallint not null default 0,
  last_error text,
  retry_at timestamp with time zone,
  given_up_at timestamp with time zone,
  recorded_at timestamp with time zone not null default now(),
  constraint outbox_events_pkey PRIMARY KEY (tenant_id, id),
  constraint outbox_events_settled_once_check CHECK (((dispatched_at IS NULL) OR (given_up_at IS NULL)))
);
CREATE INDEX outbox_events_dispatched_index ON outbox_events USING btree (tenant_id, dispatched_at) WHERE (dispatched_at IS NOT NULL);
CREATE INDEX outbox_events_given_up_index ON outbox_events USING btree (tenant_id, "position") WHERE (given_up_at IS NOT NULL);
CREATE INDEX outbox_events_retried_index ON outbox_events USING btree (tenant_id, object_id, "position") WHERE ((retry_at IS NOT NULL) AND (dispatched_at IS NULL) AND (given_up_at IS NULL));
CREATE INDEX outbox_events_undispatched_index ON outbox_events USING btree ("position") WHERE ((dispatched_at IS NULL) AND (given_up_at IS NULL));
alter table outbox_events enable row level security;
create policy tenant_isolation on outbox_events as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on outbox_events to tributary_server;
comment on table outbox_events is 'What happened, written in the transaction of the change it reports; listeners outside that transaction read it from here.';
comment on column outbox_events.position is 'The order in which events were written; dispatched in this order.';
comment on column outbox_events.recorded_at is 'When it was written, by the clock of the database: what its age is told from.';

create table partner_analytics (
  tenant_id uuid not null,
  partner_id uuid not null,
  metric_date date not null,
  currency text not null,
  clicks bigint not null default 0,
  signups bigint not null default 0,
  conversions bigint not null default 0,
  revenue bigint not null default 0,
  payments bigint not null default 0,
  card_revenue bigint not null default 0,
  refunds bigint not null default 0,
  chargebacks bigint not null default 0,
  chargebacks_won bigint not null default 0,
  card_volume bigint not null default 0,
  commission_earned bigint not null default 0,
  commission_signup bigint not null default 0,
  commission_recurring bigint not null default 0,
  commission_transaction bigint not null default 0,
  commission_bonus bigint not null default 0,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint partner_analytics_pkey PRIMARY KEY (tenant_id, partner_id, metric_date, currency),
  constraint partner_analytics_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_analytics_commission_adds_up_check CHECK ((commission_earned = (((commission_signup + commission_recurring) + commission_transaction) + commission_bonus))),
  constraint partner_analytics_revenue_adds_up_check CHECK ((revenue = ((((payments + card_revenue) - refunds) - chargebacks) + chargebacks_won)))
);
CREATE INDEX partner_analytics_date_index ON partner_analytics USING btree (tenant_id, metric_date);
alter table partner_analytics enable row level security;
create policy tenant_isolation on partner_analytics as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on partner_analytics to tributary_server;
comment on table partner_analytics is 'A day of a partner in one currency, in the programme''s time zone. What has no currency (clicks, signups, conversions) is counted under the programme''s.';
comment on column partner_analytics.revenue is 'Amount less tax of payments and own revenue of card events, less what reversals take back of them on the reversal''s own day.';
comment on column partner_analytics.card_volume is 'What customers moved by card, reversals not taken off; for information, part of no sum.';

create table partner_api_keys (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid,
  key_name text not null,
  api_key text not null,
  api_secret_hash text not null,
  permissions jsonb not null default '[]'::jsonb,
  ip_allow_list jsonb not null default '[]'::jsonb,
  created_by uuid,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  status text not null default 'active'::text,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint partner_api_keys_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_api_keys_api_key_key UNIQUE (api_key),
  constraint partner_api_keys_partner_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_api_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint partner_api_keys_name_length_check CHECK (((char_length(key_name) >= 1) AND (char_length(key_name) <= 100))),
  constraint partner_api_keys_status_check CHECK ((status = ANY (ARRAY['active'::text, 'revoked'::text, 'expired'::text])))
);
CREATE INDEX partner_api_keys_partner_index ON partner_api_keys USING btree (tenant_id, partner_id, created_at);
alter table partner_api_keys enable row level security;
create policy tenant_isolation on partner_api_keys as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_api_keys to tributary_server;
comment on table partner_api_keys is 'Keys of partners, and of the operator (no partner). The id is public; of the secret only a peppered hash is kept.';
comment on column partner_api_keys.partner_id is 'Null: a key of the operator.';
comment on column partner_api_keys.api_key is 'The public id: the user name of basic authentication.';
comment on column partner_api_keys.api_secret_hash is 'A peppered HMAC of 256 random bits that were shown once.';
comment on column partner_api_keys.permissions is 'Scopes.';

create table partner_budget_claim_files (
  tenant_id uuid not null,
  claim_id uuid not null,
  file_id uuid not null,
  constraint partner_budget_claim_files_pkey PRIMARY KEY (tenant_id, file_id),
  constraint partner_budget_claim_files_tenant_id_claim_id_fkey FOREIGN KEY (tenant_id, claim_id) REFERENCES partner_budget_claims(tenant_id, id),
  constraint partner_budget_claim_files_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES files(tenant_id, id)
);
CREATE INDEX partner_budget_claim_files_claim_index ON partner_budget_claim_files USING btree (tenant_id, claim_id);
alter table partner_budget_claim_files enable row level security;
create policy tenant_isolation on partner_budget_claim_files as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on partner_budget_claim_files to tributary_server;
comment on table partner_budget_claim_files is 'Proof of what was spent; who sees the claim may read it.';

create table partner_budget_claims (
  tenant_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  partner_id uuid not null,
  amount bigint not null,
  spent_on date not null,
  description text not null,
  status text not null,
  granted bigint,
  reason text,
  first_approved_by uuid,
  first_amount bigint,
  commission_id uuid,
  submitted_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  constraint partner_budget_claims_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_budget_claims_tenant_id_budget_id_fkey FOREIGN KEY (tenant_id, budget_id) REFERENCES partner_budgets(tenant_id, id),
  constraint partner_budget_claims_tenant_id_commission_id_fkey FOREIGN KEY (tenant_id, commission_id) REFERENCES commissions(tenant_id, id),
  constraint partner_budget_claims_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_budget_claims_amount_check CHECK ((amount > 0)),
  constraint partner_budget_claims_commission_check CHECK (((status = 'approved'::text) = (commission_id IS NOT NULL))),
  constraint partner_budget_claims_decided_check CHECK (((status = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_at IS NOT NULL))),
  constraint partner_budget_claims_first_check CHECK (((first_approved_by IS NULL) = (first_amount IS NULL))),
  constraint partner_budget_claims_granted_check CHECK ((((status = 'approved'::text) = (granted IS NOT NULL)) AND ((granted >= 1) AND (granted <= amount)))),
  constraint partner_budget_claims_status_check CHECK ((status = ANY (ARRAY['submitted'::text, 'escalated'::text, 'approved'::text, 'rejected'::text])))
);
CREATE INDEX partner_budget_claims_budget_index ON partner_budget_claims USING btree (tenant_id, budget_id);
CREATE INDEX partner_budget_claims_partner_index ON partner_budget_claims USING btree (tenant_id, partner_id, submitted_at, id);
CREATE INDEX partner_budget_claims_status_index ON partner_budget_claims USING btree (tenant_id, status, submitted_at, id);
CREATE INDEX partner_budget_claims_submitted_index ON partner_budget_claims USING btree (tenant_id, submitted_at, id);
CREATE TRIGGER partner_budget_claims_never_deleted BEFORE DELETE ON partner_budget_claims FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table partner_budget_claims enable row level security;
create policy tenant_isolation on partner_budget_claims as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (commission_id), update (decided_at), update (first_amount), update (first_approved_by), update (granted), update (reason), update (status) on partner_budget_claims to tributary_server;
comment on table partner_budget_claims is 'What a partner has spent of a budget, and what of it was approved.';
comment on column partner_budget_claims.status is 'submitted; escalated: one person approved it, and a second has to; approved; rejected.';
comment on column partner_budget_claims.granted is 'What was approved of the amount.';
comment on column partner_budget_claims.reason is 'Why it was rejected, or approved in part.';
comment on column partner_budget_claims.commission_id is 'The row of earnings that pays it.';

create table partner_budget_grants (
  tenant_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  source text not null,
  amount bigint not null,
  reason text,
  granted_by text not null,
  granted_at timestamp with time zone not null,
  constraint partner_budget_grants_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_budget_grants_tenant_id_budget_id_fkey FOREIGN KEY (tenant_id, budget_id) REFERENCES partner_budgets(tenant_id, id),
  constraint partner_budget_grants_amount_check CHECK ((amount > 0)),
  constraint partner_budget_grants_reason_check CHECK (((source = 'operator'::text) = (reason IS NOT NULL))),
  constraint partner_budget_grants_source_check CHECK ((source = ANY (ARRAY['terms'::text, 'operator'::text])))
);
CREATE INDEX partner_budget_grants_budget_index ON partner_budget_grants USING btree (tenant_id, budget_id, granted_at, id);
CREATE UNIQUE INDEX partner_budget_grants_terms_index ON partner_budget_grants USING btree (tenant_id, budget_id) WHERE (source = 'terms'::text);
CREATE TRIGGER partner_budget_grants_append_only BEFORE DELETE OR UPDATE ON partner_budget_grants FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table partner_budget_grants enable row level security;
create policy tenant_isolation on partner_budget_grants as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on partner_budget_grants to tributary_server;
comment on table partner_budget_grants is 'What a budget was granted by: the partner''s terms, once, or somebody of the team. Append-only.';

create table partner_budgets (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  period_start date not null,
  period_end date not null,
  currency text not null,
  granted bigint not null,
  waiting bigint not null,
  used bigint not null,
  opened_at timestamp with time zone not null,
  expired_at timestamp with time zone,
  constraint partner_budgets_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_budgets_tenant_id_partner_id_period_start_period_en_key UNIQUE (tenant_id, partner_id, period_start, period_end, currency),
  constraint partner_budgets_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_budgets_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint partner_budgets_period_check CHECK ((period_end >= period_start)),
  constraint partner_budgets_sum_check CHECK (((waiting >= 0) AND (used >= 0) AND ((waiting + used) <= granted)))
);
CREATE INDEX partner_budgets_open_index ON partner_budgets USING btree (tenant_id, period_end, id) WHERE (expired_at IS NULL);
CREATE INDEX partner_budgets_period_index ON partner_budgets USING btree (tenant_id, period_end, id);
CREATE TRIGGER partner_budgets_never_deleted BEFORE DELETE ON partner_budgets FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table partner_budgets enable row level security;
create policy tenant_isolation on partner_budgets as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (expired_at), update (granted), update (used), update (waiting) on partner_budgets to tributary_server;
comment on table partner_budgets is 'What a partner may spend on marketing in a period at the operator''s cost, and what has become of it. Minor units.';
comment on column partner_budgets.period_end is 'The last day, included: nothing is claimed after it.';
comment on column partner_budgets.granted is 'Sum of its grants.';
comment on column partner_budgets.waiting is 'Claimed and not decided on.';
comment on column partner_budgets.used is 'Approved of claims. With what waits it is never more than what was granted.';
comment on column partner_budgets.expired_at is 'When its end was told; claims that wait are decided all the same.';

create table partner_events (
  tenant_id uuid not null,
  partner_id uuid not null,
  number bigint not null,
  id uuid not null,
  kind text not null,
  referral_id uuid,
  data jsonb not null default '{}'::jsonb,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint partner_events_pkey PRIMARY KEY (tenant_id, partner_id, number),
  constraint partner_events_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint partner_events_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id)
);
CREATE INDEX partner_events_referral_index ON partner_events USING btree (tenant_id, referral_id, number);
CREATE TRIGGER partner_events_append_only BEFORE DELETE OR UPDATE ON partner_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table partner_events enable row level security;
create policy tenant_isolation on partner_events as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on partner_events to tributary_server;
comment on table partner_events is 'Acts that decide earnings (conversion, verification, suspension, terms …) in the partner''s recorded sequence; its transactions carry the other numbers of the same sequence.';

create table partner_fee_agreements (
  tenant_id uuid not null,
  partner_id uuid not null,
  starts_on date not null,
  ends_on date,
  next_on date not null,
  support_from date,
  may_set_off boolean not null,
  due_days smallint not null,
  updated_at timestamp with time zone not null,
  constraint partner_fee_agreements_pkey PRIMARY KEY (tenant_id, partner_id),
  constraint partner_fee_agreements_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_fee_agreements_due_days_check CHECK (((due_days >= 0) AND (due_days <= 365))),
  constraint partner_fee_agreements_next_check CHECK ((next_on >= starts_on))
);
CREATE INDEX partner_fee_agreements_next_index ON partner_fee_agreements USING btree (tenant_id, next_on, partner_id);
alter table partner_fee_agreements enable row level security;
create policy tenant_isolation on partner_fee_agreements as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_fee_agreements to tributary_server;
comment on table partner_fee_agreements is 'That a partner is invoiced the fees of its terms, and from when on; nobody without a row is.';
comment on column partner_fee_agreements.starts_on is 'The first day of the first month that is invoiced; months run from it.';
comment on column partner_fee_agreements.ends_on is 'No month is invoiced that begins on or after it.';
comment on column partner_fee_agreements.next_on is 'The first day of the next month to be invoiced.';
comment on column partner_fee_agreements.support_from is 'Months that begin on or after it owe the support fee; null: support is not ordered.';
comment on column partner_fee_agreements.may_set_off is 'Whether the partner has agreed that fees are set off against its earnings.';
comment on column partner_fee_agreements.due_days is 'Days from the issue of an invoice to the day on which it is due.';

create table partner_fee_usages (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  reference text not null,
  quantity integer not null,
  recorded_at timestamp with time zone not null,
  invoice_id uuid,
  constraint partner_fee_usages_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_fee_usages_tenant_id_partner_id_reference_key UNIQUE (tenant_id, partner_id, reference),
  constraint partner_fee_usages_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES partner_invoices(tenant_id, id),
  constraint partner_fee_usages_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_fee_usages_quantity_check CHECK ((quantity > 0))
);
CREATE INDEX partner_fee_usages_waiting_index ON partner_fee_usages USING btree (tenant_id, partner_id, recorded_at, id) WHERE (invoice_id IS NULL);
alter table partner_fee_usages enable row level security;
create policy tenant_isolation on partner_fee_usages as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (invoice_id) on partner_fee_usages to tributary_server;
comment on table partner_fee_usages is 'Card products that a partner has had made: each owes the card fee, on the invoice of the next month.';
comment on column partner_fee_usages.reference is 'The operator''s name for it; told twice it is the same.';
comment on column partner_fee_usages.invoice_id is 'The invoice that charges it; null while it waits.';

create table partner_funnel_days (
  tenant_id uuid not null,
  partner_id uuid not null,
  metric_date date not null,
  source text not null,
  source_id uuid not null,
  clicks bigint not null default 0,
  repeat_clicks bigint not null default 0,
  signups bigint not null default 0,
  conversions bigint not null default 0,
  qualified bigint not null default 0,
  rejected bigint not null default 0,
  constraint partner_funnel_days_pkey PRIMARY KEY (tenant_id, partner_id, metric_date, source, source_id),
  constraint partner_funnel_days_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id)
);
CREATE INDEX partner_funnel_days_date_index ON partner_funnel_days USING btree (tenant_id, metric_date);
alter table partner_funnel_days enable row level security;
create policy tenant_isolation on partner_funnel_days as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on partner_funnel_days to tributary_server;
comment on table partner_funnel_days is 'The counts of a day of a partner by where they came from; partner_analytics has their sums.';
comment on column partner_funnel_days.source_id is 'The link of a click, the coupon of a coupon; the nil UUID where there is neither.';

create table partner_invitations (
  tenant_id uuid not null,
  id uuid not null,
  email text not null,
  created_at timestamp with time zone not null,
  constraint partner_invitations_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_invitations_email_unique UNIQUE (tenant_id, email),
  constraint partner_invitations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint partner_invitations_email_lower_check CHECK ((email = lower(email)))
);
alter table partner_invitations enable row level security;
create policy tenant_isolation on partner_invitations as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on partner_invitations to tributary_server;
comment on table partner_invitations is 'E-mails that may register while only the beta flag is on.';

create table partner_invoice_lines (
  tenant_id uuid not null,
  invoice_id uuid not null,
  line smallint not null,
  kind text not null,
  description text not null,
  quantity integer not null,
  unit_amount bigint not null,
  amount bigint not null,
  constraint partner_invoice_lines_pkey PRIMARY KEY (tenant_id, invoice_id, line),
  constraint partner_invoice_lines_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES partner_invoices(tenant_id, id),
  constraint partner_invoice_lines_amount_check CHECK (((quantity > 0) AND (unit_amount > 0) AND (amount = (quantity * unit_amount)))),
  constraint partner_invoice_lines_kind_check CHECK ((kind = ANY (ARRAY['setup'::text, 'integration'::text, 'licence'::text, 'support'::text, 'card'::text, 'other'::text])))
);
CREATE TRIGGER partner_invoice_lines_append_only BEFORE DELETE OR UPDATE ON partner_invoice_lines FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table partner_invoice_lines enable row level security;
create policy tenant_isolation on partner_invoice_lines as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on partner_invoice_lines to tributary_server;
comment on table partner_invoice_lines is 'What an invoice is made of.';
comment on column partner_invoice_lines.amount is 'Minor units of the invoice''s currency: quantity times unit_amount.';

create table partner_invoice_numbers (
  tenant_id uuid not null,
  series text not null,
  last bigint not null,
  constraint partner_invoice_numbers_pkey PRIMARY KEY (tenant_id, series),
  constraint partner_invoice_numbers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint partner_invoice_numbers_series_check CHECK ((series = ANY (ARRAY['invoice'::text, 'credit_note'::text])))
);
alter table partner_invoice_numbers enable row level security;
create policy tenant_isolation on partner_invoice_numbers as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_invoice_numbers to tributary_server;
comment on table partner_invoice_numbers is 'The last number given in each series: taken in the transaction that uses it, so that none is missing.';

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
  recorded_at timestamp with time zone not null,
  constraint partner_invoice_settlements_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_invoice_settlements_tenant_id_number_key UNIQUE (tenant_id, number),
  constraint partner_invoice_settlements_tenant_id_commission_id_fkey FOREIGN KEY (tenant_id, commission_id) REFERENCES commissions(tenant_id, id),
  constraint partner_invoice_settlements_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES partner_invoices(tenant_id, id),
  constraint partner_invoice_settlements_amount_check CHECK ((amount > 0)),
  constraint partner_invoice_settlements_commission_check CHECK (((kind = 'set_off'::text) = (commission_id IS NOT NULL))),
  constraint partner_invoice_settlements_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'credit'::text, 'set_off'::text]))),
  constraint partner_invoice_settlements_number_check CHECK (((kind = 'credit'::text) = (number IS NOT NULL)))
);
CREATE INDEX partner_invoice_settlements_invoice_index ON partner_invoice_settlements USING btree (tenant_id, invoice_id, recorded_at, id);
CREATE UNIQUE INDEX partner_invoice_settlements_payment_index ON partner_invoice_settlements USING btree (tenant_id, invoice_id, reference) WHERE (kind = 'payment'::text);
CREATE TRIGGER partner_invoice_settlements_append_only BEFORE DELETE OR UPDATE ON partner_invoice_settlements FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table partner_invoice_settlements enable row level security;
create policy tenant_isolation on partner_invoice_settlements as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on partner_invoice_settlements to tributary_server;
comment on table partner_invoice_settlements is 'What an invoice was settled by: money, a credit note, or earnings. Append-only; together never more than its total.';
comment on column partner_invoice_settlements.reference is 'Of a payment the bank''s or finance''s reference, otherwise the reason.';
comment on column partner_invoice_settlements.number is 'Of a credit note, without gaps within the tenant.';
comment on column partner_invoice_settlements.commission_id is 'The negative row by which payouts know of what was set off.';

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
  issued_at timestamp with time zone not null,
  overdue_told_at timestamp with time zone,
  reminders smallint not null default 0,
  constraint partner_invoices_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_invoices_tenant_id_number_key UNIQUE (tenant_id, number),
  constraint partner_invoices_tenant_id_partner_id_period_start_key UNIQUE (tenant_id, partner_id, period_start),
  constraint partner_invoices_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_invoices_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint partner_invoices_due_check CHECK ((due_on >= issued_on)),
  constraint partner_invoices_reminders_check CHECK ((reminders >= 0)),
  constraint partner_invoices_total_check CHECK ((total > 0))
);
CREATE INDEX partner_invoices_due_index ON partner_invoices USING btree (tenant_id, due_on, id) WHERE (reminders < 3);
CREATE INDEX partner_invoices_issued_index ON partner_invoices USING btree (tenant_id, issued_at, id);
CREATE INDEX partner_invoices_partner_index ON partner_invoices USING btree (tenant_id, partner_id, issued_at, id);
CREATE TRIGGER partner_invoices_never_deleted BEFORE DELETE ON partner_invoices FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table partner_invoices enable row level security;
create policy tenant_isolation on partner_invoices as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (overdue_told_at), update (reminders) on partner_invoices to tributary_server;
comment on table partner_invoices is 'What a partner was charged. Never changed: what becomes of it are rows of partner_invoice_settlements.';
comment on column partner_invoices.number is 'Without gaps within the tenant.';
comment on column partner_invoices.period_start is 'The month that it is of; null where a person issued it. Unique: a month is invoiced once.';
comment on column partner_invoices.overdue_told_at is 'When the partner was last reminded that it is overdue; it and the number of reminders are all that changes.';
comment on column partner_invoices.reminders is 'How often the partner was reminded that it is overdue.';

create table partner_payouts (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  method_id uuid not null,
  amount bigint not null,
  currency text not null,
  fee bigint not null default 0,
  tax_withheld bigint not null default 0,
  payment_method text not null,
  status text not null default 'pending'::text,
  bank_status text,
  bank_payout_id text,
  failure_code text,
  requested_by text not null,
  requested_at timestamp with time zone not null,
  processed_at timestamp with time zone,
  exported_at timestamp with time zone,
  created_at timestamp with time zone not null,
  batch_id uuid,
  operator_fee bigint not null default 0,
  opening_balance bigint,
  released_at timestamp with time zone,
  constraint partner_payouts_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_payouts_batch_fkey FOREIGN KEY (tenant_id, batch_id) REFERENCES payout_batches(tenant_id, id),
  constraint partner_payouts_tenant_id_method_id_fkey FOREIGN KEY (tenant_id, method_id) REFERENCES payout_methods(tenant_id, id),
  constraint partner_payouts_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_payouts_amount_positive_check CHECK ((amount > 0)),
  constraint partner_payouts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint partner_payouts_net_positive_check CHECK (((fee >= 0) AND (tax_withheld >= 0) AND ((fee + tax_withheld) <= amount))),
  constraint partner_payouts_operator_fee_check CHECK ((operator_fee >= 0)),
  constraint partner_payouts_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'processing'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX partner_payouts_amount_index ON partner_payouts USING btree (tenant_id, amount, id);
CREATE INDEX partner_payouts_bank_file_index ON partner_payouts USING btree (tenant_id, processed_at, id) WHERE ((payment_method = 'bank_file'::text) AND (status = 'completed'::text));
CREATE INDEX partner_payouts_batch_index ON partner_payouts USING btree (tenant_id, batch_id, id) WHERE (batch_id IS NOT NULL);
CREATE INDEX partner_payouts_currency_index ON partner_payouts USING btree (tenant_id, currency, requested_at, id);
CREATE INDEX partner_payouts_method_index ON partner_payouts USING btree (tenant_id, method_id, processed_at) WHERE (status = 'completed'::text);
CREATE INDEX partner_payouts_partner_index ON partner_payouts USING btree (tenant_id, partner_id, created_at, id);
CREATE INDEX partner_payouts_released_index ON partner_payouts USING btree (tenant_id, currency, released_at) WHERE (released_at IS NOT NULL);
CREATE INDEX partner_payouts_requested_index ON partner_payouts USING btree (tenant_id, requested_at, id);
CREATE INDEX partner_payouts_status_index ON partner_payouts USING btree (tenant_id, status, created_at, id);
alter table partner_payouts enable row level security;
create policy tenant_isolation on partner_payouts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_payouts to tributary_server;
comment on table partner_payouts is 'Money on its way to a partner, reserved in the ledger when it was requested.';
comment on column partner_payouts.amount is 'Gross; net is amount less fee and tax withheld.';
comment on column partner_payouts.bank_payout_id is 'The payment of the provider to the bank that bank_status speaks of.';
comment on column partner_payouts.failure_code is 'Why it failed, or why it went back to waiting.';
comment on column partner_payouts.exported_at is 'When it first stood in a bank file that the operator took.';
comment on column partner_payouts.batch_id is 'The batch in which it waits for its release, or was released.';
comment on column partner_payouts.operator_fee is 'The fee of its transfer that the programme bears; `fee` is what the partner bears.';
comment on column partner_payouts.opening_balance is 'What was available to the partner when it was requested, for its statement.';

create table partner_retention_months (
  tenant_id uuid not null,
  partner_id uuid not null,
  cohort_month date not null,
  month date not null,
  customers bigint not null,
  constraint partner_retention_months_pkey PRIMARY KEY (tenant_id, partner_id, cohort_month, month),
  constraint partner_retention_months_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_retention_months_customers_check CHECK ((customers > 0))
);
CREATE INDEX partner_retention_months_cohort_index ON partner_retention_months USING btree (tenant_id, cohort_month);
CREATE INDEX partner_retention_months_month_index ON partner_retention_months USING btree (tenant_id, partner_id, month);
alter table partner_retention_months enable row level security;
create policy tenant_isolation on partner_retention_months as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on partner_retention_months to tributary_server;
comment on table partner_retention_months is 'Of the customers that were tied to a partner in one month, how many paid in another: a payment or a card event above nothing, refunded later or not.';
comment on column partner_retention_months.cohort_month is 'First day of the month of the conversion, in the programme''s time zone; how many they are is the sum of conversions in partner_funnel_days.';

create table partner_revenue_facts (
  tenant_id uuid not null,
  partner_id uuid not null,
  metric_date date not null,
  dimension text not null,
  value text not null,
  currency text not null,
  sales bigint not null,
  taken_back bigint not null,
  constraint partner_revenue_facts_pkey PRIMARY KEY (tenant_id, partner_id, metric_date, dimension, value, currency),
  constraint partner_revenue_facts_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_revenue_facts_dimension_check CHECK ((dimension = ANY (ARRAY['product'::text, 'plan'::text, 'country'::text, 'campaign'::text, 'cohort'::text])))
);
CREATE INDEX partner_revenue_facts_date_index ON partner_revenue_facts USING btree (tenant_id, dimension, metric_date);
alter table partner_revenue_facts enable row level security;
create policy tenant_isolation on partner_revenue_facts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on partner_revenue_facts to tributary_server;
comment on table partner_revenue_facts is 'The revenue of a day by what its sales were of. Of each dimension the values together are the revenue of the day.';
comment on column partner_revenue_facts.value is 'Of a cohort the month in which the customer was tied to the partner, as YYYY-MM; empty where nothing was reported.';
comment on column partner_revenue_facts.sales is 'Payments less tax, and card revenue; minor units.';
comment on column partner_revenue_facts.taken_back is 'Refunds and chargebacks less what was won of them, on their own days, by what was sold.';

create table partner_sequences (
  tenant_id uuid not null,
  partner_id uuid not null,
  last_number bigint not null default 0,
  constraint partner_sequences_pkey PRIMARY KEY (tenant_id, partner_id),
  constraint partner_sequences_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id)
);
alter table partner_sequences enable row level security;
create policy tenant_isolation on partner_sequences as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_sequences to tributary_server;
comment on table partner_sequences is 'The last number of the partner''s recorded sequence. Taking a number locks the row: recording for one partner happens in one order.';

create table partner_standings (
  tenant_id uuid not null,
  partner_id uuid not null,
  approved_at timestamp with time zone,
  terminated_at timestamp with time zone,
  suspended_by bigint,
  clients integer not null default 0,
  retroactive_terms jsonb not null default '[]'::jsonb,
  constraint partner_standings_pkey PRIMARY KEY (tenant_id, partner_id),
  constraint partner_standings_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_standings_clients_check CHECK ((clients >= 0))
);
alter table partner_standings enable row level security;
create policy tenant_isolation on partner_standings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_standings to tributary_server;
comment on table partner_standings is 'Where each partner stands in its recorded sequence, as the engine left it; a replay of the events gives the same. Written under the lock of the sequence.';

create table partner_step_days (
  tenant_id uuid not null,
  partner_id uuid not null,
  metric_date date not null,
  step text not null,
  bucket smallint not null,
  referrals bigint not null,
  constraint partner_step_days_pkey PRIMARY KEY (tenant_id, partner_id, metric_date, step, bucket),
  constraint partner_step_days_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_step_days_bucket_check CHECK ((bucket >= 0)),
  constraint partner_step_days_referrals_check CHECK ((referrals > 0)),
  constraint partner_step_days_step_check CHECK ((step = ANY (ARRAY['click_to_signup'::text, 'signup_to_conversion'::text, 'conversion_to_payment'::text])))
);
CREATE INDEX partner_step_days_date_index ON partner_step_days USING btree (tenant_id, metric_date);
alter table partner_step_days enable row level security;
create policy tenant_isolation on partner_step_days as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on partner_step_days to tributary_server;
comment on table partner_step_days is 'How long referrals took from one step to the next, counted on the day of the later one.';
comment on column partner_step_days.bucket is 'They took at most 2^(bucket/4) seconds, and more than the bucket before says; 0 is up to a second.';

create table partner_terms (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  number bigint not null,
  plan_id uuid not null,
  tier text not null,
  overrides jsonb not null default '{}'::jsonb,
  reason text,
  effective_from timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint partner_terms_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_terms_tenant_id_partner_id_number_key UNIQUE (tenant_id, partner_id, number),
  constraint partner_terms_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_terms_tenant_id_plan_id_fkey FOREIGN KEY (tenant_id, plan_id) REFERENCES commission_plans(tenant_id, id),
  constraint partner_terms_tier_check CHECK ((tier = ANY (ARRAY['tier1'::text, 'tier2'::text, 'tier3'::text, 'tier4'::text])))
);
CREATE TRIGGER partner_terms_append_only BEFORE DELETE OR UPDATE ON partner_terms FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table partner_terms enable row level security;
create policy tenant_isolation on partner_terms as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on partner_terms to tributary_server;
comment on table partner_terms is 'A partner''s terms over time: a tier of a plan version, and overrides inside the tier''s allowed range. Of the rows in force the one with the highest number counts.';
comment on column partner_terms.number is 'Its place in the partner''s recorded sequence, where a terms event announces it.';
comment on column partner_terms.effective_from is 'Null: from the beginning of time.';

create table partner_tier_changes (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  from_tier text not null,
  to_tier text not null,
  status text not null default 'requested'::text,
  eligibility jsonb not null default '{}'::jsonb,
  reason text,
  requested_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  constraint partner_tier_changes_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_tier_changes_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_tier_changes_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text]))),
  constraint partner_tier_changes_tier_check CHECK (((to_tier = ANY (ARRAY['tier1'::text, 'tier2'::text, 'tier3'::text, 'tier4'::text])) AND (to_tier <> from_tier)))
);
CREATE UNIQUE INDEX partner_tier_changes_one_open_index ON partner_tier_changes USING btree (tenant_id, partner_id) WHERE (status = 'requested'::text);
CREATE INDEX partner_tier_changes_partner_index ON partner_tier_changes USING btree (tenant_id, partner_id, requested_at, id);
CREATE INDEX partner_tier_changes_requested_index ON partner_tier_changes USING btree (tenant_id, requested_at, id);
alter table partner_tier_changes enable row level security;
create policy tenant_isolation on partner_tier_changes as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_tier_changes to tributary_server;
comment on table partner_tier_changes is 'Requests for another tier, how the partner stood to what the tier asks for, and what was decided.';

create table partner_tier_reviews (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  tier text not null,
  minimum integer not null,
  days integer not null,
  counted integer not null,
  status text not null default 'open'::text,
  opened_at timestamp with time zone not null,
  reviewed_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint partner_tier_reviews_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_tier_reviews_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_tier_reviews_closed_check CHECK (((status = 'open'::text) = (closed_at IS NULL))),
  constraint partner_tier_reviews_figures_check CHECK (((minimum > 0) AND (days > 0) AND (counted >= 0))),
  constraint partner_tier_reviews_status_check CHECK ((status = ANY (ARRAY['open'::text, 'met'::text, 'moot'::text]))),
  constraint partner_tier_reviews_tier_check CHECK ((tier = ANY (ARRAY['tier1'::text, 'tier2'::text, 'tier3'::text, 'tier4'::text])))
);
CREATE UNIQUE INDEX partner_tier_reviews_one_open_index ON partner_tier_reviews USING btree (tenant_id, partner_id) WHERE (status = 'open'::text);
CREATE INDEX partner_tier_reviews_opened_index ON partner_tier_reviews USING btree (tenant_id, opened_at, id);
CREATE INDEX partner_tier_reviews_partner_index ON partner_tier_reviews USING btree (tenant_id, partner_id, opened_at, id);
alter table partner_tier_reviews enable row level security;
create policy tenant_isolation on partner_tier_reviews as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_tier_reviews to tributary_server;
comment on table partner_tier_reviews is 'Partners who brought fewer customers than their tier asks for. Open until they meet it again (met) or it asks for nothing of them any more (moot).';
comment on column partner_tier_reviews.counted is 'Referrals that qualified in the days before the latest review.';
comment on column partner_tier_reviews.reviewed_at is 'When it was last counted.';

create table partner_webhooks (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid,
  url text not null,
  description text,
  events jsonb not null,
  secret_encrypted bytea not null,
  status text not null default 'active'::text,
  status_reason text,
  failure_count integer not null default 0,
  failing_since timestamp with time zone,
  warned_at timestamp with time zone,
  throttled_until timestamp with time zone,
  last_triggered_at timestamp with time zone,
  last_delivered_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  retired_secrets_encrypted bytea[] not null default '{}'::bytea[],
  retired_secrets_until timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  constraint partner_webhooks_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_webhooks_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_webhooks_retired_secrets_check CHECK ((cardinality(retired_secrets_encrypted) = cardinality(retired_secrets_until))),
  constraint partner_webhooks_status_check CHECK ((status = ANY (ARRAY['active'::text, 'inactive'::text, 'failed'::text])))
);
CREATE INDEX partner_webhooks_failing_index ON partner_webhooks USING btree (tenant_id, failing_since) WHERE ((failing_since IS NOT NULL) AND (status = 'active'::text));
CREATE INDEX partner_webhooks_owner_index ON partner_webhooks USING btree (tenant_id, partner_id, created_at, id) WHERE (deleted_at IS NULL);
alter table partner_webhooks enable row level security;
create policy tenant_isolation on partner_webhooks as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on partner_webhooks to tributary_server;
comment on table partner_webhooks is 'Endpoints that are told of events: a partner''s, or the operator''s where partner_id is null.';
comment on column partner_webhooks.events is 'Types, groups (`payout.*`) or `*`.';
comment on column partner_webhooks.secret_encrypted is 'Signing secret, sealed with AES-256-GCM and bound to its row: it is read again to sign.';
comment on column partner_webhooks.status is 'failed: turned off because it answered 410 or did not take anything for days.';
comment on column partner_webhooks.failure_count is 'Attempts that failed since one went well.';
comment on column partner_webhooks.warned_at is 'When its owner was told that it will be turned off.';
comment on column partner_webhooks.throttled_until is 'Asked by the endpoint itself (429, Retry-After).';
comment on column partner_webhooks.retired_secrets_encrypted is 'Secrets that were replaced and sign beside the one of now until their overlap ends, oldest first; sealed as it is.';
comment on column partner_webhooks.retired_secrets_until is 'Until when each of them signs.';

create table partners (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  user_id uuid not null,
  external_id text,
  partner_type text not null,
  tier text not null,
  company_name text,
  referral_code text not null,
  wished_referral_code text,
  commission_rate numeric(5,2),
  status text not null default 'pending'::text,
  country text,
  settings jsonb not null default '{}'::jsonb,
  branding jsonb not null default '{}'::jsonb,
  joined_at timestamp with time zone not null,
  approved_at timestamp with time zone,
  suspended_at timestamp with time zone,
  terminated_at timestamp with time zone,
  status_reason text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint partners_pkey PRIMARY KEY (tenant_id, id),
  constraint partners_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint partners_tenant_id_program_id_fkey FOREIGN KEY (tenant_id, program_id) REFERENCES programs(tenant_id, id),
  constraint partners_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint partners_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint partners_referral_code_check CHECK ((referral_code ~ '^[a-z0-9][a-z0-9_-]{1,49}$'::text)),
  constraint partners_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'active'::text, 'suspended'::text, 'terminated'::text, 'rejected'::text]))),
  constraint partners_tier_check CHECK ((tier = ANY (ARRAY['tier1'::text, 'tier2'::text, 'tier3'::text, 'tier4'::text]))),
  constraint partners_type_check CHECK ((partner_type = ANY (ARRAY['affiliate'::text, 'reseller'::text, 'whitelabel'::text, 'technology'::text])))
);
CREATE INDEX partners_created_index ON partners USING btree (tenant_id, created_at, id);
CREATE UNIQUE INDEX partners_external_id_unique ON partners USING btree (tenant_id, external_id);
CREATE INDEX partners_joined_index ON partners USING btree (tenant_id, joined_at, id);
CREATE UNIQUE INDEX partners_referral_code_unique ON partners USING btree (tenant_id, referral_code);
CREATE INDEX partners_status_index ON partners USING btree (tenant_id, status, created_at, id);
CREATE UNIQUE INDEX partners_user_unique ON partners USING btree (tenant_id, user_id);
alter table partners enable row level security;
create policy tenant_isolation on partners as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partners to tributary_server;
comment on table partners is 'Who brings customers: affiliate, reseller, white-label, technology.';
comment on column partners.external_id is 'Its name in the system that it was imported from.';
comment on column partners.tier is 'What it is paid by; partner_type is what it is.';
comment on column partners.wished_referral_code is 'Given once the e-mail is verified, if it is free then. Earlier it would show whether an e-mail is known: what is given to one cannot be given to another.';
comment on column partners.commission_rate is 'The current rate in per cent, for display as the plan has it; the engine reads terms, never this.';
comment on column partners.status_reason is 'Why it is in this state; kept from the partner.';

create table payout_batches (
  tenant_id uuid not null,
  id uuid not null,
  currency text not null,
  status text not null,
  amount bigint not null,
  payouts integer not null,
  approval_above bigint,
  made_by uuid,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  approved_by uuid,
  approved_at timestamp with time zone,
  decision_reason text,
  released_at timestamp with time zone,
  closed_at timestamp with time zone,
  finished_at timestamp with time zone,
  constraint payout_batches_pkey PRIMARY KEY (tenant_id, id),
  constraint payout_batches_tenant_id_approved_by_fkey FOREIGN KEY (tenant_id, approved_by) REFERENCES users(tenant_id, id),
  constraint payout_batches_tenant_id_made_by_fkey FOREIGN KEY (tenant_id, made_by) REFERENCES users(tenant_id, id),
  constraint payout_batches_amount_check CHECK (((amount > 0) AND (payouts > 0))),
  constraint payout_batches_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint payout_batches_four_eyes_check CHECK ((approved_by <> made_by)),
  constraint payout_batches_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'ready'::text, 'released'::text, 'refused'::text, 'expired'::text, 'cancelled'::text])))
);
CREATE INDEX payout_batches_made_index ON payout_batches USING btree (tenant_id, made_at, id);
CREATE INDEX payout_batches_status_index ON payout_batches USING btree (tenant_id, status, made_at, id);
alter table payout_batches enable row level security;
create policy tenant_isolation on payout_batches as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on payout_batches to tributary_server;
comment on table payout_batches is 'Payouts of one currency that are looked at, approved and released together.';
comment on column payout_batches.status is 'waiting for a second person; ready to be released; released; refused or expired, its money given back; cancelled, its payouts waiting again.';
comment on column payout_batches.amount is 'Gross, when it was made: what an approver sees can only become less.';
comment on column payout_batches.made_by is 'The person, also where a key of theirs made it; null where the program or a key of nobody did.';

create table payout_currency_settings (
  tenant_id uuid not null,
  currency text not null,
  approval_above bigint,
  fee_borne_by text not null default 'programme'::text,
  fee_fixed bigint not null default 0,
  fee_ppm bigint not null default 0,
  every text,
  day smallint,
  minimum bigint,
  anchor_on date,
  next_due_on date,
  updated_at timestamp with time zone not null,
  constraint payout_currency_settings_pkey PRIMARY KEY (tenant_id, currency),
  constraint payout_currency_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint payout_currency_settings_approval_check CHECK ((approval_above >= 0)),
  constraint payout_currency_settings_borne_by_check CHECK ((fee_borne_by = ANY (ARRAY['programme'::text, 'partner'::text]))),
  constraint payout_currency_settings_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint payout_currency_settings_every_check CHECK ((every = ANY (ARRAY['week'::text, 'fortnight'::text, 'month'::text, 'amount'::text]))),
  constraint payout_currency_settings_fee_check CHECK (((fee_fixed >= 0) AND ((fee_ppm >= 0) AND (fee_ppm <= 1000000)))),
  constraint payout_currency_settings_schedule_check CHECK ((((every IS NULL) = (day IS NULL)) AND ((every IS NULL) = (anchor_on IS NULL)) AND ((every IS NULL) = (next_due_on IS NULL))))
);
alter table payout_currency_settings enable row level security;
create policy tenant_isolation on payout_currency_settings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on payout_currency_settings to tributary_server;
comment on table payout_currency_settings is 'How the programme pays in one currency: from which sum on two people are needed, what a transfer costs and who bears it, and the schedule of partners who have none of their own.';
comment on column payout_currency_settings.approval_above is 'What leaves in a day beyond this needs a second person; null: nothing does.';
comment on column payout_currency_settings.fee_ppm is 'Parts per million of the gross amount, beside the fixed part.';
comment on column payout_currency_settings.next_due_on is 'The next day, in the programme''s time zone, on which the schedule asks for payouts.';

create table payout_items (
  tenant_id uuid not null,
  payout_id uuid not null,
  line integer not null,
  kind text not null,
  commission_id uuid,
  amount bigint not null,
  state text not null default 'reserved'::text,
  constraint payout_items_pkey PRIMARY KEY (tenant_id, payout_id, line),
  constraint payout_items_tenant_id_commission_id_fkey FOREIGN KEY (tenant_id, commission_id) REFERENCES commissions(tenant_id, id),
  constraint payout_items_tenant_id_payout_id_fkey FOREIGN KEY (tenant_id, payout_id) REFERENCES partner_payouts(tenant_id, id),
  constraint payout_items_amount_not_zero_check CHECK ((amount <> 0)),
  constraint payout_items_commission_check CHECK (((kind = 'commission'::text) = (commission_id IS NOT NULL))),
  constraint payout_items_kind_check CHECK ((kind = ANY (ARRAY['commission'::text, 'debt_recovered'::text, 'fee_set_off'::text]))),
  constraint payout_items_state_check CHECK ((state = ANY (ARRAY['reserved'::text, 'confirmed'::text, 'released'::text])))
);
CREATE INDEX payout_items_commission_index ON payout_items USING btree (tenant_id, commission_id) WHERE (commission_id IS NOT NULL);
alter table payout_items enable row level security;
create policy tenant_isolation on payout_items as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on payout_items to tributary_server;
comment on table payout_items is 'What a payout is made of: commissions, whole or in part, and lines for recovered debt and set-off. Items sum to the gross payout.';

create table payout_methods (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  kind text not null,
  provider_account_id text,
  details_encrypted bytea,
  summary text not null,
  status text not null default 'incomplete'::text,
  status_reason text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  usable_at timestamp with time zone,
  constraint payout_methods_pkey PRIMARY KEY (tenant_id, id),
  constraint payout_methods_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint payout_methods_kind_check CHECK ((kind = ANY (ARRAY['stripe_connect'::text, 'bank_file'::text]))),
  constraint payout_methods_status_check CHECK ((status = ANY (ARRAY['incomplete'::text, 'payable'::text, 'restricted'::text, 'replaced'::text])))
);
CREATE UNIQUE INDEX payout_methods_one_current_index ON payout_methods USING btree (tenant_id, partner_id) WHERE (status <> 'replaced'::text);
CREATE UNIQUE INDEX payout_methods_provider_account_index ON payout_methods USING btree (tenant_id, provider_account_id) WHERE ((provider_account_id IS NOT NULL) AND (status <> 'replaced'::text));
alter table payout_methods enable row level security;
create policy tenant_isolation on payout_methods as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on payout_methods to tributary_server;
comment on table payout_methods is 'How a partner is paid. A change replaces the row, so that an earlier payout shows how it was sent.';
comment on column payout_methods.details_encrypted is 'Bank details, sealed with AES-256-GCM and bound to their row.';
comment on column payout_methods.usable_at is 'Until then nothing is paid to it: it has replaced another.';

create table payout_schedule_runs (
  tenant_id uuid not null,
  partner_id uuid not null,
  currency text not null,
  due_on date not null,
  payout_id uuid not null,
  ran_at timestamp with time zone not null,
  constraint payout_schedule_runs_pkey PRIMARY KEY (tenant_id, partner_id, currency, due_on),
  constraint payout_schedule_runs_tenant_id_payout_id_fkey FOREIGN KEY (tenant_id, payout_id) REFERENCES partner_payouts(tenant_id, id)
);
alter table payout_schedule_runs enable row level security;
create policy tenant_isolation on payout_schedule_runs as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on payout_schedule_runs to tributary_server;
comment on table payout_schedule_runs is 'The payout that a schedule asked for on a due day: its key keeps one day from being paid twice.';

create table payout_schedules (
  tenant_id uuid not null,
  partner_id uuid not null,
  currency text not null,
  every text not null,
  minimum bigint,
  is_enabled boolean not null default true,
  updated_at timestamp with time zone not null,
  failures integer not null default 0,
  retry_at timestamp with time zone,
  day smallint not null default 1,
  anchor_on date not null,
  next_due_on date not null,
  constraint payout_schedules_pkey PRIMARY KEY (tenant_id, partner_id, currency),
  constraint payout_schedules_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint payout_schedules_every_check CHECK ((every = ANY (ARRAY['week'::text, 'fortnight'::text, 'month'::text, 'amount'::text]))),
  constraint payout_schedules_failures_check CHECK ((failures >= 0))
);
alter table payout_schedules enable row level security;
create policy tenant_isolation on payout_schedules as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on payout_schedules to tributary_server;
comment on table payout_schedules is 'When a partner is paid without asking.';
comment on column payout_schedules.failures is 'How often in a row it has failed; a refusal by the rules is no failure.';
comment on column payout_schedules.retry_at is 'When it is due again after a failure; null where the last run did not fail.';
comment on column payout_schedules.day is 'Of the week, 1 is Monday; of the month, where one that the month lacks is its last.';
comment on column payout_schedules.next_due_on is 'The next day, in the programme''s time zone, on which it asks for a payout.';

create table payout_settings (
  tenant_id uuid not null,
  cooling_off_hours integer not null default 72,
  approval_expires_hours integer not null default 168,
  releases_scheduled boolean not null default false,
  updated_at timestamp with time zone not null,
  constraint payout_settings_pkey PRIMARY KEY (tenant_id),
  constraint payout_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint payout_settings_approval_expires_check CHECK (((approval_expires_hours >= 1) AND (approval_expires_hours <= 2160))),
  constraint payout_settings_cooling_off_check CHECK (((cooling_off_hours >= 0) AND (cooling_off_hours <= 2160)))
);
alter table payout_settings enable row level security;
create policy tenant_isolation on payout_settings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on payout_settings to tributary_server;
comment on table payout_settings is 'How the programme pays; where there is no row, the defaults hold.';
comment on column payout_settings.cooling_off_hours is 'How long a changed payout method waits before anything is paid to it.';
comment on column payout_settings.approval_expires_hours is 'How long a batch waits for its second person before its money goes back.';
comment on column payout_settings.releases_scheduled is 'Whether what schedules ask for is released without a person, below the limit.';

create table programs (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  currency text not null,
  time_zone text not null default 'UTC'::text,
  destination_hosts text[] not null default '{}'::text[],
  default_destination text,
  attribution_model text not null default 'last'::text,
  requires_verified_email boolean not null default false,
  auto_approved_tiers text[] not null default '{tier1}'::text[],
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint programs_pkey PRIMARY KEY (tenant_id, id),
  constraint programs_tenant_id_key UNIQUE (tenant_id),
  constraint programs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint programs_attribution_model_check CHECK ((attribution_model = ANY (ARRAY['last'::text, 'first'::text]))),
  constraint programs_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
);
alter table programs enable row level security;
create policy tenant_isolation on programs as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on programs to tributary_server;
comment on table programs is 'The partner programme of a tenant: its currency, its time zone, where its links may lead.';
comment on column programs.destination_hosts is 'Hosts on which links may lead anywhere, and no others.';
comment on column programs.auto_approved_tiers is 'Partners of these tiers are approved once their e-mail is verified.';

create unlogged table rate_limits (
  key text not null,
  points integer not null default 0,
  expire bigint,
  constraint rate_limits_pkey PRIMARY KEY (key)
);
alter table rate_limits enable row level security;
create policy every_tenant on rate_limits as permissive for all to tributary_server using (true) with check (true);
grant delete, insert, select, update on rate_limits to tributary_server;
comment on table rate_limits is 'How much of each limit is used up in the running window. Keys are hashes; unlogged, since losing a counter costs a caller nothing.';

create table reattributed_transactions (
  tenant_id uuid not null,
  transaction_id uuid not null,
  referral_id uuid not null,
  partner_id uuid not null,
  constraint reattributed_transactions_pkey PRIMARY KEY (tenant_id, transaction_id),
  constraint reattributed_transactions_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint reattributed_transactions_tenant_id_referral_id_fkey FOREIGN KEY (tenant_id, referral_id) REFERENCES referrals(tenant_id, id)
);
alter table reattributed_transactions enable row level security;
create policy tenant_isolation on reattributed_transactions as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on reattributed_transactions to tributary_server;
comment on table reattributed_transactions is 'Who earns on what was recorded for an earlier partner of its customer: later reversals fall there. No foreign key to transactions, which lie above.';

create table referral_links (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  code text not null,
  campaign text,
  destination_url text,
  sub_ids jsonb not null default '{}'::jsonb,
  is_default boolean not null default false,
  status text not null default 'active'::text,
  created_at timestamp with time zone not null,
  constraint referral_links_pkey PRIMARY KEY (tenant_id, id),
  constraint referral_links_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint referral_links_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9_-]{1,49}$'::text)),
  constraint referral_links_status_check CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text])))
);
CREATE UNIQUE INDEX referral_links_code_unique ON referral_links USING btree (tenant_id, code);
CREATE INDEX referral_links_partner_index ON referral_links USING btree (tenant_id, partner_id, created_at, id);
alter table referral_links enable row level security;
create policy tenant_isolation on referral_links as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on referral_links to tributary_server;
comment on table referral_links is 'One code, one destination. A partner''s own referral_code is its default link.';

create table referral_standings (
  tenant_id uuid not null,
  referral_id uuid not null,
  partner_id uuid not null,
  converted_at timestamp with time zone not null,
  conversion_number bigint not null,
  terms_id uuid not null,
  is_verification_open boolean not null,
  is_held boolean not null,
  is_rejected boolean not null,
  payment_id uuid,
  payment_at timestamp with time zone,
  is_settled boolean not null default false,
  signup_id uuid,
  lost_payment_id uuid,
  is_signup_taken boolean not null default false,
  agreed_at timestamp with time zone not null,
  constraint referral_standings_pkey PRIMARY KEY (tenant_id, referral_id),
  constraint referral_standings_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint referral_standings_tenant_id_referral_id_fkey FOREIGN KEY (tenant_id, referral_id) REFERENCES referrals(tenant_id, id),
  constraint referral_standings_payment_check CHECK (((payment_id IS NULL) = (payment_at IS NULL))),
  constraint referral_standings_settled_check CHECK (((payment_id IS NOT NULL) OR (NOT is_settled))),
  constraint referral_standings_signup_check CHECK ((is_settled OR (signup_id IS NULL)))
);
CREATE INDEX referral_standings_partner_index ON referral_standings USING btree (tenant_id, partner_id);
alter table referral_standings enable row level security;
create policy tenant_isolation on referral_standings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on referral_standings to tributary_server;
comment on table referral_standings is 'Where each converted customer stands: its terms, what is open, the payment that qualified it (payment_id), whether signup and count have followed (is_settled).';
comment on column referral_standings.is_signup_taken is 'A signup bonus of the customer stays with the partner that it was re-attributed from: none is earned again.';
comment on column referral_standings.agreed_at is 'When its terms were agreed: at the conversion, or when the customer came from another partner.';

create table referrals (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  referred_user_id uuid,
  referral_code text not null,
  click_id uuid,
  coupon_id uuid,
  link_id uuid,
  source text not null,
  status text not null default 'pending'::text,
  conversion_date timestamp with time zone,
  qualified_at timestamp with time zone,
  rejected_at timestamp with time zone,
  rejection_reason text,
  verification_required boolean not null default false,
  verified_at timestamp with time zone,
  terms_id uuid,
  reattributed_at timestamp with time zone,
  reattributed_from uuid,
  metadata jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  constraint referrals_pkey PRIMARY KEY (tenant_id, id),
  constraint referrals_tenant_id_coupon_id_fkey FOREIGN KEY (tenant_id, coupon_id) REFERENCES coupons(tenant_id, id),
  constraint referrals_tenant_id_link_id_fkey FOREIGN KEY (tenant_id, link_id) REFERENCES referral_links(tenant_id, id),
  constraint referrals_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint referrals_tenant_id_reattributed_from_fkey FOREIGN KEY (tenant_id, reattributed_from) REFERENCES referrals(tenant_id, id),
  constraint referrals_tenant_id_referred_user_id_fkey FOREIGN KEY (tenant_id, referred_user_id) REFERENCES users(tenant_id, id),
  constraint referrals_tenant_id_terms_id_fkey FOREIGN KEY (tenant_id, terms_id) REFERENCES partner_terms(tenant_id, id),
  constraint referrals_reattributed_check CHECK (((reattributed_at IS NULL) OR (status = 'rejected'::text))),
  constraint referrals_source_check CHECK ((source = ANY (ARRAY['click'::text, 'coupon'::text, 'partner_api'::text, 'manual'::text, 'import'::text]))),
  constraint referrals_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'converted'::text, 'qualified'::text, 'rejected'::text])))
);
CREATE INDEX referrals_click_index ON referrals USING btree (tenant_id, click_id) WHERE (click_id IS NOT NULL);
CREATE INDEX referrals_customer_index ON referrals USING btree (tenant_id, referred_user_id);
CREATE UNIQUE INDEX referrals_one_per_customer_unique ON referrals USING btree (tenant_id, referred_user_id) WHERE (reattributed_at IS NULL);
CREATE INDEX referrals_partner_index ON referrals USING btree (tenant_id, partner_id, created_at, id);
CREATE UNIQUE INDEX referrals_reattributed_from_unique ON referrals USING btree (tenant_id, reattributed_from) WHERE (reattributed_from IS NOT NULL);
CREATE INDEX referrals_status_index ON referrals USING btree (tenant_id, partner_id, status, created_at, id);
CREATE TRIGGER referrals_touch_analytics AFTER INSERT ON referrals REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION touch_referrals();
CREATE TRIGGER referrals_touch_analytics_again AFTER UPDATE ON referrals FOR EACH ROW WHEN ((((((((((old.partner_id IS DISTINCT FROM new.partner_id) OR (old.source IS DISTINCT FROM new.source)) OR (old.link_id IS DISTINCT FROM new.link_id)) OR (old.coupon_id IS DISTINCT FROM new.coupon_id)) OR (old.status IS DISTINCT FROM new.status)) OR (old.created_at IS DISTINCT FROM new.created_at)) OR (old.conversion_date IS DISTINCT FROM new.conversion_date)) OR (old.qualified_at IS DISTINCT FROM new.qualified_at)) OR (old.rejected_at IS DISTINCT FROM new.rejected_at))) EXECUTE FUNCTION touch_changed_referral();
alter table referrals enable row level security;
create policy tenant_isolation on referrals as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on referrals to tributary_server;
comment on table referrals is 'A customer tied, or about to be tied, to a partner. One for each customer, for its lifetime, unless an admin re-attributes it.';
comment on column referrals.source is 'What tied it: the kind of the touch that was chosen.';
comment on column referrals.conversion_date is 'When the attribution was fixed; what is dated before earns nothing.';
comment on column referrals.terms_id is 'The terms in force at the conversion, which the customer keeps.';
comment on column referrals.reattributed_at is 'When the customer went to another partner: this referral is over, and another names it.';
comment on column referrals.reattributed_from is 'The referral that this one took the place of.';

create table refresh_tokens (
  tenant_id uuid not null,
  token_hash bytea not null,
  session_id uuid not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint refresh_tokens_pkey PRIMARY KEY (tenant_id, token_hash),
  constraint refresh_tokens_tenant_id_session_id_fkey FOREIGN KEY (tenant_id, session_id) REFERENCES sessions(tenant_id, id)
);
CREATE INDEX refresh_tokens_session_index ON refresh_tokens USING btree (tenant_id, session_id);
alter table refresh_tokens enable row level security;
create policy tenant_isolation on refresh_tokens as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on refresh_tokens to tributary_server;
comment on table refresh_tokens is 'Each token of a session, as a hash. One that comes a second time ends the session.';

create table revenue_customers (
  tenant_id uuid not null,
  source_id uuid not null,
  provider_id text not null,
  customer_external_id text,
  email text,
  learnt_at timestamp with time zone not null,
  email_learnt_at timestamp with time zone not null,
  constraint revenue_customers_pkey PRIMARY KEY (tenant_id, source_id, provider_id),
  constraint revenue_customers_tenant_id_source_id_fkey FOREIGN KEY (tenant_id, source_id) REFERENCES revenue_sources(tenant_id, id),
  constraint revenue_customers_email_check CHECK ((email = lower(email)))
);
CREATE INDEX revenue_customers_email_index ON revenue_customers USING btree (tenant_id, email);
CREATE INDEX revenue_customers_email_learnt_index ON revenue_customers USING btree (tenant_id, email_learnt_at) WHERE (email IS NOT NULL);
CREATE INDEX revenue_customers_external_index ON revenue_customers USING btree (tenant_id, customer_external_id);
alter table revenue_customers enable row level security;
create policy tenant_isolation on revenue_customers as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on revenue_customers to tributary_server;
comment on table revenue_customers is 'What a billing system''s customers are called here, as its messages have taught it.';
comment on column revenue_customers.learnt_at is 'When what taught customer_external_id was made: an older one that comes later teaches nothing. 1970 where nothing has.';
comment on column revenue_customers.email_learnt_at is 'The same of email: a message that tells the one says nothing of the other.';

create table revenue_movements (
  tenant_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  external_id text not null,
  kind text not null,
  amount bigint not null,
  currency text not null,
  tax bigint not null default 0,
  revenue bigint not null default 0,
  occurred_at timestamp with time zone not null,
  provider_customer_id text,
  customer_external_id text,
  email text,
  payment_ids text[] not null default '{}'::text[],
  original_external_id text,
  status text not null,
  reason text,
  transaction_id uuid,
  received_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  product text,
  plan_code text,
  country text,
  constraint revenue_movements_pkey PRIMARY KEY (tenant_id, id),
  constraint revenue_movements_tenant_id_source_id_fkey FOREIGN KEY (tenant_id, source_id) REFERENCES revenue_sources(tenant_id, id),
  constraint revenue_movements_tenant_id_transaction_id_fkey FOREIGN KEY (tenant_id, transaction_id) REFERENCES transactions(tenant_id, id),
  constraint revenue_movements_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint revenue_movements_email_check CHECK ((email = lower(email))),
  constraint revenue_movements_forgotten_check CHECK (((status <> 'forgotten'::text) OR (email IS NULL))),
  constraint revenue_movements_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'card'::text, 'refund'::text, 'chargeback'::text, 'chargeback_won'::text]))),
  constraint revenue_movements_reason_check CHECK (((reason IS NOT NULL) OR (status = 'recorded'::text))),
  constraint revenue_movements_recorded_check CHECK (((status = 'recorded'::text) = (transaction_id IS NOT NULL))),
  constraint revenue_movements_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'recorded'::text, 'refused'::text, 'notice'::text, 'explained'::text, 'forgotten'::text])))
);
CREATE INDEX revenue_movements_customer_index ON revenue_movements USING btree (tenant_id, customer_external_id) WHERE (status = 'waiting'::text);
CREATE INDEX revenue_movements_email_index ON revenue_movements USING btree (tenant_id, email) WHERE (status = 'waiting'::text);
CREATE UNIQUE INDEX revenue_movements_external_id_unique ON revenue_movements USING btree (tenant_id, source_id, external_id);
CREATE INDEX revenue_movements_notices_index ON revenue_movements USING btree (tenant_id, source_id) WHERE (status = ANY (ARRAY['notice'::text, 'explained'::text]));
CREATE INDEX revenue_movements_old_index ON revenue_movements USING btree (tenant_id, received_at) WHERE (status = 'waiting'::text);
CREATE INDEX revenue_movements_open_index ON revenue_movements USING btree (tenant_id, occurred_at, id) WHERE (status = ANY (ARRAY['waiting'::text, 'refused'::text, 'notice'::text]));
CREATE INDEX revenue_movements_original_index ON revenue_movements USING btree (tenant_id, source_id, original_external_id) WHERE (status = 'waiting'::text);
CREATE INDEX revenue_movements_refunds_index ON revenue_movements USING btree (tenant_id, source_id) WHERE (kind = 'refund'::text);
CREATE INDEX revenue_movements_waiting_index ON revenue_movements USING btree (tenant_id, source_id, provider_customer_id) WHERE (status = 'waiting'::text);
alter table revenue_movements enable row level security;
create policy tenant_isolation on revenue_movements as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on revenue_movements to tributary_server;
comment on table revenue_movements is 'What a billing system told of money. It is recorded as a transaction once its customer, and what it reverses, are known.';
comment on column revenue_movements.customer_external_id is 'The customer where the message names it; otherwise it is found by provider_customer_id or e-mail.';
comment on column revenue_movements.email is 'As the message has it, while it waits; forgotten when it is recorded.';
comment on column revenue_movements.payment_ids is 'Of a reversal: the payment and the charge, which lead to its invoice.';
comment on column revenue_movements.status is 'waiting, recorded, refused by the rules of transactions; notice: nothing to record, but for the operator to look at; explained: a notice that later messages answered; forgotten: waited so long that it waits no more, its e-mail with it.';
comment on column revenue_movements.product is 'What was sold, as the billing system names it; null where the message does not say, or says several.';
comment on column revenue_movements.plan_code is 'The plan or price that was paid for, as the billing system names it.';
comment on column revenue_movements.country is 'Where the customer is, ISO 3166-1 alpha-2.';

create table revenue_payments (
  tenant_id uuid not null,
  source_id uuid not null,
  payment_id text not null,
  invoice_id text not null,
  constraint revenue_payments_pkey PRIMARY KEY (tenant_id, source_id, payment_id, invoice_id),
  constraint revenue_payments_tenant_id_source_id_fkey FOREIGN KEY (tenant_id, source_id) REFERENCES revenue_sources(tenant_id, id)
);
CREATE INDEX revenue_payments_invoice_index ON revenue_payments USING btree (tenant_id, source_id, invoice_id);
alter table revenue_payments enable row level security;
create policy tenant_isolation on revenue_payments as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on revenue_payments to tributary_server;
comment on table revenue_payments is 'Which payment of a billing system paid which invoice: a refund or dispute names the payment alone.';

create table revenue_sources (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  is_enabled boolean not null default true,
  secret_sealed bytea,
  previous_secret_sealed bytea,
  previous_until timestamp with time zone,
  last_heard_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint revenue_sources_pkey PRIMARY KEY (tenant_id, id),
  constraint revenue_sources_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint revenue_sources_kind_check CHECK ((kind = ANY (ARRAY['stripe'::text, 'generic'::text]))),
  constraint revenue_sources_previous_check CHECK (((previous_secret_sealed IS NULL) = (previous_until IS NULL)))
);
CREATE INDEX revenue_sources_created_index ON revenue_sources USING btree (tenant_id, created_at, id);
alter table revenue_sources enable row level security;
create policy tenant_isolation on revenue_sources as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on revenue_sources to tributary_server;
comment on table revenue_sources is 'Billing systems that tell of revenue: each with a signing secret of its own.';
comment on column revenue_sources.secret_sealed is 'What messages are signed with, encrypted; null until Stripe''s is given.';
comment on column revenue_sources.previous_secret_sealed is 'The secret before the last rotation, good until previous_until.';
comment on column revenue_sources.last_heard_at is 'When a message with a good signature last came, to the minute.';

create table sessions (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  user_agent text,
  ip_truncated text,
  visitor_id uuid,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_reason text,
  constraint sessions_pkey PRIMARY KEY (tenant_id, id),
  constraint sessions_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id)
);
CREATE INDEX sessions_user_index ON sessions USING btree (tenant_id, user_id, created_at);
CREATE INDEX sessions_visitor_index ON sessions USING btree (tenant_id, visitor_id) WHERE (visitor_id IS NOT NULL);
alter table sessions enable row level security;
create policy tenant_isolation on sessions as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on sessions to tributary_server;
comment on table sessions is 'One sign-in on one device: a family of refresh tokens. The reuse of a spent token revokes the family.';
comment on column sessions.visitor_id is 'Whom the tracking cookie of the same browser names: no partner earns on its own browser.';

create table spend_cuts (
  tenant_id uuid not null,
  commission_id uuid not null,
  partner_id uuid not null,
  event_id uuid not null,
  wanted bigint not null,
  given bigint not null,
  created_at timestamp with time zone not null,
  constraint spend_cuts_pkey PRIMARY KEY (tenant_id, commission_id),
  constraint spend_cuts_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint spend_cuts_given_check CHECK (((given >= 0) AND (given < wanted)))
);
CREATE INDEX spend_cuts_partner_index ON spend_cuts USING btree (tenant_id, partner_id);
CREATE TRIGGER spend_cuts_append_only BEFORE DELETE OR UPDATE ON spend_cuts FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table spend_cuts enable row level security;
create policy tenant_isolation on spend_cuts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on spend_cuts to tributary_server;
comment on table spend_cuts is 'What the limit left of a commission, where it was less than it would have earned. It depends on what other partners had earned by then, so it is recorded: a replay reads it.';
comment on column spend_cuts.commission_id is 'Derived as every commission''s id; where nothing was left there is no such commission.';

create table spend_limits (
  tenant_id uuid not null,
  currency text not null,
  monthly bigint not null,
  updated_at timestamp with time zone not null,
  constraint spend_limits_pkey PRIMARY KEY (tenant_id, currency),
  constraint spend_limits_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint spend_limits_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint spend_limits_monthly_check CHECK ((monthly >= 0))
);
alter table spend_limits enable row level security;
create policy tenant_isolation on spend_limits as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on spend_limits to tributary_server;
comment on table spend_limits is 'The most that events may earn all partners together, by currency, on what is dated in one calendar month. Whoever assesses locks these rows last.';
comment on column spend_limits.monthly is 'In minor units.';

create table spend_months (
  tenant_id uuid not null,
  currency text not null,
  month date not null,
  spent bigint not null,
  constraint spend_months_pkey PRIMARY KEY (tenant_id, currency, month),
  constraint spend_months_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint spend_months_spent_check CHECK ((spent >= 0))
);
alter table spend_months enable row level security;
create policy tenant_isolation on spend_months as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on spend_months to tributary_server;
comment on table spend_months is 'What was earned while there was a limit, by the month of the event in its plan''s time zone. Refunds take nothing off.';

create table support_message_files (
  tenant_id uuid not null,
  message_id uuid not null,
  file_id uuid not null,
  constraint support_message_files_pkey PRIMARY KEY (tenant_id, file_id),
  constraint support_message_files_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES files(tenant_id, id),
  constraint support_message_files_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES support_messages(tenant_id, id)
);
CREATE INDEX support_message_files_message_index ON support_message_files USING btree (tenant_id, message_id);
alter table support_message_files enable row level security;
create policy tenant_isolation on support_message_files as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on support_message_files to tributary_server;
comment on table support_message_files is 'Files that came with messages; who sees the message may read its files.';

create table support_messages (
  tenant_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  author text not null,
  author_id uuid,
  is_internal boolean not null,
  body text not null,
  sent_at timestamp with time zone not null,
  constraint support_messages_pkey PRIMARY KEY (tenant_id, id),
  constraint support_messages_tenant_id_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES support_tickets(tenant_id, id),
  constraint support_messages_author_check CHECK ((author = ANY (ARRAY['partner'::text, 'operator'::text]))),
  constraint support_messages_internal_check CHECK (((NOT is_internal) OR (author = 'operator'::text)))
);
CREATE INDEX support_messages_ticket_index ON support_messages USING btree (tenant_id, ticket_id, sent_at, id);
alter table support_messages enable row level security;
create policy tenant_isolation on support_messages as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on support_messages to tributary_server;
comment on table support_messages is 'What was said in tickets. Never changed.';
comment on column support_messages.author is 'Which side wrote it.';
comment on column support_messages.author_id is 'The person or the API key that wrote it; null for the program.';
comment on column support_messages.is_internal is 'A note of the team: no partner ever sees it.';

create table support_tickets (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  subject text not null,
  status text not null,
  object_type text,
  object_id uuid,
  assigned_to uuid,
  opened_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  solved_at timestamp with time zone,
  closed_at timestamp with time zone,
  constraint support_tickets_pkey PRIMARY KEY (tenant_id, id),
  constraint support_tickets_tenant_id_assigned_to_fkey FOREIGN KEY (tenant_id, assigned_to) REFERENCES users(tenant_id, id),
  constraint support_tickets_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint support_tickets_closed_check CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL))),
  constraint support_tickets_object_check CHECK (((object_type IS NULL) = (object_id IS NULL))),
  constraint support_tickets_object_type_check CHECK ((object_type = ANY (ARRAY['commission'::text, 'payout'::text, 'referral'::text]))),
  constraint support_tickets_solved_check CHECK (((status <> 'solved'::text) OR (solved_at IS NOT NULL))),
  constraint support_tickets_status_check CHECK ((status = ANY (ARRAY['open'::text, 'waiting'::text, 'solved'::text, 'closed'::text])))
);
CREATE INDEX support_tickets_assigned_index ON support_tickets USING btree (tenant_id, assigned_to, updated_at, id) WHERE (assigned_to IS NOT NULL);
CREATE INDEX support_tickets_object_index ON support_tickets USING btree (tenant_id, object_id) WHERE (object_id IS NOT NULL);
CREATE INDEX support_tickets_opened_index ON support_tickets USING btree (tenant_id, opened_at, id);
CREATE INDEX support_tickets_partner_index ON support_tickets USING btree (tenant_id, partner_id, updated_at, id);
CREATE INDEX support_tickets_status_index ON support_tickets USING btree (tenant_id, status, updated_at, id);
CREATE INDEX support_tickets_updated_index ON support_tickets USING btree (tenant_id, updated_at, id);
alter table support_tickets enable row level security;
create policy tenant_isolation on support_tickets as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on support_tickets to tributary_server;
comment on table support_tickets is 'Questions of partners and of the operator to partners.';
comment on column support_tickets.status is 'open: the team is to answer; waiting: the partner is; solved: answered, a message opens it again; closed: for good.';
comment on column support_tickets.object_id is 'What it is about: something of this partner, checked when the ticket was opened.';
comment on column support_tickets.assigned_to is 'Who of the team has it; null for nobody.';
comment on column support_tickets.updated_at is 'When it last said something new to a partner.';
comment on column support_tickets.solved_at is 'When it was last solved.';

create table tenants (
  id uuid not null,
  parent_id uuid,
  name text not null,
  host text,
  mode text not null default 'live'::text,
  status text not null default 'active'::text,
  clock_offset_ms bigint not null default 0,
  created_at timestamp with time zone not null,
  constraint tenants_pkey PRIMARY KEY (id),
  constraint tenants_host_key UNIQUE (host),
  constraint tenants_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES tenants(id),
  constraint tenants_clock_test_mode_check CHECK (((clock_offset_ms = 0) OR (mode = 'test'::text))),
  constraint tenants_host_lower_check CHECK ((host = lower(host))),
  constraint tenants_mode_check CHECK ((mode = ANY (ARRAY['live'::text, 'test'::text]))),
  constraint tenants_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text])))
);
CREATE UNIQUE INDEX tenants_one_operator_index ON tenants USING btree ((true)) WHERE ((parent_id IS NULL) AND (mode = 'live'::text));
alter table tenants enable row level security;
create policy tenant_isolation on tenants as permissive for all to tributary_server using ((id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant select on tenants to tributary_server;
comment on table tenants is 'The operator, and white-label sub-operators under it. Every other row belongs to one of them.';
comment on column tenants.host is 'The host name that it answers on; the operator answers on every host that is nobody else''s.';
comment on column tenants.mode is '`test` is the twin of a live tenant, with a clock of its own.';
comment on column tenants.clock_offset_ms is 'How far the clock of a test tenant is moved.';

create table transactions (
  tenant_id uuid not null,
  id uuid not null,
  external_id text not null,
  user_id uuid not null,
  kind text not null,
  amount bigint not null,
  currency text not null,
  tax bigint not null default 0,
  revenue bigint not null default 0,
  occurred_at timestamp with time zone not null,
  original_external_id text,
  original_id uuid,
  referral_id uuid,
  partner_id uuid,
  number bigint,
  recorded_at timestamp with time zone not null,
  product text,
  plan_code text,
  country text,
  constraint transactions_pkey PRIMARY KEY (tenant_id, id),
  constraint transactions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint transactions_tenant_id_original_id_fkey FOREIGN KEY (tenant_id, original_id) REFERENCES transactions(tenant_id, id),
  constraint transactions_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint transactions_tenant_id_referral_id_fkey FOREIGN KEY (tenant_id, referral_id) REFERENCES referrals(tenant_id, id),
  constraint transactions_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint transactions_amount_check CHECK (((amount >= 0) AND ((amount > 0) OR (kind = ANY (ARRAY['payment'::text, 'card'::text]))))),
  constraint transactions_attribution_check CHECK (((referral_id IS NULL) = (partner_id IS NULL))),
  constraint transactions_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint transactions_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint transactions_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'card'::text, 'refund'::text, 'chargeback'::text, 'chargeback_won'::text]))),
  constraint transactions_number_check CHECK (((number IS NULL) = (partner_id IS NULL))),
  constraint transactions_original_check CHECK (((original_external_id IS NOT NULL) = (kind = ANY (ARRAY['refund'::text, 'chargeback'::text, 'chargeback_won'::text])))),
  constraint transactions_plan_code_check CHECK (((length(plan_code) >= 1) AND (length(plan_code) <= 255))),
  constraint transactions_product_check CHECK (((length(product) >= 1) AND (length(product) <= 255))),
  constraint transactions_revenue_check CHECK ((revenue >= 0)),
  constraint transactions_tax_check CHECK (((tax >= 0) AND (tax <= amount))),
  constraint transactions_tied_check CHECK (((original_id IS NULL) OR (original_external_id IS NOT NULL))),
  constraint transactions_waiting_check CHECK (((original_external_id IS NULL) OR (original_id IS NOT NULL) OR (partner_id IS NULL)))
);
CREATE INDEX transactions_currency_index ON transactions USING btree (tenant_id, currency, occurred_at, id);
CREATE UNIQUE INDEX transactions_external_id_unique ON transactions USING btree (tenant_id, external_id);
CREATE INDEX transactions_occurred_index ON transactions USING btree (tenant_id, occurred_at, id);
CREATE INDEX transactions_original_index ON transactions USING btree (tenant_id, original_id) WHERE (original_id IS NOT NULL);
CREATE UNIQUE INDEX transactions_partner_number_unique ON transactions USING btree (tenant_id, partner_id, number);
CREATE INDEX transactions_paying_index ON transactions USING btree (tenant_id, partner_id, occurred_at) WHERE (kind = ANY (ARRAY['payment'::text, 'card'::text]));
CREATE INDEX transactions_referral_index ON transactions USING btree (tenant_id, referral_id, number) WHERE (referral_id IS NOT NULL);
CREATE INDEX transactions_user_index ON transactions USING btree (tenant_id, user_id, occurred_at);
CREATE INDEX transactions_waiting_index ON transactions USING btree (tenant_id, original_external_id) WHERE ((original_external_id IS NOT NULL) AND (original_id IS NULL));
CREATE TRIGGER transactions_never_deleted BEFORE DELETE ON transactions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transactions_never_edited BEFORE UPDATE ON transactions FOR EACH ROW EXECUTE FUNCTION refuse_transaction_change();
CREATE TRIGGER transactions_touch_analytics AFTER INSERT ON transactions REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION touch_transactions();
CREATE TRIGGER transactions_touch_analytics_again AFTER UPDATE ON transactions FOR EACH ROW WHEN ((new.partner_id IS NOT NULL)) EXECUTE FUNCTION touch_changed_transaction();
alter table transactions enable row level security;
create policy tenant_isolation on transactions as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on transactions to tributary_server;
comment on table transactions is 'Payments, card spend and what reverses them. A reversal that arrives before its original waits without an original_id.';
comment on column transactions.external_id is 'The operator''s own name; unique across kinds, so that the same event is recorded once.';
comment on column transactions.revenue is 'Of a card event: the operator''s own revenue from it.';
comment on column transactions.number is 'Place in the partner''s recorded sequence; null where the customer belongs to no partner.';
comment on column transactions.product is 'The operator''s name of what was sold; null where it was not reported.';
comment on column transactions.plan_code is 'The operator''s name of the plan that was paid for; null where it was not reported.';
comment on column transactions.country is 'Where the customer is, ISO 3166-1 alpha-2; null where it was not reported.';

create table transfer_attempts (
  tenant_id uuid not null,
  payout_id uuid not null,
  attempt integer not null,
  provider text not null,
  idempotency_key text not null,
  request text not null,
  status text not null default 'created'::text,
  provider_transfer_id text,
  error_code text,
  first_sent_at timestamp with time zone,
  last_sent_at timestamp with time zone,
  sends integer not null default 0,
  answered_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint transfer_attempts_pkey PRIMARY KEY (tenant_id, payout_id, attempt),
  constraint transfer_attempts_tenant_id_payout_id_fkey FOREIGN KEY (tenant_id, payout_id) REFERENCES partner_payouts(tenant_id, id),
  constraint transfer_attempts_status_check CHECK ((status = ANY (ARRAY['created'::text, 'sending'::text, 'unknown'::text, 'succeeded'::text, 'failed'::text, 'returned'::text])))
);
CREATE UNIQUE INDEX transfer_attempts_key_unique ON transfer_attempts USING btree (tenant_id, idempotency_key);
CREATE UNIQUE INDEX transfer_attempts_one_open_index ON transfer_attempts USING btree (tenant_id, payout_id) WHERE (status <> ALL (ARRAY['failed'::text, 'returned'::text]));
CREATE INDEX transfer_attempts_quiet_index ON transfer_attempts USING btree (tenant_id, created_at) WHERE (status = ANY (ARRAY['created'::text, 'sending'::text, 'unknown'::text]));
CREATE INDEX transfer_attempts_sent_index ON transfer_attempts USING btree (tenant_id, provider, first_sent_at) WHERE (provider_transfer_id IS NOT NULL);
CREATE UNIQUE INDEX transfer_attempts_transfer_unique ON transfer_attempts USING btree (tenant_id, provider, provider_transfer_id) WHERE (provider_transfer_id IS NOT NULL);
alter table transfer_attempts enable row level security;
create policy tenant_isolation on transfer_attempts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on transfer_attempts to tributary_server;
comment on table transfer_attempts is 'Each request to a provider, kept before it is sent. An answer that was lost is asked for again with the same key and bytes.';
comment on column transfer_attempts.request is 'The exact request, so that a repetition is the same to the byte.';

create table user_tokens (
  tenant_id uuid not null,
  token_hash bytea not null,
  user_id uuid,
  purpose text not null,
  email text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint user_tokens_pkey PRIMARY KEY (tenant_id, token_hash),
  constraint user_tokens_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint user_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['verify_email'::text, 'reset_password'::text, 'accept_invitation'::text, 'set_up'::text])))
);
CREATE INDEX user_tokens_user_index ON user_tokens USING btree (tenant_id, user_id);
alter table user_tokens enable row level security;
create policy tenant_isolation on user_tokens as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on user_tokens to tributary_server;
comment on table user_tokens is 'One-time links sent by mail or printed at set-up. Only a hash is kept.';
comment on column user_tokens.user_id is 'Null for the set-up link, which makes the first user.';

create table users (
  tenant_id uuid not null,
  id uuid not null,
  role text not null,
  email text,
  external_id text,
  name text,
  password_hash text,
  email_verified_at timestamp with time zone,
  status text not null default 'active'::text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint users_pkey PRIMARY KEY (tenant_id, id),
  constraint users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint users_customer_cannot_sign_in_check CHECK (((role <> 'customer'::text) OR (password_hash IS NULL))),
  constraint users_customer_has_external_id_check CHECK (((role <> 'customer'::text) OR (external_id IS NOT NULL))),
  constraint users_email_lower_check CHECK ((email = lower(email))),
  constraint users_person_has_email_check CHECK (((role = 'customer'::text) OR (email IS NOT NULL))),
  constraint users_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'finance'::text, 'support'::text, 'partner'::text, 'customer'::text]))),
  constraint users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text])))
);
CREATE INDEX users_customer_email_index ON users USING btree (tenant_id, email) WHERE (role = 'customer'::text);
CREATE UNIQUE INDEX users_email_unique ON users USING btree (tenant_id, email) WHERE (role <> 'customer'::text);
CREATE UNIQUE INDEX users_external_id_unique ON users USING btree (tenant_id, external_id);
alter table users enable row level security;
create policy tenant_isolation on users as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on users to tributary_server;
comment on table users is 'People who sign in (team and partners), and the operator''s customers, who have an external id and cannot.';
comment on column users.external_id is 'The operator''s own name for a customer.';
comment on column users.password_hash is 'argon2id; null for customers and until a link has set one.';

create table volume_periods (
  tenant_id uuid not null,
  partner_id uuid not null,
  period_start date not null,
  period_end date not null,
  terms_id uuid not null,
  checked_number bigint not null,
  checked_at timestamp with time zone not null,
  constraint volume_periods_pkey PRIMARY KEY (tenant_id, partner_id, period_end, period_start),
  constraint volume_periods_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint volume_periods_order_check CHECK ((period_start <= period_end))
);
alter table volume_periods enable row level security;
create policy tenant_isolation on volume_periods as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on volume_periods to tributary_server;
comment on table volume_periods is 'Periods whose volume has been settled: with which terms, and how far into the partner''s recorded sequence. The amounts are commissions of the rule true_up.';
comment on column volume_periods.period_end is 'The last day of it.';
comment on column volume_periods.terms_id is 'The partner''s terms at the end of the period: they settle it, however often.';
comment on column volume_periods.checked_number is 'The last number of the partner''s sequence that was assessed when it was settled; nothing is settled anew before a later one.';

create table webhook_attempts (
  tenant_id uuid not null,
  delivery_id uuid not null,
  attempt integer not null,
  url text not null,
  started_at timestamp with time zone not null,
  duration_ms integer not null,
  status_code integer,
  error text,
  response_body text,
  constraint webhook_attempts_pkey PRIMARY KEY (tenant_id, delivery_id, attempt)
);
CREATE INDEX webhook_attempts_started_index ON webhook_attempts USING btree (tenant_id, started_at);
alter table webhook_attempts enable row level security;
create policy tenant_isolation on webhook_attempts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on webhook_attempts to tributary_server;
comment on table webhook_attempts is 'The log of requests to endpoints, for a time. The body that was sent is the event''s.';
comment on column webhook_attempts.response_body is 'Its beginning.';

create table webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  object_id uuid not null,
  sequence bigint not null,
  status text not null default 'waiting'::text,
  attempts integer not null default 0,
  tries integer not null default 0,
  next_attempt_at timestamp with time zone,
  claim uuid,
  claimed_until timestamp with time zone,
  last_status_code integer,
  last_error text,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint webhook_deliveries_pkey PRIMARY KEY (tenant_id, id),
  constraint webhook_deliveries_tenant_id_endpoint_id_fkey FOREIGN KEY (tenant_id, endpoint_id) REFERENCES partner_webhooks(tenant_id, id),
  constraint webhook_deliveries_tenant_id_event_id_fkey FOREIGN KEY (tenant_id, event_id) REFERENCES webhook_events(tenant_id, id),
  constraint webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'delivered'::text, 'dead'::text]))),
  constraint webhook_deliveries_waits_for_check CHECK ((((status = 'waiting'::text) = (next_attempt_at IS NOT NULL)) AND ((status = 'waiting'::text) = (settled_at IS NULL))))
);
CREATE INDEX webhook_deliveries_created_index ON webhook_deliveries USING btree (tenant_id, created_at, id);
CREATE INDEX webhook_deliveries_due_index ON webhook_deliveries USING btree (tenant_id, endpoint_id, next_attempt_at, sequence) WHERE (status = 'waiting'::text);
CREATE INDEX webhook_deliveries_endpoint_index ON webhook_deliveries USING btree (tenant_id, endpoint_id, created_at, id);
CREATE UNIQUE INDEX webhook_deliveries_once_index ON webhook_deliveries USING btree (tenant_id, event_id, endpoint_id);
CREATE INDEX webhook_deliveries_order_index ON webhook_deliveries USING btree (tenant_id, endpoint_id, object_id, sequence) WHERE (status = 'waiting'::text);
alter table webhook_deliveries enable row level security;
create policy tenant_isolation on webhook_deliveries as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on webhook_deliveries to tributary_server;
comment on table webhook_deliveries is 'One event on its way to one endpoint. Of one object a later one waits until the earlier is delivered or dead.';
comment on column webhook_deliveries.attempts is 'How often it was claimed: the number of its newest row in the log. tries are the requests that were made since it was made or replayed, and decide when it is dead; a worker that died before it sent has used up none.';
comment on column webhook_deliveries.next_attempt_at is 'Not before then; null when it is settled.';
comment on column webhook_deliveries.claim is 'The worker''s claim: an answer that comes after another has claimed it changes nothing.';
comment on column webhook_deliveries.claimed_until is 'Until then it is the worker''s: one that died has it no longer.';

create table webhook_events (
  tenant_id uuid not null,
  id uuid not null,
  sequence bigint not null generated always as identity,
  type text not null,
  object_type text not null,
  object_id uuid not null,
  partner_id uuid,
  endpoint_id uuid,
  body text not null,
  occurred_at timestamp with time zone not null,
  constraint webhook_events_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX webhook_events_object_index ON webhook_events USING btree (tenant_id, object_id, sequence);
CREATE INDEX webhook_events_occurred_index ON webhook_events USING btree (tenant_id, occurred_at);
CREATE INDEX webhook_events_partner_index ON webhook_events USING btree (tenant_id, partner_id, sequence);
CREATE UNIQUE INDEX webhook_events_sequence_index ON webhook_events USING btree (tenant_id, sequence);
alter table webhook_events enable row level security;
create policy tenant_isolation on webhook_events as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on webhook_events to tributary_server;
comment on table webhook_events is 'What the outside is told, once for everybody who is told: the bytes that are signed. The newest event of each object is kept, so that the next one says what changed.';
comment on column webhook_events.sequence is 'The order in which events were taken from the outbox; within a tenant the order of commits, so that a reader who goes on after a number misses nothing.';
comment on column webhook_events.partner_id is 'Whose event it is; the operator sees all.';
comment on column webhook_events.endpoint_id is 'Set where it was made for one endpoint alone: a ping.';

CREATE OR REPLACE FUNCTION claim_outbox_events(batch_size integer, at timestamp with time zone)
 RETURNS SETOF outbox_events
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select e.*
      from outbox_events e
     where e.dispatched_at is null
       and e.given_up_at is null
       and (e.retry_at is null or e.retry_at <= at)
       and not exists (
             select from outbox_events earlier
              where (earlier.tenant_id, earlier.object_id) = (e.tenant_id, e.object_id)
                and earlier.position < e.position
                and earlier.retry_at > at
                and earlier.dispatched_at is null
                and earlier.given_up_at is null)
     order by e.position
     limit batch_size
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function claim_outbox_events(batch_size integer, at timestamp with time zone) is 'The dispatcher reads every tenant''s events in the order they were written, but those that wait to be told again and the later ones of their objects.';

CREATE OR REPLACE FUNCTION claim_webhook_deliveries(at timestamp with time zone, claim_ends timestamp with time zone, new_claim uuid, batch_size integer, endpoint_max integer, owner_max integer, busy_endpoints uuid[], busy_counts integer[])
 RETURNS TABLE(tenant_id uuid, id uuid, endpoint_id uuid, event_id uuid, attempt integer, tries integer, url text, partner_id uuid, secret_encrypted bytea, retired_secrets_encrypted bytea[], retired_secrets_until timestamp with time zone[], body text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with recursive endpoints as (
      (select d.tenant_id, d.endpoint_id from webhook_deliveries d where d.status = 'waiting' order by d.tenant_id, d.endpoint_id limit 1)
      union all
      select next.*
        from endpoints e
       cross join lateral (
             select d.tenant_id, d.endpoint_id
               from webhook_deliveries d
              where d.status = 'waiting' and (d.tenant_id, d.endpoint_id) > (e.tenant_id, e.endpoint_id)
              order by d.tenant_id, d.endpoint_id
              limit 1) next
    ), owned as materialized (
      select w.tenant_id, w.id, w.failure_count, coalesce(busy.count, 0) as count,
             sum(coalesce(busy.count, 0)) over owner as owner_count,
             count(*) over owner as owner_endpoints
        from endpoints e
        join partner_webhooks w on (w.tenant_id, w.id) = (e.tenant_id, e.endpoint_id)
        left join unnest(busy_endpoints, busy_counts) as busy (id, count) on busy.id = w.id
       where w.status = 'active'
         and w.deleted_at is null
         and (w.throttled_until is null or w.throttled_until <= at)
      window owner as (partition by w.tenant_id, w.partner_id)
    ), open as materialized (
      -- What an owner may still have is shared by its endpoints, rounded up.
      select o.tenant_id, o.id,
             least(case when o.failure_count >= 3 then 1 else endpoint_max end - o.count,
                   (owner_max - o.owner_count + o.owner_endpoints - 1) / o.owner_endpoints)::integer as room
        from owned o
       -- Who has least on its way comes first: where there is no room for all, nobody who holds much keeps the others out.
       order by o.owner_count, o.count, o.tenant_id, o.id
    ), due as materialized (
      select ready.tenant_id, ready.id
        from open
       cross join lateral (
             select d.tenant_id, d.id
               from webhook_deliveries d
              where (d.tenant_id, d.endpoint_id) = (open.tenant_id, open.id)
                and d.status = 'waiting'
                and d.next_attempt_at <= at
                and (d.claimed_until is null or d.claimed_until <= at)
                and not exists (
                      select from webhook_deliveries earlier
                       where (earlier.tenant_id, earlier.endpoint_id, earlier.object_id) = (d.tenant_id, d.endpoint_id, d.object_id)
                         and earlier.status = 'waiting'
                         and earlier.sequence < d.sequence)
              order by d.next_attempt_at, d.sequence
              limit greatest(open.room, 0)
                for update of d skip locked) ready
       limit batch_size
    ), claimed as (
      update webhook_deliveries d
         set claim = new_claim, claimed_until = claim_ends, attempts = d.attempts + 1
        from due
       where (d.tenant_id, d.id) = (due.tenant_id, due.id)
      returning d.tenant_id, d.id, d.endpoint_id, d.event_id, d.attempts, d.tries + 1 as tries
    )
    select c.tenant_id, c.id, c.endpoint_id, c.event_id, c.attempts, c.tries, w.url, w.partner_id, w.secret_encrypted,
           w.retired_secrets_encrypted, w.retired_secrets_until, e.body
      from claimed c
      join partner_webhooks w on (w.tenant_id, w.id) = (c.tenant_id, c.endpoint_id)
      join webhook_events e on (e.tenant_id, e.id) = (c.tenant_id, c.event_id)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function claim_webhook_deliveries(at timestamp with time zone, claim_ends timestamp with time zone, new_claim uuid, batch_size integer, endpoint_max integer, owner_max integer, busy_endpoints uuid[], busy_counts integer[]) is 'Hands a worker what is due, of every tenant: so many of each endpoint and of each owner as they have room for, so that none takes the place of the others; an endpoint that fails gets one at a time.';

CREATE OR REPLACE FUNCTION closed_webhook_endpoints(tenant_ids uuid[], endpoint_ids uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select asked.id
      from unnest(tenant_ids, endpoint_ids) as asked (tenant_id, id)
     where not exists (select from partner_webhooks w where (w.tenant_id, w.id) = (asked.tenant_id, asked.id) and w.status = 'active' and w.deleted_at is null)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function closed_webhook_endpoints(tenant_ids uuid[], endpoint_ids uuid[]) is 'Which of a worker''s endpoints nothing is to be sent to any more: deleted or turned off since it claimed for them.';

CREATE OR REPLACE FUNCTION create_operator(new_id uuid, operator_name text, at timestamp with time zone)
 RETURNS TABLE(id uuid, is_new boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
#variable_conflict use_column
begin
  insert into tenants (id, name, created_at) values (new_id, operator_name, at) on conflict ((true)) where parent_id is null and mode = 'live' do nothing;
  return query select t.id, t.id = new_id from tenants t where t.parent_id is null and t.mode = 'live';
end $function$;
-- May be executed by: its owner, tributary_server.
comment on function create_operator(new_id uuid, operator_name text, at timestamp with time zone) is 'The first tenant cannot be made under its own policy; this makes it once, and ever after finds it.';

CREATE OR REPLACE FUNCTION current_tenant_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$ select nullif(current_setting('tenant_id', true), '')::uuid $function$;
-- May be executed by: its owner, public.
comment on function current_tenant_id() is 'The tenant of the running transaction; null where none was set, and then no row of any table is visible.';

CREATE OR REPLACE FUNCTION find_api_key(public_id text)
 RETURNS TABLE(tenant_id uuid, id uuid, partner_id uuid, partner_tier text, partner_status text, api_secret_hash text, permissions jsonb, ip_allow_list jsonb, expires_at timestamp with time zone, status text, last_used_at timestamp with time zone, tenant_status text, clock_offset_ms bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select k.tenant_id, k.id, k.partner_id, p.tier, p.status, k.api_secret_hash, k.permissions, k.ip_allow_list, k.expires_at, k.status, k.last_used_at,
           t.status, t.clock_offset_ms
      from partner_api_keys k
      join tenants t on t.id = k.tenant_id
      left join partners p on (p.tenant_id, p.id) = (k.tenant_id, k.partner_id)
     where k.api_key = public_id
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function find_api_key(public_id text) is 'A key names its tenant: it is looked up by its public id, before any tenant is known.';

CREATE OR REPLACE FUNCTION find_link(requested_tenant_id uuid, requested_code text)
 RETURNS TABLE(id uuid, partner_id uuid, partner_status text, destination_url text, campaign text, sub_ids jsonb, status text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select l.id, l.partner_id, p.status, l.destination_url, l.campaign, l.sub_ids, l.status
      from referral_links l
      join partners p on (p.tenant_id, p.id) = (l.tenant_id, l.partner_id)
     where (l.tenant_id, l.code) = (requested_tenant_id, requested_code)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function find_link(requested_tenant_id uuid, requested_code text) is 'The redirect''s one read, without a transaction of its own; the tenant is part of the question.';

CREATE OR REPLACE FUNCTION find_session(requested_tenant_id uuid, requested_id uuid)
 RETURNS TABLE(user_id uuid, role text, user_status text, expires_at timestamp with time zone, revoked_at timestamp with time zone, partner_id uuid, partner_tier text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select u.id, u.role, u.status, s.expires_at, s.revoked_at, p.id, p.tier
      from sessions s
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners p on (p.tenant_id, p.user_id) = (u.tenant_id, u.id)
     where (s.tenant_id, s.id) = (requested_tenant_id, requested_id)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function find_session(requested_tenant_id uuid, requested_id uuid) is 'One read for each request of a person: a revoked session, a disabled user and a changed role count at once.';

CREATE OR REPLACE FUNCTION forget_outbox_events(told_before timestamp with time zone, batch_size integer)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with old as (
      select id from outbox_events
       where tenant_id = current_tenant_id() and dispatched_at < told_before
       order by dispatched_at
       limit batch_size
    ), forgotten as (
      delete from outbox_events e using old where e.tenant_id = current_tenant_id() and e.id = old.id returning 1
    )
    select count(*) from forgotten
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function forget_outbox_events(told_before timestamp with time zone, batch_size integer) is 'Deletes what the running transaction''s tenant has had told long ago; the server itself may not delete events.';

CREATE OR REPLACE FUNCTION insert_clicks(tenant_ids uuid[], ids uuid[], link_ids uuid[], partner_ids uuid[], clicked_ats timestamp with time zone[], visitor_ids uuid[], device_ids text[], are_repeats boolean[], ips inet[], user_agents text[], referrers text[], campaigns text[], sub_ids jsonb[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    insert into clicks (tenant_id, id, link_id, partner_id, clicked_at, visitor_id, device_id, is_repeat, ip, user_agent, referrer, campaign, sub_ids)
    select *
      from unnest(tenant_ids, ids, link_ids, partner_ids, clicked_ats, visitor_ids, device_ids, are_repeats, ips, user_agents, referrers, campaigns, sub_ids)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function insert_clicks(tenant_ids uuid[], ids uuid[], link_ids uuid[], partner_ids uuid[], clicked_ats timestamp with time zone[], visitor_ids uuid[], device_ids text[], are_repeats boolean[], ips inet[], user_agents text[], referrers text[], campaigns text[], sub_ids jsonb[]) is 'Clicks of many tenants are committed together: one statement and one flush for whatever arrived meanwhile.';

CREATE OR REPLACE FUNCTION isolate(table_name text, privileges text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %I enable row level security', table_name);
  -- The sub-select is evaluated once a statement, not once a row.
  execute format(
    'create policy tenant_isolation on %I to tributary_server using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()))',
    table_name);
  execute format('grant %s on %I to tributary_server', privileges, table_name);
end $function$;
-- May be executed by: its owner, public.
comment on function isolate(table_name text, privileges text) is 'Used by migrations: puts a table under the tenant policy and grants the server what it may do with it.';

CREATE OR REPLACE FUNCTION job_run_figures()
 RETURNS TABLE(name text, succeeded_at timestamp with time zone, duration_ms bigint, failures bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select r.name, case when count(*) = count(r.succeeded_at) then min(r.succeeded_at) end, max(r.duration_ms), sum(r.failures)::bigint
      from job_runs r
      join tenants t on t.id = r.tenant_id and t.status = 'active'
     group by r.name
     order by r.name
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function job_run_figures() is 'Figures of each job over all tenants, for metrics: the oldest of their last successes, the longest of their last runs, all failures. No tenant is told apart.';

CREATE OR REPLACE FUNCTION ledger_apply_postings()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  update ledger_accounts a
     set balance = a.balance + case k.normal_side when 'debit' then d.net else -d.net end
    from (
      select tenant_id, partner_id, currency, kind, sum(net)::bigint as net
        from (
          select tenant_id, partner_id, currency, debit as kind, amount as net from posted
          union all
          select tenant_id, partner_id, currency, credit, -amount from posted
        ) sides
       group by tenant_id, partner_id, currency, kind
    ) d
    join ledger_account_kinds k on k.kind = d.kind
   where (a.tenant_id, a.partner_id, a.currency, a.kind) = (d.tenant_id, d.partner_id, d.currency, d.kind)
     and d.net <> 0;
  return null;
end $function$;
-- May be executed by: its owner.
comment on function ledger_apply_postings() is 'The only writer of balances; runs as the owner, since the server may not update accounts.';

CREATE OR REPLACE FUNCTION ledger_lock_accounts(partner_ids uuid[], currencies text[])
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
declare locked bigint;
begin
  -- One order for everybody, so that two transactions over the same partners cannot wait for each other in a circle.
  perform 1
     from ledger_accounts a
     join (select distinct p.partner_id, p.currency from unnest(partner_ids, currencies) as p (partner_id, currency)) wanted
       on wanted.partner_id = a.partner_id and wanted.currency = a.currency
    where a.tenant_id = current_tenant_id()
    order by a.partner_id, a.currency, a.kind
      for update of a;
  get diagnostics locked = row_count;
  return locked;
end $function$;
-- May be executed by: its owner, tributary_server.
comment on function ledger_lock_accounts(partner_ids uuid[], currencies text[]) is 'Locks the accounts of partners in currencies, pairwise, in key order, and says how many there are. Runs as the owner, since a row lock needs a right to update; it sees the caller''s tenant alone.';

CREATE OR REPLACE FUNCTION list_tenants()
 RETURNS TABLE(id uuid, mode text, status text, clock_offset_ms bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$ select t.id, t.mode, t.status, t.clock_offset_ms from tenants t order by t.id $function$;
-- May be executed by: its owner, tributary_server.
comment on function list_tenants() is 'Ids alone, for jobs that wake the same work in every tenant.';

CREATE OR REPLACE FUNCTION outbox_figures()
 RETURNS TABLE(waiting bigint, given_up bigint, oldest timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select count(*) filter (where given_up_at is null), count(*) filter (where given_up_at is not null),
           min(recorded_at) filter (where given_up_at is null)
      from (
        select given_up_at, recorded_at from outbox_events where dispatched_at is null and given_up_at is null
         union all
        select given_up_at, recorded_at from outbox_events where given_up_at is not null
      ) open
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function outbox_figures() is 'How many events of all tenants have not been told, for metrics and the doctor.';

CREATE OR REPLACE FUNCTION postpone_outbox_event(failed_position bigint, error text, next_try timestamp with time zone, gave_up timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    update outbox_events
       set attempts = attempts + 1, last_error = error, retry_at = next_try, given_up_at = gave_up
     where position = failed_position and dispatched_at is null and given_up_at is null
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function postpone_outbox_event(failed_position bigint, error text, next_try timestamp with time zone, gave_up timestamp with time zone) is 'Notes that a listener could not take an event of any tenant, and when it is told again, or that it is not.';

CREATE OR REPLACE FUNCTION quarter_hour_of(instant timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE
AS $function$ select pg_catalog.date_bin('15 minutes', instant, '2000-01-01T00:00:00Z') $function$;
-- May be executed by: its owner, public.
comment on function quarter_hour_of(instant timestamp with time zone) is 'The start of the quarter hour: the grain of marks, which fits every time zone.';

CREATE OR REPLACE FUNCTION refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation';
end $function$;
-- May be executed by: its owner, public.
comment on function refuse_change() is 'Trigger of append-only tables, against everybody, the owner included.';

CREATE OR REPLACE FUNCTION refuse_commission_amount_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (old.tenant_id, old.id, old.partner_id, old.event_id, old.rule, old.act, old.commission_type, old.amount, old.currency, old.reverses_id)
     is distinct from
     (new.tenant_id, new.id, new.partner_id, new.event_id, new.rule, new.act, new.commission_type, new.amount, new.currency, new.reverses_id)
  then
    raise exception 'the amount of a commission is never edited' using errcode = 'restrict_violation';
  end if;
  if old.status = 'cancelled' and new.status <> 'cancelled' then
    raise exception 'a cancelled commission stays cancelled' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;
-- May be executed by: its owner, public.
comment on function refuse_commission_amount_change() is 'Trigger: the amount of a commission is never edited, and a cancelled one stays cancelled.';

CREATE OR REPLACE FUNCTION refuse_published_plan_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.status = 'published' then
    raise exception 'a published plan version is never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;
-- May be executed by: its owner, public.
comment on function refuse_published_plan_change() is 'Trigger: a published plan version is never edited.';

CREATE OR REPLACE FUNCTION refuse_transaction_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  -- A waiting reversal is tied to its original, and takes its place in the partner's sequence, once; nothing else about a transaction
  -- ever changes.
  if (old.tenant_id, old.id, old.external_id, old.user_id, old.kind, old.amount, old.currency, old.tax, old.revenue, old.occurred_at, old.recorded_at, old.original_external_id,
      old.product, old.plan_code, old.country)
     is distinct from
     (new.tenant_id, new.id, new.external_id, new.user_id, new.kind, new.amount, new.currency, new.tax, new.revenue, new.occurred_at, new.recorded_at, new.original_external_id,
      new.product, new.plan_code, new.country)
     or old.original_id is not null
     or new.original_id is null
  then
    raise exception 'a recorded transaction is never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;
-- May be executed by: its owner, public.
comment on function refuse_transaction_change() is 'Trigger: a recorded transaction is never edited; a waiting reversal is tied to its original once.';

CREATE OR REPLACE FUNCTION release_webhook_deliveries(tenant_ids uuid[], ids uuid[], claims uuid[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    update webhook_deliveries d
       set claim = null, claimed_until = null
      from unnest(tenant_ids, ids, claims) as held (tenant_id, id, claim)
     where (d.tenant_id, d.id) = (held.tenant_id, held.id) and d.claim = held.claim and d.status = 'waiting'
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function release_webhook_deliveries(tenant_ids uuid[], ids uuid[], claims uuid[]) is 'A worker gives back what it claimed and did not send. What was claimed anew meanwhile keeps its new claim.';

CREATE OR REPLACE FUNCTION retry_outbox_events()
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with again as (
      update outbox_events set attempts = 0, retry_at = null, given_up_at = null where given_up_at is not null returning 1
    )
    select count(*) from again
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function retry_outbox_events() is 'Has the events of every tenant that were given up told again.';

CREATE OR REPLACE FUNCTION settle_outbox_events(positions bigint[], dispatched timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    update outbox_events set dispatched_at = dispatched where position = any (positions) and dispatched_at is null
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function settle_outbox_events(positions bigint[], dispatched timestamp with time zone) is 'Marks events of any tenant as dispatched.';

CREATE OR REPLACE FUNCTION settle_webhook_deliveries(settled timestamp with time zone, tenant_ids uuid[], ids uuid[], claims uuid[], attempt_numbers integer[], urls text[], started timestamp with time zone[], durations integer[], status_codes integer[], errors text[], response_bodies text[], outcomes text[], next_attempts timestamp with time zone[], throttles timestamp with time zone[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with answers as (
      select *
        from unnest(tenant_ids, ids, claims, attempt_numbers, urls, started, durations, status_codes, errors, response_bodies, outcomes, next_attempts, throttles)
          as a (tenant_id, id, claim, attempt, url, started_at, duration_ms, status_code, error, response_body, outcome, next_attempt_at, throttled_until)
    ), logged as (
      insert into webhook_attempts (tenant_id, delivery_id, attempt, url, started_at, duration_ms, status_code, error, response_body)
      select a.tenant_id, a.id, a.attempt, a.url, a.started_at, a.duration_ms, a.status_code, a.error, a.response_body
        from answers a
        join webhook_deliveries d on (d.tenant_id, d.id) = (a.tenant_id, a.id)
      on conflict do nothing
    ), moved as (
      update webhook_deliveries d
         set status = a.outcome, tries = d.tries + 1, next_attempt_at = a.next_attempt_at, claim = null, claimed_until = null, last_status_code = a.status_code, last_error = a.error,
             settled_at = case when a.outcome = 'waiting' then null else settled end
        from answers a
       where (d.tenant_id, d.id) = (a.tenant_id, a.id) and d.claim = a.claim and d.status = 'waiting'
      returning d.tenant_id, d.endpoint_id, d.object_id, d.sequence, d.next_attempt_at, a.outcome, a.started_at, a.throttled_until
    ), followers as (
      -- What waits for one that failed is not looked at before that is due again.
      update webhook_deliveries f
         set next_attempt_at = m.next_attempt_at
        from moved m
       where m.outcome = 'waiting'
         and (f.tenant_id, f.endpoint_id, f.object_id) = (m.tenant_id, m.endpoint_id, m.object_id)
         and f.status = 'waiting'
         and f.sequence > m.sequence
         and f.tries = 0
         and f.next_attempt_at < m.next_attempt_at
         and f.id <> all (ids)
    ), next as (
      -- One that is settled makes the next of its object due.
      update webhook_deliveries n
         set next_attempt_at = settled
        from moved m
       cross join lateral (
             select f.id
               from webhook_deliveries f
              where (f.tenant_id, f.endpoint_id, f.object_id) = (m.tenant_id, m.endpoint_id, m.object_id)
                and f.status = 'waiting'
                and f.sequence > m.sequence
              order by f.sequence
              limit 1) follower
       where m.outcome <> 'waiting'
         and (n.tenant_id, n.id) = (m.tenant_id, follower.id)
         and n.tries = 0
         and n.next_attempt_at > settled
         and n.id <> all (ids)
    ), health as (
      select m.tenant_id, m.endpoint_id, count(*) filter (where m.outcome <> 'delivered') as failures, bool_or(m.outcome = 'delivered') as is_well,
             min(m.started_at) as first_at, max(m.started_at) as last_at, max(m.throttled_until) as throttled_until
        from moved m
       group by m.tenant_id, m.endpoint_id
    )
    update partner_webhooks w
       set failure_count = case when h.is_well then 0 else w.failure_count + h.failures end,
           failing_since = case when h.is_well then null else coalesce(w.failing_since, h.first_at) end,
           warned_at = case when h.is_well then null else w.warned_at end,
           last_triggered_at = h.last_at,
           last_delivered_at = case when h.is_well then h.last_at else w.last_delivered_at end,
           throttled_until = greatest(w.throttled_until, h.throttled_until)
      from health h
     where (w.tenant_id, w.id) = (h.tenant_id, h.endpoint_id)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function settle_webhook_deliveries(settled timestamp with time zone, tenant_ids uuid[], ids uuid[], claims uuid[], attempt_numbers integer[], urls text[], started timestamp with time zone[], durations integer[], status_codes integer[], errors text[], response_bodies text[], outcomes text[], next_attempts timestamp with time zone[], throttles timestamp with time zone[]) is 'Writes down what became of attempts, of any tenant, in one statement. What was claimed anew meanwhile keeps its new claim.';

CREATE OR REPLACE FUNCTION tenant_for_host(requested_host text)
 RETURNS TABLE(id uuid, parent_id uuid, name text, host text, mode text, status text, clock_offset_ms bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select t.id, t.parent_id, t.name, t.host, t.mode, t.status, t.clock_offset_ms
      from tenants t
     where t.host = lower(requested_host)
        or (t.parent_id is null and t.mode = 'live')
     order by (t.host = lower(requested_host)) is true desc
     limit 1
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function tenant_for_host(requested_host text) is 'The tenant that answers on a host; the operator itself for every host that is nobody else''s.';

CREATE OR REPLACE FUNCTION touch_changed_commission()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select new.tenant_id, 'commissions', new.partner_id, quarter_hour_of(moment)
    from (values (old.occurred_at), (new.occurred_at)) as at (moment)
   group by 4;
  return null;
end $function$;
-- May be executed by: its owner.
comment on function touch_changed_commission() is 'Trigger: marks both days of a commission whose date or cancellation changed.';

CREATE OR REPLACE FUNCTION touch_changed_referral()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct new.tenant_id, 'referrals', whose, quarter_hour_of(moment)
    from (values
           (old.partner_id, old.created_at), (old.partner_id, old.conversion_date), (old.partner_id, old.qualified_at), (old.partner_id, old.rejected_at),
           (new.partner_id, new.created_at), (new.partner_id, new.conversion_date), (new.partner_id, new.qualified_at), (new.partner_id, new.rejected_at)
         ) as at (whose, moment)
   where moment is not null;
  return null;
end $function$;
-- May be executed by: its owner.
comment on function touch_changed_referral() is 'Trigger: marks the days of a referral whose partner, source, state or dates changed.';

CREATE OR REPLACE FUNCTION touch_changed_transaction()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  values (new.tenant_id, 'transactions', new.partner_id, quarter_hour_of(new.occurred_at));
  return null;
end $function$;
-- May be executed by: its owner.
comment on function touch_changed_transaction() is 'Trigger: marks the quarter hour of a transaction that was tied to a partner later.';

CREATE OR REPLACE FUNCTION touch_clicks()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct tenant_id, 'clicks', partner_id, quarter_hour_of(clicked_at) from inserted;
  return null;
end $function$;
-- May be executed by: its owner.
comment on function touch_clicks() is 'Trigger: marks the quarter hours of new clicks for the roll-up.';

CREATE OR REPLACE FUNCTION touch_commissions()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct tenant_id, 'commissions', partner_id, quarter_hour_of(occurred_at) from inserted;
  return null;
end $function$;
-- May be executed by: its owner.
comment on function touch_commissions() is 'Trigger: marks the quarter hours of new commissions for the roll-up.';

CREATE OR REPLACE FUNCTION touch_referrals()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct r.tenant_id, 'referrals', r.partner_id, quarter_hour_of(moment)
    from inserted r
   cross join lateral (values (r.created_at), (r.conversion_date), (r.qualified_at), (r.rejected_at)) as at (moment)
   where moment is not null;
  return null;
end $function$;
-- May be executed by: its owner.
comment on function touch_referrals() is 'Trigger: marks the quarter hours of what happened to new referrals for the roll-up.';

CREATE OR REPLACE FUNCTION touch_transactions()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
  select distinct tenant_id, 'transactions', partner_id, quarter_hour_of(occurred_at)
    from inserted where partner_id is not null;
  return null;
end $function$;
-- May be executed by: its owner.
comment on function touch_transactions() is 'Trigger: marks the quarter hours of new transactions for the roll-up.';
