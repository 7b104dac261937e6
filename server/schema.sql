-- The schema that the migrations make, read from the database's catalogue and written by `npm run schema`. To be read and compared: a
-- database is made by the migrations (server/migrations), never from this file.

create table agreement_acceptances (
  tenant_id uuid not null,
  id uuid not null,
  version_id uuid not null,
  partner_id uuid not null,
  user_id uuid not null,
  text_hash text not null,
  accepted_at timestamp with time zone not null,
  ip text,
  constraint agreement_acceptances_pkey PRIMARY KEY (tenant_id, id),
  constraint agreement_acceptances_tenant_id_version_id_partner_id_key UNIQUE (tenant_id, version_id, partner_id),
  constraint agreement_acceptances_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint agreement_acceptances_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint agreement_acceptances_tenant_id_version_id_fkey FOREIGN KEY (tenant_id, version_id) REFERENCES agreement_versions(tenant_id, id)
);
CREATE INDEX agreement_acceptances_partner_index ON agreement_acceptances USING btree (tenant_id, partner_id);
CREATE INDEX agreement_acceptances_version_index ON agreement_acceptances USING btree (tenant_id, version_id, accepted_at, id);
CREATE TRIGGER agreement_acceptances_append_only BEFORE DELETE OR UPDATE ON agreement_acceptances FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table agreement_acceptances enable row level security;
create policy tenant_isolation on agreement_acceptances as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on agreement_acceptances to tributary_server;
comment on table agreement_acceptances is 'Who accepted which text for which partner, when and from where. Never changed.';
comment on column agreement_acceptances.text_hash is 'Of the text that the person saw; the server takes no other than the version''s.';
comment on column agreement_acceptances.ip is 'The address it came from, in full: it is evidence.';

create table agreement_versions (
  tenant_id uuid not null,
  id uuid not null,
  agreement_id uuid not null,
  number integer,
  status text not null,
  title text not null,
  body text not null,
  text_hash text not null,
  blocks_payouts boolean not null,
  blocks_approval boolean not null,
  grace_days integer not null,
  effective_from timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  published_at timestamp with time zone,
  published_by uuid,
  constraint agreement_versions_pkey PRIMARY KEY (tenant_id, id),
  constraint agreement_versions_tenant_id_agreement_id_number_key UNIQUE (tenant_id, agreement_id, number),
  constraint agreement_versions_tenant_id_agreement_id_fkey FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements(tenant_id, id),
  constraint agreement_versions_tenant_id_published_by_fkey FOREIGN KEY (tenant_id, published_by) REFERENCES users(tenant_id, id),
  constraint agreement_versions_grace_check CHECK (((grace_days >= 0) AND (grace_days <= 365))),
  constraint agreement_versions_published_check CHECK (((status = 'published'::text) = ((number IS NOT NULL) AND (effective_from IS NOT NULL) AND (published_at IS NOT NULL)))),
  constraint agreement_versions_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text])))
);
CREATE INDEX agreement_versions_agreement_index ON agreement_versions USING btree (tenant_id, agreement_id, effective_from);
CREATE UNIQUE INDEX agreement_versions_one_draft_index ON agreement_versions USING btree (tenant_id, agreement_id) WHERE (status = 'draft'::text);
CREATE TRIGGER agreement_versions_published_stay BEFORE UPDATE ON agreement_versions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_text();
alter table agreement_versions enable row level security;
create policy tenant_isolation on agreement_versions as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on agreement_versions to tributary_server;
comment on table agreement_versions is 'A text of an agreement. A draft may change; what is published never does, and is in force from its day until a later version is.';
comment on column agreement_versions.number is 'Given with the publication, from 1 on.';
comment on column agreement_versions.body is 'Markdown.';
comment on column agreement_versions.text_hash is 'SHA-256 of title, a line break and body: what a partner accepts by.';
comment on column agreement_versions.blocks_payouts is 'Who has not accepted it when the grace is over is not paid.';
comment on column agreement_versions.blocks_approval is 'Who has not accepted it is not approved.';
comment on column agreement_versions.grace_days is 'Days after its first day, or after joining, in which nothing is blocked.';

create table agreements (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  name text not null,
  tiers text[] not null,
  created_at timestamp with time zone not null,
  constraint agreements_pkey PRIMARY KEY (tenant_id, id),
  constraint agreements_tenant_id_program_id_fkey FOREIGN KEY (tenant_id, program_id) REFERENCES programs(tenant_id, id),
  constraint agreements_tiers_check CHECK (((cardinality(tiers) > 0) AND (tiers <@ ARRAY['tier1'::text, 'tier2'::text, 'tier3'::text, 'tier4'::text])))
);
CREATE INDEX agreements_created_index ON agreements USING btree (tenant_id, created_at, id);
alter table agreements enable row level security;
create policy tenant_isolation on agreements as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on agreements to tributary_server;
comment on table agreements is 'Texts that partners accept: one for each thing that is agreed on, in versions.';
comment on column agreements.tiers is 'Whose partners it is for.';

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
comment on table audit_checkpoints is 'The head of the chain at points in time, signed with Ed25519 and published: what came before can no longer be changed unnoticed.';

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
CREATE INDEX audit_log_action_index ON audit_log USING btree (tenant_id, action text_pattern_ops, "position");
CREATE INDEX audit_log_actor_index ON audit_log USING btree (tenant_id, actor_id, "position");
CREATE INDEX audit_log_occurred_index ON audit_log USING btree (tenant_id, occurred_at);
CREATE INDEX audit_log_position_index ON audit_log USING btree (tenant_id, "position");
CREATE INDEX audit_log_target_index ON audit_log USING btree (tenant_id, target_id, "position");
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
alter table audit_log enable row level security;
create policy tenant_isolation on audit_log as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on audit_log to tributary_server;
comment on table audit_log is 'Who did what, in the transaction of what was done. Append-only; sealed into audit_chain by a job.';
comment on column audit_log.position is 'Order of writing, which is the order of sealing.';

create table brandings (
  tenant_id uuid not null,
  version integer not null,
  settings jsonb not null,
  logo_id uuid,
  logo_dark_id uuid,
  favicon_id uuid,
  restores integer,
  created_at timestamp with time zone not null,
  created_by uuid,
  constraint brandings_pkey PRIMARY KEY (tenant_id, version),
  constraint brandings_tenant_id_favicon_id_fkey FOREIGN KEY (tenant_id, favicon_id) REFERENCES files(tenant_id, id),
  constraint brandings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint brandings_tenant_id_logo_dark_id_fkey FOREIGN KEY (tenant_id, logo_dark_id) REFERENCES files(tenant_id, id),
  constraint brandings_tenant_id_logo_id_fkey FOREIGN KEY (tenant_id, logo_id) REFERENCES files(tenant_id, id),
  constraint brandings_tenant_id_restores_fkey FOREIGN KEY (tenant_id, restores) REFERENCES brandings(tenant_id, version),
  constraint brandings_restores_check CHECK ((restores < version)),
  constraint brandings_version_check CHECK ((version > 0))
);
CREATE TRIGGER brandings_append_only BEFORE DELETE OR UPDATE ON brandings FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table brandings enable row level security;
create policy tenant_isolation on brandings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on brandings to tributary_server;
comment on table brandings is 'How a tenant looks, each version a row; the one with the highest number is shown.';
comment on column brandings.settings is 'Name, colours, radius, font, texts, links and the look of mails: shapes in server/src/whitelabel/branding.ts.';
comment on column brandings.logo_dark_id is 'Shown on dark grounds; null where the logo serves for both.';
comment on column brandings.restores is 'The version that this one brings back.';
comment on column brandings.created_by is 'Who of the team saved it; null where an API key did.';

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

create table card_authorizations (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  token text not null,
  transaction_token text not null,
  card_id uuid not null,
  method text not null,
  amount bigint not null,
  currency text not null,
  decision text not null,
  reason text,
  merchant text,
  mcc text,
  decided_at timestamp with time zone not null,
  counts bigint not null,
  counts_at timestamp with time zone not null,
  constraint card_authorizations_pkey PRIMARY KEY (tenant_id, id),
  constraint card_authorizations_tenant_id_program_id_token_key UNIQUE (tenant_id, program_id, token),
  constraint card_authorizations_tenant_id_card_id_fkey FOREIGN KEY (tenant_id, card_id) REFERENCES cards(tenant_id, id),
  constraint card_authorizations_tenant_id_program_id_fkey FOREIGN KEY (tenant_id, program_id) REFERENCES card_programs(tenant_id, id),
  constraint card_authorizations_counts_check CHECK ((((decision = 'approved'::text) AND (counts = amount)) OR ((decision = 'declined'::text) AND (counts = 0)) OR ((decision = 'released'::text) AND (counts <= 0)))),
  constraint card_authorizations_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'declined'::text, 'released'::text]))),
  constraint card_authorizations_reason_check CHECK (((decision = 'declined'::text) = (reason IS NOT NULL)))
);
CREATE INDEX card_authorizations_card_index ON card_authorizations USING btree (tenant_id, card_id, decided_at, id);
CREATE INDEX card_authorizations_counts_index ON card_authorizations USING btree (tenant_id, card_id, counts_at) INCLUDE (counts) WHERE (counts <> 0);
CREATE INDEX card_authorizations_transaction_index ON card_authorizations USING btree (tenant_id, program_id, transaction_token);
CREATE TRIGGER card_authorizations_append_only BEFORE DELETE OR UPDATE ON card_authorizations FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table card_authorizations enable row level security;
create policy tenant_isolation on card_authorizations as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on card_authorizations to tributary_server;
comment on table card_authorizations is 'What was asked of cards and what was answered; what was released again. Append-only.';
comment on column card_authorizations.token is 'The issuer''s name for the question: asked twice it is answered as it was first.';
comment on column card_authorizations.transaction_token is 'The issuer''s name for the transaction.';
comment on column card_authorizations.counts is 'What counts against the limits of the card, in minor units; negative where it is released.';
comment on column card_authorizations.counts_at is 'The instant in whose day and month it counts: of a release, that of what it releases.';

create table card_links (
  tenant_id uuid not null,
  program_id uuid not null,
  token text not null,
  preceding_token text not null,
  recorded_at timestamp with time zone not null,
  constraint card_links_pkey PRIMARY KEY (tenant_id, program_id, token),
  constraint card_links_tenant_id_program_id_fkey FOREIGN KEY (tenant_id, program_id) REFERENCES card_programs(tenant_id, id)
);
CREATE INDEX card_links_preceding_index ON card_links USING btree (tenant_id, program_id, preceding_token);
CREATE TRIGGER card_links_append_only BEFORE DELETE OR UPDATE ON card_links FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table card_links enable row level security;
create policy tenant_isolation on card_links as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on card_links to tributary_server;
comment on table card_links is 'Which of the issuer''s authorisations follows what: one that raises another, or that of a refund. Append-only.';
comment on column card_links.token is 'The issuer''s name for what follows.';
comment on column card_links.preceding_token is 'Its name for what came before: an authorisation, or what was cleared.';

create table card_products (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  partner_id uuid not null,
  name text not null,
  status text not null,
  per_authorization bigint,
  daily bigint,
  monthly bigint,
  revenue_ppm bigint not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint card_products_pkey PRIMARY KEY (tenant_id, id),
  constraint card_products_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint card_products_tenant_id_program_id_fkey FOREIGN KEY (tenant_id, program_id) REFERENCES card_programs(tenant_id, id),
  constraint card_products_limits_check CHECK (((per_authorization > 0) AND (daily > 0) AND (monthly > 0))),
  constraint card_products_revenue_check CHECK (((revenue_ppm >= 0) AND (revenue_ppm <= 1000000))),
  constraint card_products_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'active'::text, 'refused'::text, 'closed'::text])))
);
CREATE INDEX card_products_created_index ON card_products USING btree (tenant_id, created_at, id);
CREATE INDEX card_products_partner_index ON card_products USING btree (tenant_id, partner_id, created_at, id);
alter table card_products enable row level security;
create policy tenant_isolation on card_products as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on card_products to tributary_server;
comment on table card_products is 'What a partner''s cards are like. Its id is its token at the issuer.';
comment on column card_products.per_authorization is 'The most that one purchase may take, in minor units of the programme''s currency; null: no limit.';
comment on column card_products.daily is 'The most that a card may take in a day of UTC.';
comment on column card_products.monthly is 'The most that a card may take in a month of UTC.';
comment on column card_products.revenue_ppm is 'The operator''s own revenue from what is spent, in parts per million: the revenue of card events.';

create table card_programs (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid,
  name text not null,
  base_url text not null,
  currency text not null,
  secrets_sealed bytea not null,
  status text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint card_programs_pkey PRIMARY KEY (tenant_id, id),
  constraint card_programs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint card_programs_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint card_programs_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint card_programs_status_check CHECK ((status = ANY (ARRAY['connecting'::text, 'active'::text, 'disabled'::text, 'refused'::text])))
);
CREATE INDEX card_programs_created_index ON card_programs USING btree (tenant_id, created_at, id);
CREATE TRIGGER card_programs_mode BEFORE INSERT OR UPDATE OF base_url ON card_programs FOR EACH ROW EXECUTE FUNCTION refuse_issuer_of_other_mode();
alter table card_programs enable row level security;
create policy tenant_isolation on card_programs as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on card_programs to tributary_server;
comment on table card_programs is 'Programmes at the card issuer: where cards are made, and by which credentials.';
comment on column card_programs.partner_id is 'The one partner whose programme it is (dedicated); null: any partner may have products in it (shared).';
comment on column card_programs.secrets_sealed is 'Our tokens there, and the password and signing secret with which the issuer calls us.';

create table card_requests (
  tenant_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  kind text not null,
  chain_id uuid not null,
  target_id uuid not null,
  number bigint not null generated always as identity,
  body_sealed bytea,
  status text not null,
  attempts integer not null default 0,
  error_code text,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint card_requests_pkey PRIMARY KEY (tenant_id, program_id, id),
  constraint card_requests_tenant_id_program_id_fkey FOREIGN KEY (tenant_id, program_id) REFERENCES card_programs(tenant_id, id),
  constraint card_requests_body_check CHECK (((status <> 'open'::text) OR (body_sealed IS NOT NULL))),
  constraint card_requests_kind_check CHECK ((kind = ANY (ARRAY['gateway'::text, 'webhook'::text, 'product'::text, 'user'::text, 'card'::text, 'card_transition'::text, 'user_transition'::text]))),
  constraint card_requests_settled_check CHECK (((status = 'open'::text) = (settled_at IS NULL))),
  constraint card_requests_status_check CHECK ((status = ANY (ARRAY['open'::text, 'confirmed'::text, 'refused'::text])))
);
CREATE INDEX card_requests_open_index ON card_requests USING btree (tenant_id, chain_id, number) WHERE (status = 'open'::text);
alter table card_requests enable row level security;
create policy tenant_isolation on card_requests as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on card_requests to tributary_server;
comment on table card_requests is 'What the issuer is asked for. Token and bytes are committed before they are sent, and the same go out each time: it is made once.';
comment on column card_requests.id is 'Its token at the issuer, which makes one thing of each token.';
comment on column card_requests.chain_id is 'Requests of one chain (a user, or a programme) go out one after the other, by number.';
comment on column card_requests.target_id is 'The product, user, card or programme that it is about.';
comment on column card_requests.body_sealed is 'The bytes; forgotten when it is settled: they may hold what the issuer must know of a person.';
comment on column card_requests.error_code is 'What the issuer last answered, where that was no yes.';

create table card_spends (
  tenant_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  token text not null,
  card_id uuid not null,
  partner_id uuid not null,
  kind text not null,
  amount bigint not null,
  currency text not null,
  preceding_token text,
  transaction_id uuid,
  refusal text,
  merchant text,
  mcc text,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  part_of uuid,
  reverses_id uuid,
  constraint card_spends_pkey PRIMARY KEY (tenant_id, id),
  constraint card_spends_tenant_id_program_id_token_key UNIQUE (tenant_id, program_id, token),
  constraint card_spends_tenant_id_card_id_fkey FOREIGN KEY (tenant_id, card_id) REFERENCES cards(tenant_id, id),
  constraint card_spends_tenant_id_part_of_fkey FOREIGN KEY (tenant_id, part_of) REFERENCES card_spends(tenant_id, id),
  constraint card_spends_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint card_spends_tenant_id_program_id_fkey FOREIGN KEY (tenant_id, program_id) REFERENCES card_programs(tenant_id, id),
  constraint card_spends_tenant_id_reverses_id_fkey FOREIGN KEY (tenant_id, reverses_id) REFERENCES transactions(tenant_id, id),
  constraint card_spends_tenant_id_transaction_id_fkey FOREIGN KEY (tenant_id, transaction_id) REFERENCES transactions(tenant_id, id),
  constraint card_spends_kind_check CHECK ((kind = ANY (ARRAY['card'::text, 'refund'::text, 'chargeback'::text, 'chargeback_won'::text]))),
  constraint card_spends_outcome_check CHECK (((transaction_id IS NULL) = (refusal IS NOT NULL)))
);
CREATE INDEX card_spends_card_index ON card_spends USING btree (tenant_id, card_id, occurred_at, id);
CREATE INDEX card_spends_occurred_index ON card_spends USING btree (tenant_id, occurred_at, id);
CREATE INDEX card_spends_part_index ON card_spends USING btree (tenant_id, part_of) WHERE (part_of IS NOT NULL);
CREATE INDEX card_spends_partner_index ON card_spends USING btree (tenant_id, partner_id, occurred_at, id);
CREATE INDEX card_spends_preceding_index ON card_spends USING btree (tenant_id, program_id, preceding_token);
CREATE INDEX card_spends_reverses_index ON card_spends USING btree (tenant_id, reverses_id) WHERE (reverses_id IS NOT NULL);
CREATE TRIGGER card_spends_append_only BEFORE DELETE OR UPDATE ON card_spends FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table card_spends enable row level security;
create policy tenant_isolation on card_spends as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on card_spends to tributary_server;
comment on table card_spends is 'What the issuer cleared on cards, and the transaction that it became. Append-only.';
comment on column card_spends.preceding_token is 'The issuer''s name for what came before: the authorisation of a purchase, what a refund refunds.';
comment on column card_spends.refusal is 'The code of why it is no transaction: to be looked at.';
comment on column card_spends.part_of is 'Of a part of what the issuer told as one: what was told. Null of what was told itself.';
comment on column card_spends.reverses_id is 'The transaction that it takes back, or gives back. Null of purchases, and of what waits.';

create table cards (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  partner_user_id uuid not null,
  product_id uuid not null,
  state text not null,
  refusal text,
  last_four text,
  expires_on text,
  per_authorization bigint,
  daily bigint,
  monthly bigint,
  told_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  is_held boolean not null default false,
  bound_per_authorization bigint,
  bound_daily bigint,
  bound_monthly bigint,
  constraint cards_pkey PRIMARY KEY (tenant_id, id),
  constraint cards_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint cards_tenant_id_partner_user_id_fkey FOREIGN KEY (tenant_id, partner_user_id) REFERENCES partner_users(tenant_id, id),
  constraint cards_tenant_id_product_id_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES card_products(tenant_id, id),
  constraint cards_bounds_check CHECK (((bound_per_authorization > 0) AND (bound_daily > 0) AND (bound_monthly > 0))),
  constraint cards_expires_on_check CHECK ((expires_on ~ '^\d{4}-\d{2}$'::text)),
  constraint cards_last_four_check CHECK ((last_four ~ '^\d{4}$'::text)),
  constraint cards_limits_check CHECK (((per_authorization > 0) AND (daily > 0) AND (monthly > 0))),
  constraint cards_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'unactivated'::text, 'active'::text, 'suspended'::text, 'terminated'::text, 'refused'::text])))
);
CREATE INDEX cards_created_index ON cards USING btree (tenant_id, created_at, id);
CREATE INDEX cards_partner_index ON cards USING btree (tenant_id, partner_id, created_at, id);
CREATE INDEX cards_user_index ON cards USING btree (tenant_id, partner_user_id);
alter table cards enable row level security;
create policy tenant_isolation on cards as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on cards to tributary_server;
comment on table cards is 'Cards. The id is the token at the issuer, and no number of a card is ever here: its last four digits alone.';
comment on column cards.refusal is 'Why the issuer did not make it.';
comment on column cards.expires_on is 'The month in which it expires, YYYY-MM.';
comment on column cards.per_authorization is 'As of the product, narrower, as the partner has set it; null: the product''s.';
comment on column cards.told_at is 'The issuer''s time of the last change of state that it told: an older one that comes later changes nothing.';
comment on column cards.is_held is 'The operator suspended it: the partner cannot make it active, nor issue another to its user.';
comment on column cards.bound_per_authorization is 'As the operator has set it, beside the partner''s own: the narrowest of all holds.';

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
  paid_by text,
  consent text not null default 'unknown'::text,
  constraint clicks_pkey PRIMARY KEY (tenant_id, id),
  constraint clicks_consent_check CHECK ((consent = ANY (ARRAY['unknown'::text, 'granted'::text, 'denied'::text])))
);
CREATE INDEX clicks_clicked_at_index ON clicks USING brin (clicked_at);
CREATE INDEX clicks_device_index ON clicks USING btree (tenant_id, device_id, clicked_at) WHERE (device_id IS NOT NULL);
CREATE INDEX clicks_partner_index ON clicks USING btree (tenant_id, partner_id, clicked_at);
CREATE INDEX clicks_visitor_index ON clicks USING btree (tenant_id, visitor_id, clicked_at) WHERE (visitor_id IS NOT NULL);
CREATE TRIGGER clicks_touch_analytics AFTER INSERT ON clicks REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION touch_clicks();
alter table clicks enable row level security;
create policy tenant_isolation on clicks as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (device_id), update (ip), update (referrer), update (user_agent), update (visitor_id) on clicks to tributary_server;
comment on table clicks is 'Touches as the server saw them. No foreign keys: a link is never deleted, and the hottest insert of the product pays for nothing it does not need.';
comment on column clicks.visitor_id is 'From the first-party cookie.';
comment on column clicks.is_repeat is 'The same visitor on the same link shortly after; left out of counts, kept for attribution.';
comment on column clicks.paid_by is 'The name of the advertising parameter that the visit carried (gclid, fbclid); never its value, which says who the visitor is.';
comment on column clicks.consent is 'What the visitor has said to being recognised: denied keeps neither address nor browser, and sets no cookie.';

create table co_brandings (
  tenant_id uuid not null,
  partner_id uuid not null,
  colour text not null,
  logo_id uuid not null,
  updated_at timestamp with time zone not null,
  constraint co_brandings_pkey PRIMARY KEY (tenant_id, partner_id),
  constraint co_brandings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint co_brandings_tenant_id_logo_id_fkey FOREIGN KEY (tenant_id, logo_id) REFERENCES files(tenant_id, id),
  constraint co_brandings_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint co_brandings_colour_check CHECK ((colour ~ '^#[0-9a-f]{6}$'::text))
);
CREATE INDEX co_brandings_logo_index ON co_brandings USING btree (tenant_id, logo_id);
alter table co_brandings enable row level security;
create policy tenant_isolation on co_brandings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on co_brandings to tributary_server;
comment on table co_brandings is 'What partners show of themselves beside the operator''s mark, one row of each.';
comment on column co_brandings.colour is 'Of buttons, as #rrggbb; white can be read on it.';
comment on column co_brandings.logo_id is 'Served to everybody, as the marks of the brand are.';
comment on column co_brandings.updated_at is 'When it was last saved.';

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
  sale_number bigint,
  closed_reason text,
  closed_event text,
  constraint commissions_pkey PRIMARY KEY (tenant_id, id),
  constraint commissions_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint commissions_tenant_id_referral_id_fkey FOREIGN KEY (tenant_id, referral_id) REFERENCES referrals(tenant_id, id),
  constraint commissions_tenant_id_reverses_id_fkey FOREIGN KEY (tenant_id, reverses_id) REFERENCES commissions(tenant_id, id),
  constraint commissions_tenant_id_transaction_id_fkey FOREIGN KEY (tenant_id, transaction_id) REFERENCES transactions(tenant_id, id),
  constraint commissions_amount_not_zero_check CHECK ((amount <> 0)),
  constraint commissions_closed_check CHECK (((closed_by IS NULL) OR ((closed_by = ANY (ARRAY['event'::text, 'person'::text])) AND (reverses_id IS NULL)))),
  constraint commissions_closed_event_check CHECK (((closed_event IS NULL) OR (closed_by = 'event'::text))),
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
CREATE INDEX commissions_payable_index ON commissions USING btree (tenant_id, partner_id, currency, ((amount >= 0)), (
CASE
    WHEN (approved_at IS NULL) THEN 'infinity'::timestamp with time zone
    ELSE approved_at
END), id) WHERE (status = 'approved'::text);
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
comment on column commissions.sale_number is 'Of what a person granted or added to: the number of its sale in the partner''s recorded sequence, where that of the row''s own event is the decision''s. Null of all others.';
comment on column commissions.closed_reason is 'Why a person cancelled it or took it back, as the partner was told; null where an event closed it, and of what an earlier release has kept.';
comment on column commissions.closed_event is 'What kind of event closed it; null where a person did, and of what an earlier release has closed.';

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

create table custom_domains (
  tenant_id uuid not null,
  id uuid not null,
  domain text not null,
  token text not null,
  state text not null default 'pending'::text,
  state_since timestamp with time zone not null,
  problems jsonb not null default '[]'::jsonb,
  failures integer not null default 0,
  checked_at timestamp with time zone,
  next_check_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by uuid,
  is_released boolean not null default false,
  constraint custom_domains_pkey PRIMARY KEY (tenant_id, id),
  constraint custom_domains_once_key UNIQUE (tenant_id, domain),
  constraint custom_domains_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint custom_domains_domain_check CHECK (((domain = lower(domain)) AND (length(domain) <= 242))),
  constraint custom_domains_failures_check CHECK ((failures >= 0)),
  constraint custom_domains_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'failing'::text, 'broken'::text, 'lapsed'::text])))
);
CREATE INDEX custom_domains_due_index ON custom_domains USING btree (tenant_id, next_check_at) WHERE (next_check_at IS NOT NULL);
CREATE INDEX custom_domains_released_index ON custom_domains USING btree (domain) WHERE is_released;
CREATE UNIQUE INDEX custom_domains_served_index ON custom_domains USING btree (domain) WHERE ((state = ANY (ARRAY['active'::text, 'failing'::text])) AND (NOT is_released));
CREATE TRIGGER custom_domains_tell_hosts_delete AFTER DELETE ON custom_domains FOR EACH ROW WHEN ((old.state = ANY (ARRAY['active'::text, 'failing'::text]))) EXECUTE FUNCTION tell_hosts();
CREATE TRIGGER custom_domains_tell_hosts_update AFTER UPDATE ON custom_domains FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION tell_hosts();
alter table custom_domains enable row level security;
create policy tenant_isolation on custom_domains as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on custom_domains to tributary_server;
comment on table custom_domains is 'Domains that tenants have entered. Several tenants may enter one; it is served for the one that has shown that it is theirs.';
comment on column custom_domains.domain is 'In the form that DNS knows (punycode), without the dot at its end.';
comment on column custom_domains.token is 'What its TXT record has to say; of this entry alone, so that a record of an earlier one counts for nothing.';
comment on column custom_domains.state is '`pending` until it is shown; `active`; `failing` in the time of grace, still served; `broken` after it; `lapsed` where it was never shown in time.';
comment on column custom_domains.state_since is 'When it came into its state.';
comment on column custom_domains.problems is 'What the last check found missing: shapes in server/src/whitelabel/domain-rules.ts.';
comment on column custom_domains.failures is 'Checks in a row that found something missing.';
comment on column custom_domains.checked_at is 'When DNS was last asked.';
comment on column custom_domains.next_check_at is 'When it is asked again; null where only somebody''s wish has it asked.';
comment on column custom_domains.created_by is 'Who of the team entered it; null where an API key did.';
comment on column custom_domains.is_released is 'Of a tenant that was removed: served as gone, and free for whoever shows that it is theirs.';

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

create table factor_challenges (
  tenant_id uuid not null,
  token_hash bytea not null,
  purpose text not null,
  user_id uuid,
  challenge text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint factor_challenges_pkey PRIMARY KEY (tenant_id, token_hash),
  constraint factor_challenges_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint factor_challenges_purpose_check CHECK ((purpose = ANY (ARRAY['second_factor'::text, 'step_up'::text, 'passkey_sign_in'::text, 'passkey_enrolment'::text]))),
  constraint factor_challenges_user_check CHECK (((user_id IS NULL) = (purpose = 'passkey_sign_in'::text)))
);
CREATE INDEX factor_challenges_expiry_index ON factor_challenges USING btree (tenant_id, expires_at);
alter table factor_challenges enable row level security;
create policy tenant_isolation on factor_challenges as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on factor_challenges to tributary_server;
comment on table factor_challenges is 'Sign-ins that wait for their second factor, and enrolments of passkeys: each is answered once, in minutes. It opens nothing by itself.';
comment on column factor_challenges.challenge is 'What a passkey signs.';

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
grant insert, select, update (content), update (media_type), update (name), update (size) on files to tributary_server;
comment on table files is 'Files that people have sent. Never changed, but emptied when their person is erased; whoever refers to one says who may read it.';
comment on column files.name is 'As its sender called it, made clean.';
comment on column files.media_type is 'By its content, from the list of what is taken.';
comment on column files.size is 'In bytes.';

create table fraud_accounts (
  tenant_id uuid not null,
  value bytea not null,
  partner_id uuid not null,
  since timestamp with time zone not null,
  is_current boolean not null,
  paid integer not null default 0,
  is_lost boolean not null default false,
  constraint fraud_accounts_pkey PRIMARY KEY (tenant_id, value, partner_id),
  constraint fraud_accounts_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint fraud_accounts_lost_check CHECK ((NOT (is_lost AND is_current))),
  constraint fraud_accounts_paid_check CHECK ((paid >= 0))
);
CREATE INDEX fraud_accounts_current_index ON fraud_accounts USING btree (tenant_id, partner_id) WHERE is_current;
CREATE INDEX fraud_accounts_partner_index ON fraud_accounts USING btree (tenant_id, partner_id);
alter table fraud_accounts enable row level security;
create policy tenant_isolation on fraud_accounts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on fraud_accounts to tributary_server;
comment on table fraud_accounts is 'Which partners are, or were, paid to an account, as a keyed hash: who of them it is established for.';
comment on column fraud_accounts.value is 'Of a bank account as it was entered, or of the payout method where only the provider knows the account.';
comment on column fraud_accounts.since is 'Since when the partner has it without having left it.';
comment on column fraud_accounts.is_current is 'Whether the partner is paid to it now.';
comment on column fraud_accounts.paid is 'Payouts to it that have been made and stand: with one the account is proven, before it is only entered.';
comment on column fraud_accounts.is_lost is 'Whether the partner was paid to it until its provider could not be asked any more: found again it is as old as it was.';

create table fraud_case_partners (
  tenant_id uuid not null,
  case_id uuid not null,
  partner_id uuid not null,
  referral_id uuid not null,
  since timestamp with time zone not null,
  appealed_at timestamp with time zone,
  appeal text,
  constraint fraud_case_partners_pkey PRIMARY KEY (tenant_id, case_id, partner_id),
  constraint fraud_case_partners_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES fraud_cases(tenant_id, id),
  constraint fraud_case_partners_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint fraud_case_partners_appeal_check CHECK (((appeal IS NULL) = (appealed_at IS NULL)))
);
CREATE INDEX fraud_case_partners_partner_index ON fraud_case_partners USING btree (tenant_id, partner_id);
alter table fraud_case_partners enable row level security;
create policy tenant_isolation on fraud_case_partners as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on fraud_case_partners to tributary_server;
comment on table fraud_case_partners is 'Other partners than that of a case who earn, or have earned, on its customer: what they earn waits by it too. Also the partner of the case, where the customer has come back to it.';
comment on column fraud_case_partners.referral_id is 'Of the customer at this partner: the last.';
comment on column fraud_case_partners.since is 'When the case was opened, or the customer came.';
comment on column fraud_case_partners.appeal is 'What this partner said: before the decision, or against it.';

create table fraud_cases (
  tenant_id uuid not null,
  id uuid not null,
  evaluation_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  partner_id uuid not null,
  status text not null default 'open'::text,
  score integer not null,
  is_held boolean not null,
  takes_back_approved boolean not null default false,
  assigned_to uuid,
  opened_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by text,
  reason text,
  appeal_until timestamp with time zone,
  appealed_at timestamp with time zone,
  appeal text,
  settled_at timestamp with time zone,
  accounts bytea[],
  constraint fraud_cases_pkey PRIMARY KEY (tenant_id, id),
  constraint fraud_cases_tenant_id_assigned_to_fkey FOREIGN KEY (tenant_id, assigned_to) REFERENCES users(tenant_id, id),
  constraint fraud_cases_tenant_id_evaluation_id_fkey FOREIGN KEY (tenant_id, evaluation_id) REFERENCES fraud_evaluations(tenant_id, id),
  constraint fraud_cases_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint fraud_cases_appealed_check CHECK (((status <> 'appealed'::text) OR (appealed_at IS NOT NULL))),
  constraint fraud_cases_decided_check CHECK (((status = 'open'::text) OR (decided_at IS NOT NULL))),
  constraint fraud_cases_kind_check CHECK ((subject_kind = ANY (ARRAY['referral'::text, 'payout'::text]))),
  constraint fraud_cases_refused_check CHECK (((status <> ALL (ARRAY['refused'::text, 'appealed'::text])) OR (appeal_until IS NOT NULL))),
  constraint fraud_cases_settled_check CHECK (((status = ANY (ARRAY['cleared'::text, 'final'::text])) = (settled_at IS NOT NULL))),
  constraint fraud_cases_status_check CHECK ((status = ANY (ARRAY['open'::text, 'refused'::text, 'appealed'::text, 'cleared'::text, 'final'::text])))
);
CREATE INDEX fraud_cases_due_index ON fraud_cases USING btree (tenant_id, appeal_until) WHERE (status = 'refused'::text);
CREATE UNIQUE INDEX fraud_cases_evaluation_unique ON fraud_cases USING btree (tenant_id, evaluation_id);
CREATE UNIQUE INDEX fraud_cases_one_unsettled_unique ON fraud_cases USING btree (tenant_id, subject_id) WHERE (settled_at IS NULL);
CREATE INDEX fraud_cases_opened_index ON fraud_cases USING btree (tenant_id, opened_at, id);
CREATE INDEX fraud_cases_partner_index ON fraud_cases USING btree (tenant_id, partner_id, opened_at, id);
CREATE INDEX fraud_cases_score_index ON fraud_cases USING btree (tenant_id, ((score)::bigint), id);
CREATE INDEX fraud_cases_subject_index ON fraud_cases USING btree (tenant_id, subject_id, opened_at);
alter table fraud_cases enable row level security;
create policy tenant_isolation on fraud_cases as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on fraud_cases to tributary_server;
comment on table fraud_cases is 'What a person is to decide: a referral or a payout that the rules point at.';
comment on column fraud_cases.subject_id is 'The referral, or the payout.';
comment on column fraud_cases.status is 'open: to be decided; refused: decided against the partner, who may appeal; appealed: to be decided again; cleared, final: settled.';
comment on column fraud_cases.is_held is 'Whether what it is about waits until the case is settled.';
comment on column fraud_cases.takes_back_approved is 'Whether a refusal, once final, takes back what is approved or paid too.';
comment on column fraud_cases.decided_by is 'The person or key that decided last.';
comment on column fraud_cases.reason is 'Why, as the partner reads it.';
comment on column fraud_cases.appeal_until is 'Until then the partner may appeal; then the refusal is final.';
comment on column fraud_cases.appeal is 'What the partner said against the refusal.';
comment on column fraud_cases.accounts is 'Of a payout, all that its partner was to be paid to when it was judged, as in fraud_accounts: a clearing holds for these alone.';

create table fraud_evaluations (
  tenant_id uuid not null,
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  partner_id uuid not null,
  evaluated_at timestamp with time zone not null,
  version integer not null,
  score integer not null,
  shadow_score integer not null,
  verdict text not null,
  findings jsonb not null,
  facts jsonb not null,
  constraint fraud_evaluations_pkey PRIMARY KEY (tenant_id, id),
  constraint fraud_evaluations_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint fraud_evaluations_kind_check CHECK ((subject_kind = ANY (ARRAY['conversion'::text, 'sale'::text, 'payout'::text]))),
  constraint fraud_evaluations_score_check CHECK ((((score >= 0) AND (score <= 100)) AND ((shadow_score >= score) AND (shadow_score <= 100)))),
  constraint fraud_evaluations_verdict_check CHECK ((verdict = ANY (ARRAY['pass'::text, 'review'::text, 'hold'::text])))
);
CREATE INDEX fraud_evaluations_at_index ON fraud_evaluations USING btree (tenant_id, evaluated_at, id);
CREATE INDEX fraud_evaluations_partner_index ON fraud_evaluations USING btree (tenant_id, partner_id, evaluated_at);
CREATE INDEX fraud_evaluations_payout_index ON fraud_evaluations USING btree (tenant_id, subject_id) WHERE (subject_kind = 'payout'::text);
CREATE UNIQUE INDEX fraud_evaluations_subject_unique ON fraud_evaluations USING btree (tenant_id, subject_kind, subject_id) WHERE (subject_kind <> 'payout'::text);
alter table fraud_evaluations enable row level security;
create policy tenant_isolation on fraud_evaluations as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (facts), update (findings) on fraud_evaluations to tributary_server;
comment on table fraud_evaluations is 'What the rules said of a conversion, a sale or a payout, and the facts they said it of: a back-test judges these facts again.';
comment on column fraud_evaluations.version is 'Of the rules that were in force.';
comment on column fraud_evaluations.shadow_score is 'What the score would have been, had the rules in shadow mode acted.';
comment on column fraud_evaluations.findings is 'Each rule that found something: its mode, its points, its evidence.';
comment on column fraud_evaluations.facts is 'Empty where the person they were of has been forgotten.';

create table fraud_links (
  tenant_id uuid not null,
  partner_a uuid not null,
  partner_b uuid not null,
  kind text not null,
  first_at timestamp with time zone not null,
  constraint fraud_links_pkey PRIMARY KEY (tenant_id, partner_a, partner_b, kind),
  constraint fraud_links_tenant_id_partner_a_fkey FOREIGN KEY (tenant_id, partner_a) REFERENCES partners(tenant_id, id),
  constraint fraud_links_tenant_id_partner_b_fkey FOREIGN KEY (tenant_id, partner_b) REFERENCES partners(tenant_id, id),
  constraint fraud_links_order_check CHECK ((partner_a < partner_b))
);
CREATE INDEX fraud_links_other_index ON fraud_links USING btree (tenant_id, partner_b);
alter table fraud_links enable row level security;
create policy tenant_isolation on fraud_links as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on fraud_links to tributary_server;
comment on table fraud_links is 'Two partners at whom the same device, browser, mailbox or payment account was seen: the edges of rings.';

create table fraud_partner_profiles (
  tenant_id uuid not null,
  partner_id uuid not null,
  clicks bigint not null,
  conversions bigint not null,
  timed bigint not null,
  quick bigint not null,
  sales bigint not null,
  refunds bigint not null,
  chargebacks bigint not null,
  days integer not null,
  daily_mean double precision not null,
  daily_deviation double precision not null,
  computed_at timestamp with time zone not null,
  constraint fraud_partner_profiles_pkey PRIMARY KEY (tenant_id, partner_id),
  constraint fraud_partner_profiles_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id)
);
alter table fraud_partner_profiles enable row level security;
create policy tenant_isolation on fraud_partner_profiles as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on fraud_partner_profiles to tributary_server;
comment on table fraud_partner_profiles is 'What is usual of a partner over the last 30 days, worked out every hour: rules compare with it without counting anew.';
comment on column fraud_partner_profiles.timed is 'Conversions that came through a click whose age is known.';
comment on column fraud_partner_profiles.quick is 'Of those, the ones within 30 seconds of the click.';
comment on column fraud_partner_profiles.days is 'Days with a conversion, of which the daily mean and deviation are.';

create table fraud_rule_sets (
  tenant_id uuid not null,
  version integer not null,
  rules jsonb not null,
  reason text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint fraud_rule_sets_pkey PRIMARY KEY (tenant_id, version),
  constraint fraud_rule_sets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint fraud_rule_sets_version_check CHECK ((version > 0))
);
CREATE TRIGGER fraud_rule_sets_append_only BEFORE DELETE OR UPDATE ON fraud_rule_sets FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table fraud_rule_sets enable row level security;
create policy tenant_isolation on fraud_rule_sets as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on fraud_rule_sets to tributary_server;
comment on table fraud_rule_sets is 'Each version of a programme''s rules as a whole; the newest acts. A programme without a row has the defaults, which are version 0.';
comment on column fraud_rule_sets.rules is 'Thresholds, trusted partners, and each rule with its mode, points and limits.';
comment on column fraud_rule_sets.made_by is 'The person or key that changed them.';

create table fraud_signals (
  tenant_id uuid not null,
  kind text not null,
  value bytea not null,
  at timestamp with time zone not null,
  subject_id uuid not null,
  partner_id uuid not null,
  constraint fraud_signals_pkey PRIMARY KEY (tenant_id, kind, value, at, subject_id),
  constraint fraud_signals_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint fraud_signals_kind_check CHECK ((kind = ANY (ARRAY['mailbox'::text, 'device'::text, 'visitor'::text, 'payment'::text])))
);
CREATE INDEX fraud_signals_at_index ON fraud_signals USING brin (at);
CREATE INDEX fraud_signals_subject_index ON fraud_signals USING btree (tenant_id, subject_id);
alter table fraud_signals enable row level security;
create policy tenant_isolation on fraud_signals as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on fraud_signals to tributary_server;
comment on table fraud_signals is 'What tells one customer, or partner, from another, as keyed hashes: equal ones are the same mailbox, device, browser or payment account.';
comment on column fraud_signals.subject_id is 'The referral that it was seen at, or the partner itself, of its own payout account.';

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
  constraint inbox_events_source_check CHECK ((source = ANY (ARRAY['stripe'::text, 'stripe_connect'::text, 'intake'::text, 'card_issuer'::text])))
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

create table landing_pages (
  tenant_id uuid not null,
  link_id uuid not null,
  partner_id uuid not null,
  title text not null,
  text text not null,
  button text not null,
  updated_at timestamp with time zone not null,
  constraint landing_pages_pkey PRIMARY KEY (tenant_id, link_id),
  constraint landing_pages_tenant_id_link_id_fkey FOREIGN KEY (tenant_id, link_id) REFERENCES referral_links(tenant_id, id),
  constraint landing_pages_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id)
);
CREATE INDEX landing_pages_partner_index ON landing_pages USING btree (tenant_id, partner_id);
alter table landing_pages enable row level security;
create policy tenant_isolation on landing_pages as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on landing_pages to tributary_server;
comment on table landing_pages is 'Pages in front of where links lead; a link without a row has none.';
comment on column landing_pages.partner_id is 'Whose the link is.';
comment on column landing_pages.title is 'Plain text, as are the others: escaped where it is shown.';
comment on column landing_pages.button is 'The words on the button that leads on.';
comment on column landing_pages.updated_at is 'When it was last saved.';

create table lead_claims (
  tenant_id uuid not null,
  lead_id uuid not null,
  kind text not null,
  value text not null,
  constraint lead_claims_pkey PRIMARY KEY (tenant_id, lead_id, kind),
  constraint lead_claims_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id),
  constraint lead_claims_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'domain'::text, 'company'::text])))
);
CREATE INDEX lead_claims_company_index ON lead_claims USING btree (tenant_id, value) WHERE (kind = 'company'::text);
CREATE INDEX lead_claims_domain_index ON lead_claims USING btree (tenant_id, reverse(value) text_pattern_ops) WHERE (kind = 'domain'::text);
CREATE UNIQUE INDEX lead_claims_held_unique ON lead_claims USING btree (tenant_id, kind, value) WHERE (kind <> 'company'::text);
alter table lead_claims enable row level security;
create policy tenant_isolation on lead_claims as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on lead_claims to tributary_server;
comment on table lead_claims is 'What a lead that is held keeps from other partners, in the form in which it is compared. Gone when the lead is let go.';

create table lead_entries (
  tenant_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  kind text not null,
  status text,
  body text,
  author text not null,
  author_id uuid,
  is_internal boolean not null,
  at timestamp with time zone not null,
  constraint lead_entries_pkey PRIMARY KEY (tenant_id, id),
  constraint lead_entries_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id),
  constraint lead_entries_author_check CHECK ((author = ANY (ARRAY['partner'::text, 'operator'::text, 'program'::text]))),
  constraint lead_entries_internal_check CHECK (((NOT is_internal) OR (author = 'operator'::text))),
  constraint lead_entries_kind_check CHECK ((kind = ANY (ARRAY['note'::text, 'status'::text, 'renewal'::text, 'tie'::text]))),
  constraint lead_entries_status_check CHECK (((status IS NOT NULL) = (kind = 'status'::text)))
);
CREATE INDEX lead_entries_lead_index ON lead_entries USING btree (tenant_id, lead_id, at, id);
alter table lead_entries enable row level security;
create policy tenant_isolation on lead_entries as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (body) on lead_entries to tributary_server;
comment on table lead_entries is 'What happened to leads and what was noted, in order.';
comment on column lead_entries.status is 'Of a move: where to.';
comment on column lead_entries.body is 'A note, or why it was declined or lost; null where nothing was said, and where it was forgotten.';
comment on column lead_entries.author_id is 'The person or API key; null for the program.';
comment on column lead_entries.is_internal is 'Of the team: no partner ever sees it.';

create table lead_settings (
  tenant_id uuid not null,
  protection_days integer not null,
  renewals_max integer not null,
  reminder_days integer not null,
  accepts_at_once boolean not null,
  updated_at timestamp with time zone not null,
  constraint lead_settings_pkey PRIMARY KEY (tenant_id),
  constraint lead_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint lead_settings_protection_days_check CHECK (((protection_days >= 1) AND (protection_days <= 730))),
  constraint lead_settings_reminder_days_check CHECK (((reminder_days >= 0) AND (reminder_days <= 60))),
  constraint lead_settings_renewals_max_check CHECK (((renewals_max >= 0) AND (renewals_max <= 10)))
);
alter table lead_settings enable row level security;
create policy tenant_isolation on lead_settings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on lead_settings to tributary_server;
comment on table lead_settings is 'The programme''s rules about leads; without a row the defaults hold.';
comment on column lead_settings.protection_days is 'Days of 24 hours for which an accepted lead is held, and by which a renewal prolongs that.';
comment on column lead_settings.renewals_max is 'How often a partner may renew by itself.';
comment on column lead_settings.reminder_days is 'So many days before its end the partner is reminded; 0: never.';
comment on column lead_settings.accepts_at_once is 'A free deal is accepted when it is registered, by nobody.';

create table leads (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  company text not null,
  domain text,
  contact_name text,
  contact_email text,
  expected_value bigint,
  currency text,
  status text not null,
  ends_at timestamp with time zone,
  renewals integer not null default 0,
  reminded_at timestamp with time zone,
  conflict_kind text,
  conflict_lead_id uuid,
  tie text,
  referral_id uuid,
  tied_at timestamp with time zone,
  registered_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint leads_pkey PRIMARY KEY (tenant_id, id),
  constraint leads_tenant_id_conflict_lead_id_fkey FOREIGN KEY (tenant_id, conflict_lead_id) REFERENCES leads(tenant_id, id),
  constraint leads_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint leads_tenant_id_referral_id_fkey FOREIGN KEY (tenant_id, referral_id) REFERENCES referrals(tenant_id, id),
  constraint leads_closed_check CHECK (((closed_at IS NOT NULL) = (status = ANY (ARRAY['lost'::text, 'declined'::text, 'expired'::text])))),
  constraint leads_conflict_kind_check CHECK ((conflict_kind = ANY (ARRAY['email'::text, 'domain'::text, 'company'::text, 'customer'::text]))),
  constraint leads_ends_at_check CHECK (((status = 'won'::text) OR ((ends_at IS NULL) = (status = ANY (ARRAY['lost'::text, 'declined'::text, 'expired'::text]))))),
  constraint leads_renewals_check CHECK ((renewals >= 0)),
  constraint leads_status_check CHECK ((status = ANY (ARRAY['submitted'::text, 'conflict'::text, 'accepted'::text, 'contacted'::text, 'qualified'::text, 'proposal'::text, 'won'::text, 'lost'::text, 'declined'::text, 'expired'::text]))),
  constraint leads_tie_check CHECK ((tie = ANY (ARRAY['own'::text, 'elsewhere'::text]))),
  constraint leads_tied_check CHECK ((((tie IS NULL) = (referral_id IS NULL)) AND ((tie IS NULL) = (tied_at IS NULL)))),
  constraint leads_value_check CHECK ((((expected_value IS NULL) = (currency IS NULL)) AND (expected_value >= 0) AND (currency ~ '^[A-Z]{3}$'::text)))
);
CREATE INDEX leads_company_index ON leads USING btree (tenant_id, company, id);
CREATE INDEX leads_contact_index ON leads USING btree (tenant_id, contact_email) WHERE (contact_email IS NOT NULL);
CREATE INDEX leads_ends_index ON leads USING btree (tenant_id, ends_at) WHERE (ends_at IS NOT NULL);
CREATE INDEX leads_partner_index ON leads USING btree (tenant_id, partner_id, registered_at, id);
CREATE INDEX leads_referral_index ON leads USING btree (tenant_id, referral_id) WHERE (referral_id IS NOT NULL);
CREATE INDEX leads_registered_index ON leads USING btree (tenant_id, registered_at, id);
CREATE INDEX leads_status_index ON leads USING btree (tenant_id, status, registered_at, id);
CREATE INDEX leads_tie_index ON leads USING btree (tenant_id, tie, registered_at, id) WHERE (tie IS NOT NULL);
CREATE INDEX leads_updated_index ON leads USING btree (tenant_id, updated_at, id);
alter table leads enable row level security;
create policy tenant_isolation on leads as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on leads to tributary_server;
comment on table leads is 'Deals that partners have registered.';
comment on column leads.domain is 'The company''s, in lower case and without www; null where only a mailbox at a provider is known.';
comment on column leads.contact_email is 'In lower case; null once the person has asked to be forgotten.';
comment on column leads.expected_value is 'What the partner expects the deal to be worth, in minor units of currency. Nothing is reckoned with it.';
comment on column leads.ends_at is 'When it ends by itself: the protection of a deal that is held, the wait of a conflict. Null for what has ended, and for a deal that was won.';
comment on column leads.renewals is 'How often its partner has renewed it.';
comment on column leads.reminded_at is 'When the partner was reminded of the end that it has now.';
comment on column leads.conflict_kind is 'By what it met another''s deal or a customer when it was registered; the operator alone sees it.';
comment on column leads.conflict_lead_id is 'The deal that it met; null where it met a customer.';
comment on column leads.tie is 'A customer of this deal has come: through its partner (own), or through another (elsewhere).';
comment on column leads.referral_id is 'The referral of that customer; its partner sees it where it is its own.';
comment on column leads.decided_at is 'When the operator accepted or declined it.';

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
  constraint ledger_accounts_not_negative_check CHECK (((balance >= 0) OR (kind = ANY (ARRAY['commission_expense'::text, 'cash'::text, 'payout_fee'::text, 'payout_cost'::text, 'bad_debt'::text, 'fee_revenue'::text, 'share_receivable'::text, 'share_revenue'::text]))))
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

create table material_downloads (
  tenant_id uuid not null,
  material_id uuid not null,
  partner_id uuid not null,
  count bigint not null,
  last_at timestamp with time zone not null,
  constraint material_downloads_pkey PRIMARY KEY (tenant_id, material_id, partner_id),
  constraint material_downloads_tenant_id_material_id_fkey FOREIGN KEY (tenant_id, material_id) REFERENCES materials(tenant_id, id),
  constraint material_downloads_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint material_downloads_count_check CHECK ((count > 0))
);
alter table material_downloads enable row level security;
create policy tenant_isolation on material_downloads as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on material_downloads to tributary_server;
comment on table material_downloads is 'How often partners have downloaded files of materials.';

create table material_versions (
  tenant_id uuid not null,
  material_id uuid not null,
  number integer not null,
  file_id uuid,
  body text,
  alt text,
  width integer,
  height integer,
  created_by uuid,
  created_at timestamp with time zone not null,
  constraint material_versions_pkey PRIMARY KEY (tenant_id, material_id, number),
  constraint material_versions_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES files(tenant_id, id),
  constraint material_versions_tenant_id_material_id_fkey FOREIGN KEY (tenant_id, material_id) REFERENCES materials(tenant_id, id),
  constraint material_versions_content_check CHECK ((num_nonnulls(file_id, body) = 1)),
  constraint material_versions_size_check CHECK ((((width IS NULL) = (height IS NULL)) AND (width > 0) AND (height > 0)))
);
alter table material_versions enable row level security;
create policy tenant_isolation on material_versions as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on material_versions to tributary_server;
comment on table material_versions is 'What materials hold and held. Never changed.';
comment on column material_versions.body is 'Of a text: what to publish, with places for the partner''s link, code and name.';
comment on column material_versions.alt is 'Of a banner: what it says, for who does not see it.';
comment on column material_versions.width is 'Of a banner, in pixels, as its bytes say.';
comment on column material_versions.created_by is 'The person or API key; null for the program.';

create table materials (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  title text not null,
  description text,
  tiers text[],
  destination_url text,
  status text not null,
  version integer not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint materials_pkey PRIMARY KEY (tenant_id, id),
  constraint materials_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint materials_archived_check CHECK (((status = 'archived'::text) = (archived_at IS NOT NULL))),
  constraint materials_kind_check CHECK ((kind = ANY (ARRAY['banner'::text, 'text'::text, 'file'::text]))),
  constraint materials_status_check CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text]))),
  constraint materials_tiers_check CHECK (((tiers <@ ARRAY['tier1'::text, 'tier2'::text, 'tier3'::text, 'tier4'::text]) AND (cardinality(tiers) > 0))),
  constraint materials_version_check CHECK ((version > 0))
);
CREATE INDEX materials_created_index ON materials USING btree (tenant_id, created_at, id);
CREATE INDEX materials_title_index ON materials USING btree (tenant_id, title, id);
CREATE INDEX materials_updated_index ON materials USING btree (tenant_id, updated_at, id);
alter table materials enable row level security;
create policy tenant_isolation on materials as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on materials to tributary_server;
comment on table materials is 'What partners may publish.';
comment on column materials.tiers is 'Who sees it; null: partners whose terms include marketing tools.';
comment on column materials.destination_url is 'Where its link leads, on a host of the programme; null: where the partner''s link leads.';
comment on column materials.version is 'Of its versions the one that is shown: the latest.';

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
grant delete, insert, select, update on notice_preferences to tributary_server;
comment on table notice_preferences is 'How somebody wishes to hear of a kind of news; where there is no row the default of the kind holds.';

create table notice_templates (
  tenant_id uuid not null,
  name text not null,
  version integer not null,
  subject text,
  text text,
  created_by uuid,
  created_at timestamp with time zone not null,
  language text not null default 'en'::text,
  constraint notice_templates_pkey PRIMARY KEY (tenant_id, name, language, version),
  constraint notice_templates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint notice_templates_language_check CHECK ((language ~ '^[a-z]{2,3}$'::text)),
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
comment on column notice_templates.language is 'In which it is written (ISO 639); each has versions of its own.';

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
  path text,
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
comment on column notices.path is 'Where in the portal it is shown what the notice is about, below its address; null of what an earlier release has kept.';

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
  undoes uuid,
  constraint partner_invoice_settlements_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_invoice_settlements_tenant_id_number_key UNIQUE (tenant_id, number),
  constraint partner_invoice_settlements_undoes_key UNIQUE (tenant_id, undoes),
  constraint partner_invoice_settlements_tenant_id_commission_id_fkey FOREIGN KEY (tenant_id, commission_id) REFERENCES commissions(tenant_id, id),
  constraint partner_invoice_settlements_tenant_id_invoice_id_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES partner_invoices(tenant_id, id),
  constraint partner_invoice_settlements_undoes_fkey FOREIGN KEY (tenant_id, undoes) REFERENCES partner_invoice_settlements(tenant_id, id),
  constraint partner_invoice_settlements_amount_check CHECK (
CASE
    WHEN (undoes IS NULL) THEN (amount > 0)
    ELSE ((amount < 0) AND (kind = 'set_off'::text))
END),
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
comment on column partner_invoice_settlements.undoes is 'The set-off that it undoes, whole and once; its amount is below zero, and its commission_id the positive row that gives the earnings back.';

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

create table partner_members (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  email text not null,
  role text not null,
  user_id uuid,
  invited_by uuid not null,
  invited_at timestamp with time zone not null,
  link_hash bytea,
  link_expires_at timestamp with time zone,
  joined_at timestamp with time zone,
  constraint partner_members_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_members_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_members_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint partner_members_joined_check CHECK (((user_id IS NULL) = (joined_at IS NULL))),
  constraint partner_members_link_check CHECK (((link_hash IS NULL) = (link_expires_at IS NULL))),
  constraint partner_members_role_check CHECK ((role = ANY (ARRAY['manager'::text, 'finance'::text, 'viewer'::text])))
);
CREATE UNIQUE INDEX partner_members_email_unique ON partner_members USING btree (tenant_id, partner_id, email);
CREATE UNIQUE INDEX partner_members_link_unique ON partner_members USING btree (tenant_id, link_hash);
CREATE UNIQUE INDEX partner_members_user_unique ON partner_members USING btree (tenant_id, user_id);
alter table partner_members enable row level security;
create policy tenant_isolation on partner_members as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on partner_members to tributary_server;
comment on table partner_members is 'Who works for a partner beside its owner, who is partners.user_id. The account is made when the invitation is taken, not before: an e-mail that somebody invites stays free for whoever owns it.';
comment on column partner_members.email is 'Where the invitation goes; of who has joined the e-mail of the account.';
comment on column partner_members.user_id is 'Whoever took the invitation; null until then.';
comment on column partner_members.invited_by is 'The person who invited.';
comment on column partner_members.link_hash is 'Hash of the link that was mailed last; null before it is, and once it is taken.';

create table partner_notes (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  author_id uuid,
  body text not null,
  written_at timestamp with time zone not null,
  constraint partner_notes_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_notes_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_notes_body_check CHECK (((length(body) >= 1) AND (length(body) <= 10000)))
);
CREATE INDEX partner_notes_partner_index ON partner_notes USING btree (tenant_id, partner_id, written_at, id);
alter table partner_notes enable row level security;
create policy tenant_isolation on partner_notes as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on partner_notes to tributary_server;
comment on table partner_notes is 'Notes of the team about partners. No partner sees them. Never changed; taken away where they are wrong or must be forgotten.';
comment on column partner_notes.author_id is 'The person or API key that wrote it; null for the program.';

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
  held_code text,
  held_reason text,
  held_lasts boolean,
  held_at timestamp with time zone,
  left_otherwise boolean not null default false,
  bank_file text generated always as (
CASE
    WHEN ((payment_method = 'bank_file'::text) AND (status = 'completed'::text) AND (NOT left_otherwise)) THEN
    CASE
        WHEN (exported_at IS NULL) THEN 'waiting'::text
        ELSE 'handed_out'::text
    END
    ELSE NULL::text
END) stored,
  constraint partner_payouts_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_payouts_batch_fkey FOREIGN KEY (tenant_id, batch_id) REFERENCES payout_batches(tenant_id, id),
  constraint partner_payouts_tenant_id_method_id_fkey FOREIGN KEY (tenant_id, method_id) REFERENCES payout_methods(tenant_id, id),
  constraint partner_payouts_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_payouts_amount_positive_check CHECK ((amount > 0)),
  constraint partner_payouts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint partner_payouts_held_check CHECK ((((held_code IS NULL) = (held_at IS NULL)) AND ((held_code IS NULL) = (held_lasts IS NULL)) AND ((held_code IS NOT NULL) OR (held_reason IS NULL)))),
  constraint partner_payouts_net_positive_check CHECK (((fee >= 0) AND (tax_withheld >= 0) AND ((fee + tax_withheld) <= amount))),
  constraint partner_payouts_operator_fee_check CHECK ((operator_fee >= 0)),
  constraint partner_payouts_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'processing'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX partner_payouts_amount_index ON partner_payouts USING btree (tenant_id, amount, id);
CREATE INDEX partner_payouts_bank_file_index ON partner_payouts USING btree (tenant_id, processed_at, id) WHERE ((payment_method = 'bank_file'::text) AND (status = 'completed'::text));
CREATE INDEX partner_payouts_batch_index ON partner_payouts USING btree (tenant_id, batch_id, id) WHERE (batch_id IS NOT NULL);
CREATE INDEX partner_payouts_currency_index ON partner_payouts USING btree (tenant_id, currency, requested_at, id);
CREATE INDEX partner_payouts_hand_out_index ON partner_payouts USING btree (tenant_id, COALESCE(held_at, '-infinity'::timestamp with time zone), processed_at, id) WHERE ((payment_method = 'bank_file'::text) AND (status = 'completed'::text) AND (exported_at IS NULL));
CREATE INDEX partner_payouts_held_index ON partner_payouts USING btree (tenant_id, requested_at, id) WHERE (held_code IS NOT NULL);
CREATE INDEX partner_payouts_method_index ON partner_payouts USING btree (tenant_id, method_id, processed_at) WHERE (status = 'completed'::text);
CREATE INDEX partner_payouts_partner_index ON partner_payouts USING btree (tenant_id, partner_id, created_at, id);
CREATE INDEX partner_payouts_queue_index ON partner_payouts USING btree (tenant_id, COALESCE(held_at, '-infinity'::timestamp with time zone), created_at, id) WHERE ((status = 'pending'::text) AND (batch_id IS NULL));
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
comment on column partner_payouts.exported_at is 'When it was handed to the bank: in the first file that the operator took, or otherwise, as people said. No file hands it out after that.';
comment on column partner_payouts.batch_id is 'The batch in which it waits for its release, or was released.';
comment on column partner_payouts.operator_fee is 'The fee of its transfer that the programme bears; `fee` is what the partner bears.';
comment on column partner_payouts.opening_balance is 'What was available to the partner when it was requested, for its statement.';
comment on column partner_payouts.held_code is 'What stood against letting it go when it was last looked at, by the code of the error; null where nothing did, or nobody has looked.';
comment on column partner_payouts.held_reason is 'What the gate said, for the operator.';
comment on column partner_payouts.held_lasts is 'Whether a person has refused it: nothing that comes by itself lets it go.';
comment on column partner_payouts.held_at is 'When it was last found held: what was looked at longest ago is looked at first, behind what is not known to be held.';
comment on column partner_payouts.left_otherwise is 'It has left by another way than a bank file: a person has paid it, or a provider. No file hands it out, not even one that is asked for again.';
comment on column partner_payouts.bank_file is 'Of one that goes by bank file: it is completed here and waits for the next file, or stood in one; null of all others, also where somebody has said that it arrived.';

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

create table partner_screenings (
  tenant_id uuid not null,
  partner_id uuid not null,
  subject_hash text not null,
  names jsonb not null,
  country text,
  since_version bigint not null,
  through_version bigint not null,
  first_screened_at timestamp with time zone not null,
  screened_at timestamp with time zone not null,
  constraint partner_screenings_pkey PRIMARY KEY (tenant_id, partner_id, subject_hash),
  constraint partner_screenings_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_screenings_tenant_id_through_version_fkey FOREIGN KEY (tenant_id, through_version) REFERENCES sanctions_lists(tenant_id, version),
  constraint partner_screenings_order_check CHECK ((through_version >= since_version))
);
CREATE INDEX partner_screenings_through_index ON partner_screenings USING btree (tenant_id, through_version);
alter table partner_screenings enable row level security;
create policy tenant_isolation on partner_screenings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_screenings to tributary_server;
comment on table partner_screenings is 'Which names of a partner were compared with which versions of the list. A new name is a new row: the old one stays as evidence.';
comment on column partner_screenings.subject_hash is 'Keyed hash of the names, the country, the tax form, the account and the way of comparing: another of these is screened anew.';
comment on column partner_screenings.names is 'Of each name that was compared whose it is (person, organisation), where the partner had given it, and a keyed hash. The name itself stays there.';
comment on column partner_screenings.through_version is 'The last version compared with, all before it since the first included.';

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
  rounds_sales boolean not null default false,
  constraint partner_standings_pkey PRIMARY KEY (tenant_id, partner_id),
  constraint partner_standings_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_standings_clients_check CHECK ((clients >= 0))
);
alter table partner_standings enable row level security;
create policy tenant_isolation on partner_standings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_standings to tributary_server;
comment on table partner_standings is 'Where each partner stands in its recorded sequence, as the engine left it; a replay of the events gives the same. Written under the lock of the sequence.';
comment on column partner_standings.rounds_sales is 'Whether an act in the sequence has said that what is taken back of a sale is rounded once for all that a rule earned on it.';

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
  to_tier text,
  reason text,
  decided_by uuid,
  constraint partner_tier_reviews_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_tier_reviews_tenant_id_decided_by_fkey FOREIGN KEY (tenant_id, decided_by) REFERENCES users(tenant_id, id),
  constraint partner_tier_reviews_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_tier_reviews_closed_check CHECK (((status = 'open'::text) = (closed_at IS NULL))),
  constraint partner_tier_reviews_decided_check CHECK (((status = ANY (ARRAY['kept'::text, 'moved'::text])) = (to_tier IS NOT NULL))),
  constraint partner_tier_reviews_figures_check CHECK (((minimum > 0) AND (days > 0) AND (counted >= 0))),
  constraint partner_tier_reviews_status_check CHECK ((status = ANY (ARRAY['open'::text, 'met'::text, 'moot'::text, 'kept'::text, 'moved'::text]))),
  constraint partner_tier_reviews_tier_check CHECK ((tier = ANY (ARRAY['tier1'::text, 'tier2'::text, 'tier3'::text, 'tier4'::text]))),
  constraint partner_tier_reviews_to_tier_check CHECK ((to_tier = ANY (ARRAY['tier1'::text, 'tier2'::text, 'tier3'::text, 'tier4'::text])))
);
CREATE UNIQUE INDEX partner_tier_reviews_one_open_index ON partner_tier_reviews USING btree (tenant_id, partner_id) WHERE (status = 'open'::text);
CREATE INDEX partner_tier_reviews_opened_index ON partner_tier_reviews USING btree (tenant_id, opened_at, id);
CREATE INDEX partner_tier_reviews_partner_index ON partner_tier_reviews USING btree (tenant_id, partner_id, opened_at, id);
alter table partner_tier_reviews enable row level security;
create policy tenant_isolation on partner_tier_reviews as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_tier_reviews to tributary_server;
comment on table partner_tier_reviews is 'Partners who brought fewer customers than their tier asks for. Open until they meet it again (met), it asks for nothing of them any more (moot), or a person has kept or moved them.';
comment on column partner_tier_reviews.counted is 'Referrals that qualified in the days before the latest review.';
comment on column partner_tier_reviews.reviewed_at is 'When it was last counted.';
comment on column partner_tier_reviews.to_tier is 'Where a person has kept or moved the partner: its tier since then.';
comment on column partner_tier_reviews.reason is 'Why it was decided so. For the team.';
comment on column partner_tier_reviews.decided_by is 'Who decided; null where a key did.';

create table partner_users (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  user_id uuid not null,
  external_id text not null,
  referral_id uuid not null,
  status text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint partner_users_pkey PRIMARY KEY (tenant_id, id),
  constraint partner_users_tenant_id_partner_id_external_id_key UNIQUE (tenant_id, partner_id, external_id),
  constraint partner_users_tenant_id_user_id_key UNIQUE (tenant_id, user_id),
  constraint partner_users_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint partner_users_tenant_id_referral_id_fkey FOREIGN KEY (tenant_id, referral_id) REFERENCES referrals(tenant_id, id),
  constraint partner_users_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint partner_users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'closed'::text])))
);
CREATE INDEX partner_users_partner_index ON partner_users USING btree (tenant_id, partner_id, created_at, id);
alter table partner_users enable row level security;
create policy tenant_isolation on partner_users as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on partner_users to tributary_server;
comment on table partner_users is 'Customers that a partner made through its API. The id is the token of the cardholder at the issuer.';
comment on column partner_users.user_id is 'The customer.';
comment on column partner_users.external_id is 'The partner''s name for it.';
comment on column partner_users.referral_id is 'What tied it to the partner.';

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
  leased_by uuid,
  leased_until timestamp with time zone,
  created_by uuid,
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
comment on column partner_webhooks.leased_by is 'The worker that alone sends to it: the answers that another brings are logged and change nothing.';
comment on column partner_webhooks.leased_until is 'Until then; one that died has it no longer.';
comment on column partner_webhooks.created_by is 'The person who registered it; null where an API key did, and of endpoints that are older than this.';

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
  told_reason text,
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
comment on column partners.told_reason is 'What a refused applicant is told of why, in the words of whoever refused it; null where nothing is said, and when it is decided anew.';

create table passkeys (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports jsonb not null,
  name text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkeys_pkey PRIMARY KEY (tenant_id, id),
  constraint passkeys_tenant_id_credential_id_key UNIQUE (tenant_id, credential_id),
  constraint passkeys_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint passkeys_name_length_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)))
);
CREATE INDEX passkeys_user_index ON passkeys USING btree (tenant_id, user_id, created_at);
alter table passkeys enable row level security;
create policy tenant_isolation on passkeys as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on passkeys to tributary_server;
comment on table passkeys is 'WebAuthn credentials: the public half of a key that lies in its owner''s device.';
comment on column passkeys.credential_id is 'As the device names it, base64url.';
comment on column passkeys.counter is 'How often the device says it has signed; one that goes back is a copy.';
comment on column passkeys.transports is 'How browsers reach it.';
comment on column passkeys.name is 'As its owner calls it.';

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
  released_by uuid,
  constraint payout_batches_pkey PRIMARY KEY (tenant_id, id),
  constraint payout_batches_tenant_id_approved_by_fkey FOREIGN KEY (tenant_id, approved_by) REFERENCES users(tenant_id, id),
  constraint payout_batches_tenant_id_made_by_fkey FOREIGN KEY (tenant_id, made_by) REFERENCES users(tenant_id, id),
  constraint payout_batches_tenant_id_released_by_fkey FOREIGN KEY (tenant_id, released_by) REFERENCES users(tenant_id, id),
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
comment on column payout_batches.released_by is 'The person, also where a key of theirs released it; null where the program did, and of what was released before this column was there.';

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
  looks integer not null default 0,
  seen integer not null default 0,
  constraint payout_methods_pkey PRIMARY KEY (tenant_id, id),
  constraint payout_methods_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint payout_methods_kind_check CHECK ((kind = ANY (ARRAY['stripe_connect'::text, 'bank_file'::text, 'test'::text, 'elsewhere'::text]))),
  constraint payout_methods_seen_check CHECK (((seen >= 0) AND (seen <= looks))),
  constraint payout_methods_status_check CHECK ((status = ANY (ARRAY['incomplete'::text, 'payable'::text, 'restricted'::text, 'replaced'::text])))
);
CREATE UNIQUE INDEX payout_methods_one_current_index ON payout_methods USING btree (tenant_id, partner_id) WHERE (status <> 'replaced'::text);
CREATE UNIQUE INDEX payout_methods_provider_account_index ON payout_methods USING btree (tenant_id, provider_account_id) WHERE ((provider_account_id IS NOT NULL) AND (status <> 'replaced'::text));
CREATE TRIGGER payout_methods_mode BEFORE INSERT OR UPDATE OF kind ON payout_methods FOR EACH ROW EXECUTE FUNCTION refuse_method_of_other_mode();
alter table payout_methods enable row level security;
create policy tenant_isolation on payout_methods as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on payout_methods to tributary_server;
comment on table payout_methods is 'How a partner is paid. A change replaces the row, so that an earlier payout shows how it was sent.';
comment on column payout_methods.kind is 'elsewhere: by an earlier programme. Never what a partner is paid by now: it stands behind payouts that were imported.';
comment on column payout_methods.details_encrypted is 'Bank details, sealed with AES-256-GCM and bound to their row.';
comment on column payout_methods.usable_at is 'Until then nothing is paid to it: it has replaced another.';
comment on column payout_methods.looks is 'How often its provider was asked about the account: each question takes the next number before it is asked.';
comment on column payout_methods.seen is 'The number of the question whose answer is written here; an earlier one is news no more. 0: none of which all of the account was taken.';

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
CREATE INDEX payout_schedules_due_index ON payout_schedules USING btree (tenant_id, next_due_on, partner_id, currency);
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

create table payout_settlements (
  tenant_id uuid not null,
  id uuid not null,
  payout_id uuid not null,
  attempt integer not null,
  outcome text not null,
  reason text not null,
  reference text,
  status text not null,
  proposed_by uuid,
  proposed_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint payout_settlements_pkey PRIMARY KEY (tenant_id, id),
  constraint payout_settlements_tenant_id_payout_id_attempt_fkey FOREIGN KEY (tenant_id, payout_id, attempt) REFERENCES transfer_attempts(tenant_id, payout_id, attempt),
  constraint payout_settlements_decided_check CHECK (((status = 'waiting'::text) = (decided_at IS NULL))),
  constraint payout_settlements_outcome_check CHECK ((outcome = ANY (ARRAY['paid'::text, 'not_paid'::text, 'returned'::text]))),
  constraint payout_settlements_reference_check CHECK (((outcome <> 'paid'::text) OR (reference IS NOT NULL))),
  constraint payout_settlements_second_check CHECK (((decided_by IS NULL) OR (decided_by IS DISTINCT FROM proposed_by))),
  constraint payout_settlements_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text, 'replaced'::text])))
);
CREATE UNIQUE INDEX payout_settlements_one_waiting_unique ON payout_settlements USING btree (tenant_id, payout_id) WHERE (status = 'waiting'::text);
CREATE INDEX payout_settlements_payout_index ON payout_settlements USING btree (tenant_id, payout_id, proposed_at);
alter table payout_settlements enable row level security;
create policy tenant_isolation on payout_settlements as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (decided_at), update (decided_by), update (status) on payout_settlements to tributary_server;
comment on table payout_settlements is 'What people say became of a payout that nobody else can tell of. Above the limit it waits for a second person.';
comment on column payout_settlements.attempt is 'The transfer of which it is said; of another it says nothing.';
comment on column payout_settlements.outcome is 'paid: it has arrived; not_paid: it has not and will not; returned: it had left and came back.';
comment on column payout_settlements.reference is 'The bank''s or the provider''s name for it.';
comment on column payout_settlements.status is 'waiting: for a second person; done; refused by one; replaced by another of the same payout.';
comment on column payout_settlements.proposed_by is 'The person, also where a key of theirs did; null where nobody made the key.';
comment on column payout_settlements.decided_by is 'The second person; null where none was needed.';

create table privacy_erasures (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  role text not null,
  origin text not null,
  status text not null,
  reason text,
  asked_at timestamp with time zone not null,
  asked_by text,
  decided_at timestamp with time zone,
  decided_by text,
  refusal text,
  hindrances jsonb not null default '[]'::jsonb,
  checked_at timestamp with time zone,
  erased_at timestamp with time zone,
  certificate jsonb,
  told_sealed bytea,
  constraint privacy_erasures_pkey PRIMARY KEY (tenant_id, id),
  constraint privacy_erasures_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint privacy_erasures_done_check CHECK ((((status = 'done'::text) = (erased_at IS NOT NULL)) AND ((status = 'done'::text) = (certificate IS NOT NULL)))),
  constraint privacy_erasures_origin_check CHECK ((origin = ANY (ARRAY['person'::text, 'operator'::text]))),
  constraint privacy_erasures_refusal_check CHECK (((status = 'refused'::text) = (refusal IS NOT NULL))),
  constraint privacy_erasures_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'finance'::text, 'support'::text, 'partner'::text, 'customer'::text]))),
  constraint privacy_erasures_status_check CHECK ((status = ANY (ARRAY['asked'::text, 'deferred'::text, 'refused'::text, 'withdrawn'::text, 'done'::text])))
);
CREATE INDEX privacy_erasures_asked_index ON privacy_erasures USING btree (tenant_id, asked_at, id);
CREATE INDEX privacy_erasures_deferred_index ON privacy_erasures USING btree (tenant_id, checked_at) WHERE (status = 'deferred'::text);
CREATE UNIQUE INDEX privacy_erasures_one_open_index ON privacy_erasures USING btree (tenant_id, user_id) WHERE (status = ANY (ARRAY['asked'::text, 'deferred'::text, 'done'::text]));
alter table privacy_erasures enable row level security;
create policy tenant_isolation on privacy_erasures as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on privacy_erasures to tributary_server;
comment on table privacy_erasures is 'Wishes of people to be forgotten, and what became of them. There is one that is open or done for a person.';
comment on column privacy_erasures.status is 'asked: the operator is to decide; deferred: decided, and hindered; refused and withdrawn may be asked for anew; done: for good.';
comment on column privacy_erasures.asked_by is 'Id of the person or the key; null for the program.';
comment on column privacy_erasures.hindrances is 'What stood in the way when it was last tried.';
comment on column privacy_erasures.certificate is 'What was erased, and what is kept and why, as it was when it was done.';
comment on column privacy_erasures.told_sealed is 'The address to be told that it is done, sealed; emptied once it has been told.';

create table privacy_holds (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  reason text not null,
  placed_at timestamp with time zone not null,
  placed_by text,
  lifted_at timestamp with time zone,
  lifted_by text,
  constraint privacy_holds_pkey PRIMARY KEY (tenant_id, id),
  constraint privacy_holds_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id)
);
CREATE INDEX privacy_holds_placed_index ON privacy_holds USING btree (tenant_id, placed_at, id);
CREATE INDEX privacy_holds_user_index ON privacy_holds USING btree (tenant_id, user_id) WHERE (lifted_at IS NULL);
alter table privacy_holds enable row level security;
create policy tenant_isolation on privacy_holds as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on privacy_holds to tributary_server;
comment on table privacy_holds is 'Legal holds: while one stands nothing of the person is erased (a lawsuit, an order of an authority).';

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

create table recovery_codes (
  tenant_id uuid not null,
  code_hash bytea not null,
  user_id uuid not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (tenant_id, code_hash),
  constraint recovery_codes_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id)
);
CREATE INDEX recovery_codes_user_index ON recovery_codes USING btree (tenant_id, user_id);
alter table recovery_codes enable row level security;
create policy tenant_isolation on recovery_codes as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on recovery_codes to tributary_server;
comment on table recovery_codes is 'Codes for whoever has lost a second factor, each good once. Only a peppered hash is kept.';

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
  lost_signup bigint,
  constraint referral_standings_pkey PRIMARY KEY (tenant_id, referral_id),
  constraint referral_standings_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint referral_standings_tenant_id_referral_id_fkey FOREIGN KEY (tenant_id, referral_id) REFERENCES referrals(tenant_id, id),
  constraint referral_standings_lost_signup_check CHECK ((lost_signup >= 0)),
  constraint referral_standings_payment_check CHECK (((payment_id IS NULL) = (payment_at IS NULL))),
  constraint referral_standings_settled_check CHECK (((payment_id IS NOT NULL) OR (NOT is_settled))),
  constraint referral_standings_signup_check CHECK ((is_settled OR (signup_id IS NULL)))
);
CREATE INDEX referral_standings_partner_index ON referral_standings USING btree (tenant_id, partner_id);
alter table referral_standings enable row level security;
create policy tenant_isolation on referral_standings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on referral_standings to tributary_server;
comment on table referral_standings is 'Where each converted customer stands: its terms, what is open, the payment that qualified it (payment_id), whether signup and count have followed (is_settled).';
comment on column referral_standings.is_signup_taken is 'A signup bonus of the customer stays though it is of no qualification here: with a partner that had it before, or because it was paid. None is earned again.';
comment on column referral_standings.agreed_at is 'When its terms were agreed: at the conversion, or when the customer came from another partner.';
comment on column referral_standings.lost_signup is 'What the loss of the payment in lost_payment_id took of its signup bonus, in minor units of the programme''s currency: it comes back with that payment. Kept while that is won back and waits to be settled. Null where the bonus had not been decided; nothing where its customer went to another partner, or was rejected, while it was lost.';

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

create table sanctions_entries (
  tenant_id uuid not null,
  entry_id text not null,
  from_version bigint not null,
  to_version bigint,
  content_hash text not null,
  entry jsonb not null,
  constraint sanctions_entries_pkey PRIMARY KEY (tenant_id, entry_id, from_version),
  constraint sanctions_entries_tenant_id_from_version_fkey FOREIGN KEY (tenant_id, from_version) REFERENCES sanctions_lists(tenant_id, version),
  constraint sanctions_entries_order_check CHECK ((to_version > from_version))
);
CREATE INDEX sanctions_entries_current_index ON sanctions_entries USING btree (tenant_id, from_version) WHERE (to_version IS NULL);
alter table sanctions_entries enable row level security;
create policy tenant_isolation on sanctions_entries as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (to_version) on sanctions_entries to tributary_server;
comment on table sanctions_entries is 'Who is on the list, from which version on and up to which: what it said on any day can be told.';
comment on column sanctions_entries.entry_id is 'The list''s own number, after the name of the list.';
comment on column sanctions_entries.to_version is 'The version in which it was gone or other; null while it is in force.';
comment on column sanctions_entries.entry is 'Names, kind, programmes, countries, addresses, remarks.';

create table sanctions_lists (
  tenant_id uuid not null,
  version bigint not null,
  source text not null,
  content_hash text not null,
  as_of timestamp with time zone not null,
  confirmed_at timestamp with time zone not null,
  entries integer not null,
  added integer not null,
  changed integer not null,
  removed integer not null,
  rescreens_all boolean not null,
  files jsonb not null,
  imported_at timestamp with time zone not null,
  imported_by text not null,
  constraint sanctions_lists_pkey PRIMARY KEY (tenant_id, version),
  constraint sanctions_lists_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint sanctions_lists_confirmed_check CHECK ((confirmed_at >= as_of)),
  constraint sanctions_lists_source_check CHECK ((source = ANY (ARRAY['ofac'::text, 'watchman'::text])))
);
CREATE INDEX sanctions_lists_content_index ON sanctions_lists USING btree (tenant_id, content_hash);
alter table sanctions_lists enable row level security;
create policy tenant_isolation on sanctions_lists as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (confirmed_at) on sanctions_lists to tributary_server;
comment on table sanctions_lists is 'The versions of the sanctions list, in the order in which they came. The newest is in force.';
comment on column sanctions_lists.source is 'ofac: files of the US Treasury, kept here; watchman: a screening service, which keeps them.';
comment on column sanctions_lists.content_hash is 'SHA-256 of the files, or what the service calls its list.';
comment on column sanctions_lists.as_of is 'Of when the files are.';
comment on column sanctions_lists.confirmed_at is 'When the source last had nothing newer: its age counts from here.';
comment on column sanctions_lists.rescreens_all is 'What was screened with the version before says nothing about this one.';
comment on column sanctions_lists.files is 'Names, sizes and hashes of what it was read from.';
comment on column sanctions_lists.imported_by is 'The person, the key or the job.';

create table screening_cases (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  status text not null,
  round integer not null default 1,
  list_version bigint not null,
  opened_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  constraint screening_cases_pkey PRIMARY KEY (tenant_id, id),
  constraint screening_cases_tenant_id_list_version_fkey FOREIGN KEY (tenant_id, list_version) REFERENCES sanctions_lists(tenant_id, version),
  constraint screening_cases_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint screening_cases_decided_check CHECK (((status = ANY (ARRAY['cleared'::text, 'confirmed'::text])) = (decided_at IS NOT NULL))),
  constraint screening_cases_status_check CHECK ((status = ANY (ARRAY['open'::text, 'escalated'::text, 'cleared'::text, 'confirmed'::text])))
);
CREATE UNIQUE INDEX screening_cases_one_open_index ON screening_cases USING btree (tenant_id, partner_id) WHERE (status = ANY (ARRAY['open'::text, 'escalated'::text]));
CREATE INDEX screening_cases_opened_index ON screening_cases USING btree (tenant_id, opened_at, id);
CREATE INDEX screening_cases_partner_index ON screening_cases USING btree (tenant_id, partner_id, opened_at, id);
CREATE INDEX screening_cases_status_index ON screening_cases USING btree (tenant_id, status, opened_at, id);
alter table screening_cases enable row level security;
create policy tenant_isolation on screening_cases as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on screening_cases to tributary_server;
comment on table screening_cases is 'Possible matches of a partner with the list, for two people to decide. While one is open or confirmed, no money leaves.';
comment on column screening_cases.status is 'open: nobody or one person has decided; escalated: two differ; cleared: it is somebody else; confirmed: it is them.';
comment on column screening_cases.round is 'Grows with new evidence and when it is opened again: what was decided before no longer counts.';
comment on column screening_cases.list_version is 'The newest version that said something of it.';

create table screening_hits (
  tenant_id uuid not null,
  case_id uuid not null,
  partner_id uuid not null,
  subject_key text not null,
  entry_id text not null,
  entry_hash text not null,
  round integer not null,
  subject jsonb not null,
  evidence jsonb not null,
  found_at timestamp with time zone not null,
  name_sealed bytea,
  constraint screening_hits_pkey PRIMARY KEY (tenant_id, case_id, subject_key, entry_id, entry_hash),
  constraint screening_hits_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES screening_cases(tenant_id, id)
);
CREATE INDEX screening_hits_partner_index ON screening_hits USING btree (tenant_id, partner_id);
CREATE INDEX screening_hits_unsealed_index ON screening_hits USING btree (tenant_id) WHERE (name_sealed IS NULL);
alter table screening_hits enable row level security;
create policy tenant_isolation on screening_hits as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update (name_sealed), update (subject), update (subject_key) on screening_hits to tributary_server;
comment on table screening_hits is 'The evidence of cases: which name of the partner is like which entry. Once cleared, the same name and the same content of the entry raise no case again.';
comment on column screening_hits.subject_key is 'Keyed hash of the name, its kind, the country, and of what is known of date of birth, countries and numbers by the tax form: a clearing holds for all of it.';
comment on column screening_hits.entry_hash is 'Of the entry''s content: when that changes, it is another hit.';
comment on column screening_hits.round is 'The round of the case that it began.';
comment on column screening_hits.subject is 'Whose name it is (person, organisation), where the partner had given it, and the country.';
comment on column screening_hits.evidence is 'The entry as it was, the name that is like it, the score, and whether date of birth, numbers, countries and kind of the partner agree with it. The partner''s own date and numbers are not written; one that agrees is that of the entry.';
comment on column screening_hits.name_sealed is 'The name, encrypted: people see it on the page of the case.';

create table screening_settings (
  tenant_id uuid not null,
  is_enabled boolean not null,
  list_max_age_days integer not null,
  alert_at numeric(4,3) not null,
  blocked_countries text[] not null,
  updated_at timestamp with time zone not null,
  updated_by uuid,
  constraint screening_settings_pkey PRIMARY KEY (tenant_id),
  constraint screening_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint screening_settings_age_check CHECK (((list_max_age_days >= 1) AND (list_max_age_days <= 90))),
  constraint screening_settings_alert_check CHECK (((alert_at >= 0.800) AND (alert_at <= (1)::numeric)))
);
alter table screening_settings enable row level security;
create policy tenant_isolation on screening_settings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on screening_settings to tributary_server;
comment on table screening_settings is 'Whether partners are screened, and how; without a row they are not.';
comment on column screening_settings.list_max_age_days is 'An older list clears nobody.';
comment on column screening_settings.alert_at is 'How alike two names are from which on a person looks at them, 0 to 1.';
comment on column screening_settings.blocked_countries is 'Partners of these are neither approved nor paid.';
comment on column screening_settings.updated_by is 'Who set it; null where a key or the program did.';

create table screening_votes (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  round integer not null,
  user_id uuid not null,
  verdict text not null,
  reason text not null,
  voted_at timestamp with time zone not null,
  constraint screening_votes_pkey PRIMARY KEY (tenant_id, id),
  constraint screening_votes_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES screening_cases(tenant_id, id),
  constraint screening_votes_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id),
  constraint screening_votes_verdict_check CHECK ((verdict = ANY (ARRAY['clear'::text, 'confirm'::text])))
);
CREATE INDEX screening_votes_case_index ON screening_votes USING btree (tenant_id, case_id, voted_at, id);
CREATE TRIGGER screening_votes_append_only BEFORE DELETE OR UPDATE ON screening_votes FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table screening_votes enable row level security;
create policy tenant_isolation on screening_votes as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on screening_votes to tributary_server;
comment on table screening_votes is 'What each person decided on a case, and why. Of one person the last of a round counts.';

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
  proven_at timestamp with time zone not null,
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
comment on column sessions.proven_at is 'When its person last showed who they are: at sign-in, or since by their password and, where they have one, a second factor.';

create table sign_in_settings (
  tenant_id uuid not null,
  required_roles jsonb not null,
  grace_days integer not null,
  required_since timestamp with time zone not null,
  constraint sign_in_settings_pkey PRIMARY KEY (tenant_id),
  constraint sign_in_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint sign_in_settings_grace_days_check CHECK (((grace_days >= 0) AND (grace_days <= 90)))
);
alter table sign_in_settings enable row level security;
create policy tenant_isolation on sign_in_settings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on sign_in_settings to tributary_server;
comment on table sign_in_settings is 'Who must have a second factor, and how long whoever has none may still do without.';
comment on column sign_in_settings.required_roles is 'A list of roles.';
comment on column sign_in_settings.required_since is 'When the settings were last changed: the grace runs from here, or from when somebody was added.';

create table spend_cuts (
  tenant_id uuid not null,
  commission_id uuid not null,
  partner_id uuid not null,
  event_id uuid not null,
  wanted bigint not null,
  given bigint not null,
  created_at timestamp with time zone not null,
  rule text,
  constraint spend_cuts_pkey PRIMARY KEY (tenant_id, commission_id),
  constraint spend_cuts_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint spend_cuts_given_check CHECK ((given >= 0))
);
CREATE INDEX spend_cuts_event_index ON spend_cuts USING btree (tenant_id, event_id);
CREATE INDEX spend_cuts_partner_index ON spend_cuts USING btree (tenant_id, partner_id);
CREATE TRIGGER spend_cuts_append_only BEFORE DELETE OR UPDATE ON spend_cuts FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table spend_cuts enable row level security;
create policy tenant_isolation on spend_cuts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on spend_cuts to tributary_server;
comment on table spend_cuts is 'What the limit left of a commission, where it was less than it would have earned. It depends on what other partners had earned by then, so it is recorded: a replay reads it.';
comment on column spend_cuts.commission_id is 'Derived as every commission''s id; where nothing was left there is no such commission.';
comment on column spend_cuts.event_id is 'The payment or card event that it would have been earned on.';
comment on column spend_cuts.given is 'The most that it comes to: at a partner that got its customer later it may be more than was wanted there.';
comment on column spend_cuts.rule is 'What was earned: `signup`, `recurring`, `transaction` or `share`.';

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

create table sub_operator_contracts (
  tenant_id uuid not null,
  sub_operator_id uuid not null,
  number integer not null,
  mode text not null,
  parent_share_ppm integer not null,
  effective_from timestamp with time zone not null,
  reason text not null,
  agreed_by text not null,
  created_at timestamp with time zone not null,
  constraint sub_operator_contracts_pkey PRIMARY KEY (tenant_id, sub_operator_id, number),
  constraint sub_operator_contracts_tenant_id_sub_operator_id_fkey FOREIGN KEY (tenant_id, sub_operator_id) REFERENCES sub_operators(tenant_id, id),
  constraint sub_operator_contracts_date_check CHECK ((effective_from >= created_at)),
  constraint sub_operator_contracts_mode_check CHECK ((mode = ANY (ARRAY['share'::text, 'licence'::text]))),
  constraint sub_operator_contracts_share_check CHECK ((((parent_share_ppm >= 0) AND (parent_share_ppm <= 1000000)) AND ((mode = 'share'::text) OR (parent_share_ppm = 0))))
);
CREATE TRIGGER sub_operator_contracts_append_only BEFORE DELETE OR UPDATE ON sub_operator_contracts FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table sub_operator_contracts enable row level security;
create policy tenant_isolation on sub_operator_contracts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on sub_operator_contracts to tributary_server;
comment on table sub_operator_contracts is 'What a sub-operator owes of its sales, from when on: of those that have begun, the highest number counts.';
comment on column sub_operator_contracts.parent_share_ppm is 'What this tenant has of each sale, in parts per million; 0 in mode `licence`.';

create table sub_operator_settlements (
  tenant_id uuid not null,
  id uuid not null,
  sub_operator_id uuid not null,
  kind text not null,
  currency text not null,
  amount bigint not null,
  reference text not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint sub_operator_settlements_pkey PRIMARY KEY (tenant_id, id),
  constraint sub_operator_settlements_tenant_id_sub_operator_id_referenc_key UNIQUE (tenant_id, sub_operator_id, reference),
  constraint sub_operator_settlements_tenant_id_sub_operator_id_fkey FOREIGN KEY (tenant_id, sub_operator_id) REFERENCES sub_operators(tenant_id, id),
  constraint sub_operator_settlements_amount_check CHECK ((amount > 0)),
  constraint sub_operator_settlements_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint sub_operator_settlements_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'repayment'::text])))
);
CREATE TRIGGER sub_operator_settlements_append_only BEFORE DELETE OR UPDATE ON sub_operator_settlements FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table sub_operator_settlements enable row level security;
create policy tenant_isolation on sub_operator_settlements as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on sub_operator_settlements to tributary_server;
comment on table sub_operator_settlements is 'Shares that a sub-operator has paid, and those that it was paid back.';

create table sub_operator_shares (
  tenant_id uuid not null,
  sub_operator_id uuid not null,
  transaction_id uuid not null,
  root_id uuid not null,
  contract_number integer,
  kind text not null,
  currency text not null,
  base bigint not null,
  amount bigint not null,
  occurred_at timestamp with time zone not null,
  booked_at timestamp with time zone not null,
  constraint sub_operator_shares_pkey PRIMARY KEY (tenant_id, sub_operator_id, transaction_id),
  constraint sub_operator_shares_tenant_id_sub_operator_id_contract_num_fkey FOREIGN KEY (tenant_id, sub_operator_id, contract_number) REFERENCES sub_operator_contracts(tenant_id, sub_operator_id, number),
  constraint sub_operator_shares_tenant_id_sub_operator_id_fkey FOREIGN KEY (tenant_id, sub_operator_id) REFERENCES sub_operators(tenant_id, id),
  constraint sub_operator_shares_tenant_id_sub_operator_id_root_id_fkey FOREIGN KEY (tenant_id, sub_operator_id, root_id) REFERENCES sub_operator_shares(tenant_id, sub_operator_id, transaction_id),
  constraint sub_operator_shares_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint sub_operator_shares_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'card'::text, 'refund'::text, 'chargeback'::text, 'chargeback_won'::text])))
);
CREATE INDEX sub_operator_shares_booked_index ON sub_operator_shares USING btree (tenant_id, sub_operator_id, booked_at, transaction_id);
CREATE INDEX sub_operator_shares_root_index ON sub_operator_shares USING btree (tenant_id, sub_operator_id, root_id);
CREATE TRIGGER sub_operator_shares_append_only BEFORE DELETE OR UPDATE ON sub_operator_shares FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table sub_operator_shares enable row level security;
create policy tenant_isolation on sub_operator_shares as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on sub_operator_shares to tributary_server;
comment on table sub_operator_shares is 'Each transaction of a sub-operator, once, with what it changed of this tenant''s share; its transaction is in the books under the same id.';
comment on column sub_operator_shares.root_id is 'The sale; what reverses it has a row of its own.';
comment on column sub_operator_shares.contract_number is 'By which contract; null where the sale is from before the first.';
comment on column sub_operator_shares.base is 'Revenue without tax that came, or that a reversal took; minor units.';
comment on column sub_operator_shares.amount is 'What of the base is this tenant''s; the rest is the sub-operator''s.';

create table sub_operators (
  tenant_id uuid not null,
  id uuid not null,
  partner_id uuid not null,
  name text not null,
  host text not null,
  limits jsonb not null,
  status text not null,
  status_reason text,
  admin_email text,
  admin_name text,
  created_at timestamp with time zone not null,
  opened_at timestamp with time zone,
  removed_at timestamp with time zone,
  constraint sub_operators_pkey PRIMARY KEY (tenant_id, id),
  constraint sub_operators_id_fkey FOREIGN KEY (id) REFERENCES tenants(id),
  constraint sub_operators_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint sub_operators_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint sub_operators_admin_check CHECK (((status = 'opening'::text) OR ((admin_email IS NULL) AND (admin_name IS NULL)))),
  constraint sub_operators_removed_check CHECK (((status = 'removed'::text) = (removed_at IS NOT NULL))),
  constraint sub_operators_status_check CHECK ((status = ANY (ARRAY['opening'::text, 'active'::text, 'suspended'::text, 'removed'::text])))
);
CREATE INDEX sub_operators_created_index ON sub_operators USING btree (tenant_id, created_at, id);
CREATE UNIQUE INDEX sub_operators_partner_index ON sub_operators USING btree (tenant_id, partner_id) WHERE (status <> 'removed'::text);
CREATE TRIGGER sub_operators_never_deleted BEFORE DELETE ON sub_operators FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table sub_operators enable row level security;
create policy tenant_isolation on sub_operators as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (admin_email), update (admin_name), update (limits), update (opened_at), update (removed_at), update (status), update (status_reason) on sub_operators to tributary_server;
comment on table sub_operators is 'Partners that run a programme of their own, each in a tenant under this one.';
comment on column sub_operators.id is 'Its tenant.';
comment on column sub_operators.partner_id is 'The partner of this tenant that it is: fees and shares are owed by it.';
comment on column sub_operators.status is '`opening` until its programme and its first admin are made.';
comment on column sub_operators.admin_email is 'Who is to be invited as its first admin; forgotten once that is done.';

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
grant insert, select, update (body) on support_messages to tributary_server;
comment on table support_messages is 'What was said in tickets. Never changed, but emptied when its partner is erased.';
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

create table tax_exchange_rates (
  tenant_id uuid not null,
  year smallint not null,
  currency text not null,
  exponent smallint not null,
  units_ppm bigint not null,
  updated_at timestamp with time zone not null,
  constraint tax_exchange_rates_pkey PRIMARY KEY (tenant_id, year, currency),
  constraint tax_exchange_rates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint tax_exchange_rates_currency_check CHECK (((currency ~ '^[A-Z]{3}$'::text) AND (currency <> 'USD'::text))),
  constraint tax_exchange_rates_units_check CHECK ((units_ppm > 0))
);
alter table tax_exchange_rates enable row level security;
create policy tenant_isolation on tax_exchange_rates as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on tax_exchange_rates to tributary_server;
comment on table tax_exchange_rates is 'The average rate of a year at which payouts in another currency are reported in US dollars.';
comment on column tax_exchange_rates.exponent is 'Decimals of the currency (ISO 4217).';
comment on column tax_exchange_rates.units_ppm is 'Units of the currency for one US dollar, times a million, as the IRS lists its yearly averages.';

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
  made_at timestamp with time zone not null,
  told_at timestamp with time zone,
  constraint tax_filings_pkey PRIMARY KEY (tenant_id, id),
  constraint tax_filings_tenant_id_year_partner_id_number_key UNIQUE (tenant_id, year, partner_id, number),
  constraint tax_filings_tenant_id_corrects_id_fkey FOREIGN KEY (tenant_id, corrects_id) REFERENCES tax_filings(tenant_id, id),
  constraint tax_filings_tenant_id_form_id_fkey FOREIGN KEY (tenant_id, form_id) REFERENCES tax_forms(tenant_id, id),
  constraint tax_filings_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint tax_filings_tenant_id_year_fkey FOREIGN KEY (tenant_id, year) REFERENCES tax_years(tenant_id, year),
  constraint tax_filings_corrects_check CHECK (((kind = 'original'::text) = (corrects_id IS NULL))),
  constraint tax_filings_kind_check CHECK ((kind = ANY (ARRAY['original'::text, 'amount'::text, 'void'::text, 'identity'::text]))),
  constraint tax_filings_void_check CHECK (((kind <> 'void'::text) OR ((amount = 0) AND (withheld = 0))))
);
CREATE INDEX tax_filings_partner_index ON tax_filings USING btree (tenant_id, partner_id, year, number);
CREATE INDEX tax_filings_run_index ON tax_filings USING btree (tenant_id, year, run, partner_id, number);
CREATE INDEX tax_filings_untold_index ON tax_filings USING btree (tenant_id, made_at, id) WHERE (told_at IS NULL);
CREATE TRIGGER tax_filings_never_deleted BEFORE DELETE ON tax_filings FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table tax_filings enable row level security;
create policy tenant_isolation on tax_filings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (told_at) on tax_filings to tributary_server;
comment on table tax_filings is 'Returns 1099-NEC as they were frozen, and their corrections. Append-only: the last of a partner and year stands.';
comment on column tax_filings.number is 'Of the partner''s returns for the year, from 1.';
comment on column tax_filings.run is 'The close (0) or the run of corrections that made it: what goes into one file.';
comment on column tax_filings.kind is 'original; amount: the same recipient, other amounts; void and identity: the one under the wrong name or number, with nothing, and the one under the right.';
comment on column tax_filings.form_id is 'Whose name, number and address it bears.';
comment on column tax_filings.amount is 'US cents, box 1.';
comment on column tax_filings.withheld is 'US cents, box 4.';
comment on column tax_filings.told_at is 'When the partner was told of it; the one column that changes.';

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
  signed_at timestamp with time zone not null,
  signed_by uuid not null,
  valid_until date,
  data_key_sealed bytea,
  content_sealed bytea not null,
  constraint tax_forms_pkey PRIMARY KEY (tenant_id, id),
  constraint tax_forms_tenant_id_partner_id_version_key UNIQUE (tenant_id, partner_id, version),
  constraint tax_forms_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint tax_forms_kind_check CHECK ((kind = ANY (ARRAY['w9'::text, 'w8ben'::text, 'w8bene'::text]))),
  constraint tax_forms_services_check CHECK ((((kind = 'w9'::text) = (services IS NULL)) AND (services = ANY (ARRAY['outside_us'::text, 'inside_us'::text, 'both'::text])))),
  constraint tax_forms_tin_check CHECK (((tin_type = ANY (ARRAY['ssn'::text, 'ein'::text, 'itin'::text])) AND ((tin_type IS NULL) = (tin_last4 IS NULL)) AND ((tin_type IS NULL) = (tin_index IS NULL)) AND ((kind <> 'w9'::text) OR (tin_type IS NOT NULL)))),
  constraint tax_forms_valid_until_check CHECK (((kind = 'w9'::text) = (valid_until IS NULL)))
);
CREATE INDEX tax_forms_tin_index ON tax_forms USING btree (tenant_id, tin_index) WHERE (tin_index IS NOT NULL);
CREATE INDEX tax_forms_valid_until_index ON tax_forms USING btree (tenant_id, valid_until, partner_id) WHERE (valid_until IS NOT NULL);
CREATE TRIGGER tax_forms_never_deleted BEFORE DELETE ON tax_forms FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tax_forms_only_forget BEFORE UPDATE ON tax_forms FOR EACH ROW EXECUTE FUNCTION tax_forms_only_forget();
alter table tax_forms enable row level security;
create policy tenant_isolation on tax_forms as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update (data_key_sealed) on tax_forms to tributary_server;
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

create table tax_partners (
  tenant_id uuid not null,
  partner_id uuid not null,
  form_id uuid,
  asked_at timestamp with time zone,
  withholding_since timestamp with time zone,
  withholding_reason text,
  consented_at timestamp with time zone,
  consent_text text,
  told_expiring date,
  told_expired date,
  constraint tax_partners_pkey PRIMARY KEY (tenant_id, partner_id),
  constraint tax_partners_tenant_id_form_id_fkey FOREIGN KEY (tenant_id, form_id) REFERENCES tax_forms(tenant_id, id),
  constraint tax_partners_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint tax_partners_consent_check CHECK (((consented_at IS NULL) = (consent_text IS NULL))),
  constraint tax_partners_withholding_check CHECK (((withholding_since IS NULL) = (withholding_reason IS NULL)))
);
alter table tax_partners enable row level security;
create policy tenant_isolation on tax_partners as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on tax_partners to tributary_server;
comment on table tax_partners is 'How a partner stands with its taxes. Locked by whoever changes it.';
comment on column tax_partners.form_id is 'The form that was signed last.';
comment on column tax_partners.asked_at is 'When the team last asked for a form; null once it has come.';
comment on column tax_partners.withholding_since is 'Since when the operator has ordered backup withholding, as after a notice of the IRS.';
comment on column tax_partners.consented_at is 'When the partner agreed to have its tax documents electronically; null: on paper.';
comment on column tax_partners.consent_text is 'Which version of the disclosure it agreed to.';
comment on column tax_partners.told_expiring is 'The last day of validity of which the partner was told that it comes.';
comment on column tax_partners.told_expired is 'The same, that it has passed.';

create table tax_payments (
  tenant_id uuid not null,
  id uuid not null,
  payout_id uuid not null,
  act text not null,
  partner_id uuid not null,
  paid_at timestamp with time zone not null,
  method text not null,
  currency text not null,
  amount bigint not null,
  withheld bigint not null,
  recorded_at timestamp with time zone not null,
  constraint tax_payments_pkey PRIMARY KEY (tenant_id, id),
  constraint tax_payments_tenant_id_payout_id_act_key UNIQUE (tenant_id, payout_id, act),
  constraint tax_payments_tenant_id_partner_id_fkey FOREIGN KEY (tenant_id, partner_id) REFERENCES partners(tenant_id, id),
  constraint tax_payments_tenant_id_payout_id_fkey FOREIGN KEY (tenant_id, payout_id) REFERENCES partner_payouts(tenant_id, id),
  constraint tax_payments_act_check CHECK ((act = ANY (ARRAY['paid'::text, 'taken_back'::text]))),
  constraint tax_payments_amount_check CHECK ((((act = 'paid'::text) = (amount > 0)) AND (amount <> 0) AND (abs(withheld) <= abs(amount)) AND ((amount * withheld) >= 0)))
);
CREATE INDEX tax_payments_paid_index ON tax_payments USING btree (tenant_id, paid_at);
CREATE INDEX tax_payments_partner_index ON tax_payments USING btree (tenant_id, partner_id, paid_at, id);
CREATE TRIGGER tax_payments_append_only BEFORE DELETE OR UPDATE ON tax_payments FOR EACH ROW EXECUTE FUNCTION refuse_change();
alter table tax_payments enable row level security;
create policy tenant_isolation on tax_payments as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select on tax_payments to tributary_server;
comment on table tax_payments is 'What partners were paid, by the instant of the transfer: what returns are made of. Append-only; a transfer that came back is a second row.';
comment on column tax_payments.paid_at is 'When the transfer was made; of one taken back too, so that it is taken back of its year.';
comment on column tax_payments.amount is 'Minor units, gross of fee and tax; negative where it was taken back.';
comment on column tax_payments.withheld is 'The part of it that was kept back for the tax authority.';

create table tax_settings (
  tenant_id uuid not null,
  payouts_wait text not null default 'never'::text,
  withholds_without_form boolean not null default false,
  time_zone text,
  methods_reported_elsewhere text[] not null default '{}'::text[],
  payer_sealed bytea,
  updated_at timestamp with time zone not null,
  constraint tax_settings_pkey PRIMARY KEY (tenant_id),
  constraint tax_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint tax_settings_payouts_wait_check CHECK ((payouts_wait = ANY (ARRAY['never'::text, 'at_threshold'::text, 'always'::text])))
);
alter table tax_settings enable row level security;
create policy tenant_isolation on tax_settings as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on tax_settings to tributary_server;
comment on table tax_settings is 'How the programme deals with taxes of partners; where there is no row, the defaults hold: nothing waits, nothing is kept back.';
comment on column tax_settings.payouts_wait is 'Whether payouts to a partner without a valid form wait: never, from the year''s threshold on, or always.';
comment on column tax_settings.withholds_without_form is 'Whether backup withholding is kept back of payouts to a partner without a valid form.';
comment on column tax_settings.time_zone is 'In which a payout falls into a tax year; null: that of the programme.';
comment on column tax_settings.methods_reported_elsewhere is 'Payout methods whose provider reports what it pays (1099-K): left out of the returns.';
comment on column tax_settings.payer_sealed is 'Who pays, as returns name it: name, EIN, address, telephone; sealed with AES-256-GCM.';

create table tax_year_figures (
  tenant_id uuid not null,
  year smallint not null,
  threshold bigint,
  withholding_ppm bigint,
  iris_header text,
  updated_at timestamp with time zone not null,
  constraint tax_year_figures_pkey PRIMARY KEY (tenant_id, year),
  constraint tax_year_figures_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint tax_year_figures_threshold_check CHECK ((threshold > 0)),
  constraint tax_year_figures_withholding_check CHECK (((withholding_ppm >= 0) AND (withholding_ppm <= 1000000))),
  constraint tax_year_figures_year_check CHECK (((year >= 2000) AND (year <= 2200)))
);
alter table tax_year_figures enable row level security;
create policy tenant_isolation on tax_year_figures as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on tax_year_figures to tributary_server;
comment on table tax_year_figures is 'What the operator has entered for a tax year, in place of what the program knows of it.';
comment on column tax_year_figures.threshold is 'US cents from which on a year is reported on Form 1099-NEC; null: what the program knows.';
comment on column tax_year_figures.withholding_ppm is 'Backup withholding in parts per million of a payout.';
comment on column tax_year_figures.iris_header is 'The first line of the year''s CSV template of the IRS, where it is another than the program''s.';

create table tax_years (
  tenant_id uuid not null,
  year smallint not null,
  threshold bigint not null,
  runs smallint not null,
  closed_at timestamp with time zone not null,
  constraint tax_years_pkey PRIMARY KEY (tenant_id, year),
  constraint tax_years_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint tax_years_runs_check CHECK ((runs >= 0))
);
alter table tax_years enable row level security;
create policy tenant_isolation on tax_years as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on tax_years to tributary_server;
comment on table tax_years is 'Tax years that are closed: their returns are rows of tax_filings. What changes afterwards is a correction.';
comment on column tax_years.threshold is 'US cents: what decided who is reported.';
comment on column tax_years.runs is 'The last run of corrections; 0 is the close.';

create table tenants (
  id uuid not null,
  parent_id uuid,
  name text not null,
  host text,
  mode text not null default 'live'::text,
  status text not null default 'active'::text,
  clock_offset_ms bigint not null default 0,
  created_at timestamp with time zone not null,
  mail_look jsonb,
  limits jsonb not null default '{}'::jsonb,
  status_reason text,
  link_host text,
  live_id uuid,
  clock_target timestamp with time zone,
  refreshed_at timestamp with time zone,
  link_host_proven_at timestamp with time zone,
  constraint tenants_pkey PRIMARY KEY (id),
  constraint tenants_host_key UNIQUE (host),
  constraint tenants_live_id_fkey FOREIGN KEY (live_id) REFERENCES tenants(id),
  constraint tenants_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES tenants(id),
  constraint tenants_clock_target_check CHECK (((clock_target IS NULL) OR (mode = 'test'::text))),
  constraint tenants_clock_test_mode_check CHECK (((clock_offset_ms = 0) OR (mode = 'test'::text))),
  constraint tenants_host_lower_check CHECK ((host = lower(host))),
  constraint tenants_link_host_lower_check CHECK ((link_host = lower(link_host))),
  constraint tenants_mode_check CHECK ((mode = ANY (ARRAY['live'::text, 'test'::text]))),
  constraint tenants_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'removed'::text]))),
  constraint tenants_twin_check CHECK (((live_id IS NULL) OR ((mode = 'test'::text) AND (host IS NULL) AND (parent_id IS NULL))))
);
CREATE UNIQUE INDEX tenants_one_operator_index ON tenants USING btree ((true)) WHERE ((parent_id IS NULL) AND (mode = 'live'::text));
CREATE UNIQUE INDEX tenants_one_twin_index ON tenants USING btree (live_id) WHERE (status <> 'removed'::text);
CREATE TRIGGER tenants_clock_forward BEFORE UPDATE OF clock_offset_ms ON tenants FOR EACH ROW WHEN ((new.clock_offset_ms < old.clock_offset_ms)) EXECUTE FUNCTION refuse_clock_back();
CREATE TRIGGER tenants_tell_hosts_insert AFTER INSERT ON tenants FOR EACH ROW EXECUTE FUNCTION tell_hosts();
CREATE TRIGGER tenants_tell_hosts_update AFTER UPDATE ON tenants FOR EACH ROW WHEN ((((((old.name IS DISTINCT FROM new.name) OR (old.host IS DISTINCT FROM new.host)) OR (old.mode IS DISTINCT FROM new.mode)) OR (old.status IS DISTINCT FROM new.status)) OR (old.clock_offset_ms IS DISTINCT FROM new.clock_offset_ms))) EXECUTE FUNCTION tell_hosts();
alter table tenants enable row level security;
create policy tenant_isolation on tenants as permissive for all to tributary_server using ((id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant select, update (clock_offset_ms), update (clock_target), update (link_host), update (link_host_proven_at), update (mail_look), update (name) on tenants to tributary_server;
comment on table tenants is 'The operator, and white-label sub-operators under it. Every other row belongs to one of them.';
comment on column tenants.name is 'The name that people know it by: its brand''s, or its programme''s while it has no brand.';
comment on column tenants.host is 'The host name that it answers on; the operator answers on every host that is nobody else''s.';
comment on column tenants.mode is '`test` is the twin of a live tenant, with a clock of its own.';
comment on column tenants.clock_offset_ms is 'How far the clock of a test tenant is moved.';
comment on column tenants.mail_look is 'Colours and mark of its mails, of the branding that is shown; null for the plain look.';
comment on column tenants.limits is 'What its parent allows it: shapes in server/src/tenants/tenant-limits.ts. Empty where nothing is limited.';
comment on column tenants.status_reason is 'Why it is suspended or removed, for those who are refused.';
comment on column tenants.link_host is 'The domain of its own that links and mails are made with; null while it has none.';
comment on column tenants.live_id is 'Whose twin a test tenant is; null of a live one.';
comment on column tenants.clock_target is 'Where the clock of a twin is being moved to; null while it is not.';
comment on column tenants.refreshed_at is 'When a twin was last given its live tenant''s settings; the machine''s time.';
comment on column tenants.link_host_proven_at is 'When DNS last said that its `link_host` is its own; null where it gave no answer since.';

create table test_mails (
  tenant_id uuid not null,
  id uuid not null,
  recipient text not null,
  subject text not null,
  body text not null,
  html text not null,
  attachments text[] not null default '{}'::text[],
  sent_at timestamp with time zone not null,
  constraint test_mails_pkey PRIMARY KEY (tenant_id, id),
  constraint test_mails_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);
CREATE INDEX test_mails_sent_index ON test_mails USING btree (tenant_id, sent_at, id);
alter table test_mails enable row level security;
create policy tenant_isolation on test_mails as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on test_mails to tributary_server;
comment on table test_mails is 'Mails of twins, instead of sending them. Forgotten after 30 days of the twin''s clock.';
comment on column test_mails.recipient is 'To whom it would have gone.';
comment on column test_mails.attachments is 'Names of the files that it would have carried.';
comment on column test_mails.sent_at is 'When it would have gone, by the twin''s clock.';

create table totp_factors (
  tenant_id uuid not null,
  user_id uuid not null,
  secret_sealed bytea not null,
  last_step bigint not null default 0,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  constraint totp_factors_pkey PRIMARY KEY (tenant_id, user_id),
  constraint totp_factors_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id)
);
alter table totp_factors enable row level security;
create policy tenant_isolation on totp_factors as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on totp_factors to tributary_server;
comment on table totp_factors is 'An authenticator app (RFC 6238), one for a person; it counts once a code has confirmed it.';
comment on column totp_factors.secret_sealed is 'Sealed with AES-256-GCM and bound to its row: codes are worked out from it.';
comment on column totp_factors.last_step is 'The latest time step of which a code was taken: no code is taken twice.';

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
  method_id uuid not null,
  tax_withheld bigint not null,
  constraint transfer_attempts_pkey PRIMARY KEY (tenant_id, payout_id, attempt),
  constraint transfer_attempts_method_fkey FOREIGN KEY (tenant_id, method_id) REFERENCES payout_methods(tenant_id, id),
  constraint transfer_attempts_tenant_id_payout_id_fkey FOREIGN KEY (tenant_id, payout_id) REFERENCES partner_payouts(tenant_id, id),
  constraint transfer_attempts_status_check CHECK ((status = ANY (ARRAY['created'::text, 'sending'::text, 'unknown'::text, 'succeeded'::text, 'failed'::text, 'returned'::text]))),
  constraint transfer_attempts_tax_check CHECK ((tax_withheld >= 0))
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
comment on column transfer_attempts.method_id is 'The method that its request pays to.';
comment on column transfer_attempts.tax_withheld is 'What its request keeps back for the tax authority: where it has paid, this is booked, whatever was decided later.';

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
  erased_at timestamp with time zone,
  language text,
  constraint users_pkey PRIMARY KEY (tenant_id, id),
  constraint users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint users_customer_cannot_sign_in_check CHECK (((role <> 'customer'::text) OR (password_hash IS NULL))),
  constraint users_customer_has_external_id_check CHECK (((role <> 'customer'::text) OR (external_id IS NOT NULL))),
  constraint users_email_lower_check CHECK ((email = lower(email))),
  constraint users_language_check CHECK ((language ~ '^[a-z]{2,3}$'::text)) NOT VALID,
  constraint users_person_has_email_check CHECK (((role = 'customer'::text) OR (email IS NOT NULL))),
  constraint users_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'finance'::text, 'support'::text, 'partner'::text, 'customer'::text]))),
  constraint users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text])))
);
CREATE INDEX users_customer_domain_index ON users USING btree (tenant_id, reverse(split_part(email, '@'::text, 2)) text_pattern_ops) WHERE ((role = 'customer'::text) AND (email IS NOT NULL));
CREATE INDEX users_customer_email_index ON users USING btree (tenant_id, email) WHERE (role = 'customer'::text);
CREATE UNIQUE INDEX users_email_unique ON users USING btree (tenant_id, email) WHERE (role <> 'customer'::text);
CREATE UNIQUE INDEX users_external_id_unique ON users USING btree (tenant_id, external_id);
alter table users enable row level security;
create policy tenant_isolation on users as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant insert, select, update on users to tributary_server;
comment on table users is 'People who sign in (team and partners), and the operator''s customers, who have an external id and cannot.';
comment on column users.external_id is 'The operator''s own name for a customer.';
comment on column users.password_hash is 'argon2id; null for customers and until a link has set one.';
comment on column users.erased_at is 'When a pseudonym took the place of who they are; an erased customer takes no e-mail again.';
comment on column users.language is 'In which they are written to (ISO 639); null while nobody knows.';

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
  signature text,
  response_headers text,
  constraint webhook_attempts_pkey PRIMARY KEY (tenant_id, delivery_id, attempt)
);
CREATE INDEX webhook_attempts_started_index ON webhook_attempts USING btree (tenant_id, started_at);
alter table webhook_attempts enable row level security;
create policy tenant_isolation on webhook_attempts as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select on webhook_attempts to tributary_server;
comment on table webhook_attempts is 'The log of requests to endpoints, for a time. The body that was sent is the event''s.';
comment on column webhook_attempts.response_body is 'Its beginning.';
comment on column webhook_attempts.signature is '`webhook-signature` as it was sent: a secret that was replaced is forgotten, and with it what it signed could not be made again. Null where nothing was signed.';
comment on column webhook_attempts.response_headers is 'The answer''s, a line each, so many of them; what may open something is not in it. Null where none came.';

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
CREATE INDEX webhook_deliveries_order_index ON webhook_deliveries USING btree (endpoint_id, object_id, sequence) WHERE (status = 'waiting'::text);
alter table webhook_deliveries enable row level security;
create policy tenant_isolation on webhook_deliveries as permissive for all to tributary_server using ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id))) with check ((tenant_id = ( SELECT current_tenant_id() AS current_tenant_id)));
grant delete, insert, select, update on webhook_deliveries to tributary_server;
comment on table webhook_deliveries is 'One event on its way to one endpoint. Of one object a later one waits until the earlier is delivered or dead.';
comment on column webhook_deliveries.attempts is 'Requests that were made: the number of its newest row in the log. tries are those since it was made or replayed, and decide when it is dead; a worker that died before it wrote down what came of a request has used up none.';
comment on column webhook_deliveries.next_attempt_at is 'Not before then; null when it is settled.';

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

CREATE OR REPLACE FUNCTION caller_states(tenant_ids uuid[], ids uuid[])
 RETURNS TABLE(id uuid, state text, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select s.id, concat_ws(' ', u.role, f.partner_id, f.team_role, f.partner_tier, p.status), least(s.expires_at, f.factor_due_at)
      from unnest(tenant_ids, ids) as c (tenant_id, id)
      join tenants t on t.id = c.tenant_id and t.status = 'active'
      join sessions s on (s.tenant_id, s.id) = (c.tenant_id, c.id)
     cross join lateral find_session(s.tenant_id, s.id) f
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners p on (p.tenant_id, p.id) = (s.tenant_id, f.partner_id)
     where s.revoked_at is null
       and u.status = 'active'
    union all
    select k.id, concat_ws(' ', p.tier, p.status), k.expires_at
      from unnest(tenant_ids, ids) as c (tenant_id, id)
      join tenants t on t.id = c.tenant_id and t.status = 'active'
      join partner_api_keys k on (k.tenant_id, k.id) = (c.tenant_id, c.id)
      left join partners p on (p.tenant_id, p.id) = (k.tenant_id, k.partner_id)
     where k.status = 'active'
       and p.status is distinct from 'terminated'
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function caller_states(tenant_ids uuid[], ids uuid[]) is 'Whether whoever listens to live events may still: sessions that were ended, keys that were revoked and all of a tenant that is not active are left out, a state that differs says that what they may do has changed, and it ends with the session or when a second factor is due that somebody lacks.';

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

CREATE OR REPLACE FUNCTION copy_to_twin(at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
declare
  live uuid := current_tenant_id();
  twin uuid;
  one text;
  columns text;
begin
  select t.id into twin from tenants t where t.live_id = live and t.status <> 'removed' for no key update;
  if twin is null then return false; end if;
  update tenants t
     set name = l.name || ' (test)', limits = l.limits, mail_look = l.mail_look, link_host = coalesce(l.link_host, l.host), refreshed_at = at
    from tenants l
   where l.id = live and t.id = twin;

  foreach one in array array['dispute_settings', 'feature_flags', 'lead_settings', 'payout_settings', 'spend_limits'] loop
    select string_agg(quote_ident(a.attname), ', ') into columns
      from pg_attribute a
     where a.attrelid = one::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'tenant_id';
    execute format('delete from %I where tenant_id = $1', one) using twin;
    execute format('insert into %I (tenant_id, %s) select $1, %s from %I where tenant_id = $2', one, columns, columns, one) using twin, live;
  end loop;

  -- No two people sign in to a twin to approve what is above a limit; and a schedule that goes on there goes on from its own date.
  insert into payout_currency_settings as kept (
         tenant_id, currency, fee_borne_by, fee_fixed, fee_ppm, every, day, minimum, anchor_on, next_due_on, updated_at)
  select twin, s.currency, s.fee_borne_by, s.fee_fixed, s.fee_ppm, s.every, s.day, s.minimum, s.anchor_on, s.next_due_on, s.updated_at
    from payout_currency_settings s
   where s.tenant_id = live
      on conflict (tenant_id, currency) do update
     set fee_borne_by = excluded.fee_borne_by, fee_fixed = excluded.fee_fixed, fee_ppm = excluded.fee_ppm, every = excluded.every, day = excluded.day,
         minimum = excluded.minimum, anchor_on = excluded.anchor_on, updated_at = excluded.updated_at,
         next_due_on = case when excluded.next_due_on is null then null else greatest(kept.next_due_on, excluded.next_due_on) end;

  -- Of what is kept in versions, the newest, where the twin's newest says something else.
  insert into files (tenant_id, id, name, media_type, size, content, created_at)
  select twin, f.id, f.name, f.media_type, f.size, f.content, f.created_at
    from (select * from brandings where tenant_id = live order by version desc limit 1) b
    join files f on f.tenant_id = live and f.id in (b.logo_id, b.logo_dark_id, b.favicon_id)
      on conflict do nothing;
  insert into brandings (tenant_id, version, settings, logo_id, logo_dark_id, favicon_id, created_at)
  select twin, coalesce(kept.version, 0) + 1, b.settings, b.logo_id, b.logo_dark_id, b.favicon_id, at
    from (select * from brandings where tenant_id = live order by version desc limit 1) b
    left join (select * from brandings where tenant_id = twin order by version desc limit 1) kept on true
   where row (kept.settings, kept.logo_id, kept.logo_dark_id, kept.favicon_id)
         is distinct from row (b.settings, b.logo_id, b.logo_dark_id, b.favicon_id);
  insert into fraud_rule_sets (tenant_id, version, rules, reason, made_by, made_at)
  select twin, coalesce(kept.version, 0) + 1, r.rules, 'As the live programme has them', 'twins.copy', at
    from (select * from fraud_rule_sets where tenant_id = live order by version desc limit 1) r
    left join (select * from fraud_rule_sets where tenant_id = twin order by version desc limit 1) kept on true
   where kept.rules is distinct from r.rules;
  insert into notice_templates (tenant_id, name, version, subject, text, created_at)
  select twin, n.name, coalesce(kept.version, 0) + 1, n.subject, n.text, at
    from (select distinct on (name) * from notice_templates where tenant_id = live order by name, version desc) n
    left join (select distinct on (name) * from notice_templates where tenant_id = twin order by name, version desc) kept on kept.name = n.name
   where row (kept.subject, kept.text) is distinct from row (n.subject, n.text);
  return true;
end $function$;
-- May be executed by: its owner, tributary_server.
comment on function copy_to_twin(at timestamp with time zone) is 'Gives the twin of the running transaction''s tenant that one''s settings; false where it has none. Its programme and plan are its own verbs'' work.';

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

CREATE OR REPLACE FUNCTION create_sub_operator(new_id uuid, new_name text, new_host text, new_limits jsonb, at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  if not exists (select from tenants where id = current_tenant_id() and parent_id is null) then return 'nested'; end if;
  insert into tenants (id, parent_id, name, host, mode, clock_offset_ms, limits, created_at)
  select new_id, p.id, new_name, new_host, p.mode, p.clock_offset_ms, new_limits, at from tenants p where p.id = current_tenant_id()
      on conflict (host) do nothing;
  return case when found then 'made' else 'host_taken' end;
end $function$;
-- May be executed by: its owner, tributary_server.
comment on function create_sub_operator(new_id uuid, new_name text, new_host text, new_limits jsonb, at timestamp with time zone) is 'Makes a tenant under the running transaction''s: `made`, `host_taken`, or `nested` where that one is itself under another.';

CREATE OR REPLACE FUNCTION create_twin(new_id uuid, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with made as (
      insert into tenants (id, live_id, name, mode, limits, created_at)
      select new_id, l.id, l.name, 'test', l.limits, at
        from tenants l
       where l.id = current_tenant_id() and l.mode = 'live' and l.status <> 'removed'
          on conflict (live_id) where status <> 'removed' do nothing
      returning 1
    )
    select exists (select from made)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function create_twin(new_id uuid, at timestamp with time zone) is 'Makes the twin of the running transaction''s tenant; false where it has one, or is none that may.';

CREATE OR REPLACE FUNCTION current_tenant_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$ select nullif(current_setting('tenant_id', true), '')::uuid $function$;
-- May be executed by: its owner, public.
comment on function current_tenant_id() is 'The tenant of the running transaction; null where none was set, and then no row of any table is visible.';

CREATE OR REPLACE FUNCTION domain_holder(requested_domain text)
 RETURNS TABLE(tenant_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select o.id from tenants o where o.host = lower(requested_domain)
     union all
    select d.tenant_id from custom_domains d where d.domain = lower(requested_domain) and d.state in ('active', 'failing') and not d.is_released
     limit 1
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function domain_holder(requested_domain text) is 'Whose a domain is that somebody is served on, of all tenants: nobody else may have it.';

CREATE OR REPLACE FUNCTION due_webhook_deliveries(at timestamp with time zone, lease uuid, tenant_ids uuid[], endpoint_ids uuid[], rooms integer[], held uuid[], most integer)
 RETURNS TABLE(endpoint_id uuid, id uuid, event_id uuid, tries integer, body text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select ready.endpoint_id, ready.id, ready.event_id, ready.tries, e.body
      from (
        select first.*
          from unnest(tenant_ids, endpoint_ids, rooms) as lane (tenant_id, id, room)
          join partner_webhooks w on (w.tenant_id, w.id) = (lane.tenant_id, lane.id) and w.leased_by = lease and w.status = 'active' and w.deleted_at is null
         cross join lateral (
               select d.tenant_id, d.endpoint_id, d.id, d.event_id, d.tries + 1 as tries
                 from webhook_deliveries d
                where (d.tenant_id, d.endpoint_id) = (lane.tenant_id, lane.id)
                  and d.status = 'waiting'
                  and d.next_attempt_at <= at
                  and d.id not in (select unnest(held))
                  and d.id = (
                        select earliest.id
                          from webhook_deliveries earliest
                         where earliest.endpoint_id = d.endpoint_id
                           and earliest.object_id = d.object_id
                           and earliest.tenant_id is not distinct from d.tenant_id
                           and earliest.status = 'waiting'
                         order by earliest.sequence
                         limit 1)
                order by d.next_attempt_at, d.sequence
                limit lane.room) first
         limit most) ready
      join webhook_events e on (e.tenant_id, e.id) = (ready.tenant_id, ready.event_id)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function due_webhook_deliveries(at timestamp with time zone, lease uuid, tenant_ids uuid[], endpoint_ids uuid[], rooms integer[], held uuid[], most integer) is 'What is due for the endpoints that a worker was lent, and is not at work there: of each so much as it has room for, and of one object the earliest alone.';

CREATE OR REPLACE FUNCTION find_api_key(public_id text)
 RETURNS TABLE(tenant_id uuid, id uuid, partner_id uuid, partner_tier text, partner_status text, api_secret_hash text, permissions jsonb, ip_allow_list jsonb, expires_at timestamp with time zone, status text, last_used_at timestamp with time zone, tenant_status text, clock_offset_ms bigint, live_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select k.tenant_id, k.id, k.partner_id, coalesce(real.tier, p.tier), case when real.status = 'active' then p.status else coalesce(real.status, p.status) end,
           k.api_secret_hash, k.permissions, k.ip_allow_list, k.expires_at, k.status, k.last_used_at, t.status, t.clock_offset_ms, t.live_id
      from partner_api_keys k
      join tenants t on t.id = k.tenant_id
      left join partners p on (p.tenant_id, p.id) = (k.tenant_id, k.partner_id)
      left join partners real on real.tenant_id = t.live_id and real.id::text = p.external_id
     where k.api_key = public_id
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function find_api_key(public_id text) is 'A key names its tenant: it is looked up by its public id, before any tenant is known. In a twin its partner has the tier of the live one, and stands as that does where it is not active.';

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
 RETURNS TABLE(user_id uuid, role text, user_status text, expires_at timestamp with time zone, revoked_at timestamp with time zone, partner_id uuid, partner_tier text, team_role text, proven_at timestamp with time zone, factor_due_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select u.id, u.role, u.status, s.expires_at, s.revoked_at, coalesce(o.id, m.partner_id), coalesce(o.tier, p.tier),
           case when o.id is not null then 'owner' else m.role end, s.proven_at,
           case when i.required_roles ? u.role
                 and not exists (select from totp_factors t where (t.tenant_id, t.user_id) = (u.tenant_id, u.id) and t.confirmed_at is not null)
                 and not exists (select from passkeys k where (k.tenant_id, k.user_id) = (u.tenant_id, u.id))
                then greatest(i.required_since, u.created_at) + make_interval(days => i.grace_days) end
      from sessions s
      join users u on (u.tenant_id, u.id) = (s.tenant_id, s.user_id)
      left join partners o on (o.tenant_id, o.user_id) = (u.tenant_id, u.id)
      left join partner_members m on (m.tenant_id, m.user_id) = (u.tenant_id, u.id)
      left join partners p on (p.tenant_id, p.id) = (m.tenant_id, m.partner_id)
      left join sign_in_settings i on i.tenant_id = s.tenant_id
     where (s.tenant_id, s.id) = (requested_tenant_id, requested_id)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function find_session(requested_tenant_id uuid, requested_id uuid) is 'One read for each request of a person: a revoked session, a disabled user, a changed role and a factor that is due count at once.';

CREATE OR REPLACE FUNCTION find_twin(asked_live_id uuid)
 RETURNS TABLE(id uuid, name text, clock_offset_ms bigint, clock_target timestamp with time zone, created_at timestamp with time zone, refreshed_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select t.id, t.name, t.clock_offset_ms, t.clock_target, t.created_at, t.refreshed_at
      from tenants t
      join tenants l on l.id = t.live_id and l.status <> 'removed'
     where t.live_id = asked_live_id
       and t.status <> 'removed'
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function find_twin(asked_live_id uuid) is 'The twin of a live tenant, where it has one.';

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

CREATE OR REPLACE FUNCTION insert_clicks(tenant_ids uuid[], ids uuid[], link_ids uuid[], partner_ids uuid[], clicked_ats timestamp with time zone[], visitor_ids uuid[], device_ids text[], are_repeats boolean[], ips inet[], user_agents text[], referrers text[], campaigns text[], sub_ids jsonb[], paid_bys text[], consents text[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    insert into clicks (tenant_id, id, link_id, partner_id, clicked_at, visitor_id, device_id, is_repeat, ip, user_agent, referrer, campaign, sub_ids,
                        paid_by, consent)
    select *
      from unnest(tenant_ids, ids, link_ids, partner_ids, clicked_ats, visitor_ids, device_ids, are_repeats, ips, user_agents, referrers, campaigns,
                  sub_ids, paid_bys, consents)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function insert_clicks(tenant_ids uuid[], ids uuid[], link_ids uuid[], partner_ids uuid[], clicked_ats timestamp with time zone[], visitor_ids uuid[], device_ids text[], are_repeats boolean[], ips inet[], user_agents text[], referrers text[], campaigns text[], sub_ids jsonb[], paid_bys text[], consents text[]) is 'Clicks of many tenants are committed together: one statement and one flush for whatever arrived meanwhile.';

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
      join tenants t on t.id = r.tenant_id and t.status = 'active' and t.mode = 'live'
     group by r.name
     order by r.name
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function job_run_figures() is 'Figures of each job over all live tenants, for metrics: the oldest of their last successes, the longest of their last runs, all failures. No tenant is told apart.';

CREATE OR REPLACE FUNCTION lease_webhook_endpoints(at timestamp with time zone, lease_ends timestamp with time zone, lease uuid, most integer)
 RETURNS TABLE(tenant_id uuid, id uuid, partner_id uuid, url text, failure_count integer, secret_encrypted bytea, retired_secrets_encrypted bytea[], retired_secrets_until timestamp with time zone[])
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with recursive waiting as (
      -- From endpoint to endpoint, and of each what is due first.
      (select d.tenant_id, d.endpoint_id, d.next_attempt_at
         from webhook_deliveries d
        where d.status = 'waiting'
        order by d.tenant_id, d.endpoint_id, d.next_attempt_at
        limit 1)
      union all
      select next.*
        from waiting w
       cross join lateral (
             select d.tenant_id, d.endpoint_id, d.next_attempt_at
               from webhook_deliveries d
              where d.status = 'waiting' and (d.tenant_id, d.endpoint_id) > (w.tenant_id, w.endpoint_id)
              order by d.tenant_id, d.endpoint_id, d.next_attempt_at
              limit 1) next
    ), longest as materialized (
      -- Where they are too many, those that have waited longest: nobody who always has something keeps the others out.
      select w.tenant_id, w.id
        from waiting d
        join partner_webhooks w on (w.tenant_id, w.id) = (d.tenant_id, d.endpoint_id)
       where d.next_attempt_at <= at
         and w.status = 'active'
         and w.deleted_at is null
         and (w.throttled_until is null or w.throttled_until <= at)
         and (w.leased_by = lease or w.leased_until is null or w.leased_until <= at)
       order by w.last_triggered_at nulls first
       limit most
    ), free as materialized (
      select w.tenant_id, w.id
        from partner_webhooks w
       where (w.tenant_id, w.id) in (select l.tenant_id, l.id from longest l)
         and w.status = 'active'
         and w.deleted_at is null
         and (w.leased_by = lease or w.leased_until is null or w.leased_until <= at)
       order by w.tenant_id, w.id
         for no key update of w
    )
    update partner_webhooks w
       set leased_by = lease, leased_until = lease_ends
      from free
     where (w.tenant_id, w.id) = (free.tenant_id, free.id)
    returning w.tenant_id, w.id, w.partner_id, w.url, w.failure_count, w.secret_encrypted, w.retired_secrets_encrypted, w.retired_secrets_until
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function lease_webhook_endpoints(at timestamp with time zone, lease_ends timestamp with time zone, lease uuid, most integer) is 'Lends a worker the endpoints, of every tenant, that something is due for, and that are nobody else''s; those that it has are its own for longer. Secrets are sealed.';

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

CREATE OR REPLACE FUNCTION ledger_lock_accounts(partner_ids uuid[], currencies text[], kinds text[])
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
      and a.kind = any (kinds)
    order by a.partner_id, a.currency, a.kind
      for update of a;
  get diagnostics locked = row_count;
  return locked;
end $function$;
-- May be executed by: its owner, tributary_server.
comment on function ledger_lock_accounts(partner_ids uuid[], currencies text[], kinds text[]) is 'Locks the accounts of partners in currencies, pairwise, of these kinds, in key order, and says how many there are. Runs as the owner, since a row lock needs a right to update; it sees the caller''s tenant alone.';

CREATE OR REPLACE FUNCTION list_tenants()
 RETURNS TABLE(id uuid, mode text, status text, clock_offset_ms bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select t.id, t.mode, case when l.status = 'removed' then l.status else t.status end, t.clock_offset_ms
      from tenants t
      left join tenants l on l.id = t.live_id
     order by t.id
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function list_tenants() is 'Ids alone, for jobs that wake the same work in every tenant. A twin is removed with its live tenant.';

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

CREATE OR REPLACE FUNCTION record_idle_runs(job text, tenant_ids uuid[], at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    insert into job_runs as r (tenant_id, name, run_id, started_at, progress, finished_at, duration_ms, succeeded_at)
    select t.id, job, gen_random_uuid(), at, 0, at, 0, at
      from unnest(tenant_ids) as asked (id)
      join tenants t on t.id = asked.id
     order by t.id
    on conflict (tenant_id, name) do update
       set run_id = excluded.run_id, started_at = excluded.started_at, progress = 0, finished_at = excluded.finished_at, duration_ms = 0,
           succeeded_at = case when r.succeeded_at > excluded.succeeded_at + interval '1 day' then excluded.succeeded_at
                               else greatest(r.succeeded_at, excluded.succeeded_at) end,
           error = null
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function record_idle_runs(job text, tenant_ids uuid[], at timestamp with time zone) is 'Writes down that a job has looked in these tenants and found nothing to do.';

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

CREATE OR REPLACE FUNCTION refuse_change_of_published_text()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.status = 'published' then
    raise exception 'a published text is not changed: partners have accepted it' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;
-- May be executed by: its owner, public.
comment on function refuse_change_of_published_text() is 'A text that was published stays as it was accepted; drafts may be changed.';

CREATE OR REPLACE FUNCTION refuse_clock_back()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  raise exception 'the clock of a test tenant is moved forward alone' using errcode = 'check_violation', constraint = 'tenants_clock_forward';
end $function$;
-- May be executed by: its owner, public.
comment on function refuse_clock_back() is 'A clock that has been moved forward stays there, or goes on.';

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

CREATE OR REPLACE FUNCTION refuse_issuer_of_other_mode()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  if (new.base_url = 'https://issuer.test') <> (select t.mode = 'test' from tenants t where t.id = new.tenant_id) then
    raise exception 'cards of a twin are the test issuer''s, and no others' using errcode = 'check_violation', constraint = 'card_programs_mode';
  end if;
  return new;
end $function$;
-- May be executed by: its owner, public.
comment on function refuse_issuer_of_other_mode() is 'A twin has its cards of the test issuer alone, and nobody else of it.';

CREATE OR REPLACE FUNCTION refuse_method_of_other_mode()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  if (new.kind = 'test') <> (select t.mode = 'test' from tenants t where t.id = new.tenant_id) then
    raise exception 'a twin is paid by the test provider, and nobody else is' using errcode = 'check_violation', constraint = 'payout_methods_mode';
  end if;
  return new;
end $function$;
-- May be executed by: its owner, public.
comment on function refuse_method_of_other_mode() is 'A twin is paid by the test provider alone, and nobody else by it.';

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

CREATE OR REPLACE FUNCTION release_webhook_endpoints(lease uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    update partner_webhooks set leased_by = null, leased_until = null where leased_by = lease
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function release_webhook_endpoints(lease uuid) is 'A worker that stops gives back what it was lent, so that others need not wait for the end of it.';

CREATE OR REPLACE FUNCTION remove_twin()
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with removed as (
      update tenants set status = 'removed', status_reason = 'The test twin was removed', clock_target = null
       where live_id = current_tenant_id() and status <> 'removed'
      returning 1
    )
    select exists (select from removed)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function remove_twin() is 'Ends the twin of the running transaction''s tenant; false where it has none.';

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

CREATE OR REPLACE FUNCTION set_sub_operator(child_id uuid, new_status text, new_reason text, new_limits jsonb)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with changed as (
      update tenants set status = new_status, status_reason = new_reason, limits = new_limits
       where id = child_id and parent_id = current_tenant_id()
      returning 1
    ), released as (
      update custom_domains set is_released = true, next_check_at = null
       where tenant_id = child_id and new_status = 'removed' and exists (select from changed)
    )
    select exists (select from changed)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function set_sub_operator(child_id uuid, new_status text, new_reason text, new_limits jsonb) is 'Sets how a tenant under the running transaction''s stands; false where there is none.';

CREATE OR REPLACE FUNCTION settle_outbox_events(positions bigint[], dispatched timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    update outbox_events set dispatched_at = dispatched where position = any (positions) and dispatched_at is null and given_up_at is null
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function settle_outbox_events(positions bigint[], dispatched timestamp with time zone) is 'Marks events of any tenant as dispatched.';

CREATE OR REPLACE FUNCTION settle_webhook_attempts(settled timestamp with time zone, lease uuid, tenant_ids uuid[], endpoint_ids uuid[], urls text[], places integer[], ids uuid[], tries_made integer[], started timestamp with time zone[], durations integer[], signatures text[], status_codes integer[], errors text[], response_headers text[], response_bodies text[], outcomes text[], next_attempts timestamp with time zone[], throttles timestamp with time zone[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
    with answers as materialized (
      select e.tenant_id, e.endpoint_id, e.url, a.*
        from unnest(places, ids, tries_made, started, durations, signatures, status_codes, errors, response_headers, response_bodies, outcomes, next_attempts, throttles)
          as a (place, id, tries, started_at, duration_ms, signature, status_code, error, response_headers, response_body, outcome, next_attempt_at, throttled_until)
        join unnest(tenant_ids, endpoint_ids, urls) with ordinality as e (tenant_id, endpoint_id, url, place) on e.place = a.place
    ), moved as (
      update webhook_deliveries d
         set status = a.outcome, attempts = d.attempts + 1, tries = a.tries, next_attempt_at = a.next_attempt_at, last_status_code = a.status_code, last_error = a.error,
             settled_at = case when a.outcome = 'waiting' then null else settled end
        from answers a
        join partner_webhooks w on (w.tenant_id, w.id) = (a.tenant_id, a.endpoint_id) and w.leased_by = lease
       where (d.tenant_id, d.id) = (a.tenant_id, a.id)
         -- Asked so that no index but the key is looked at.
         and d.endpoint_id is not distinct from a.endpoint_id
         and d.settled_at is null
         and d.tries = a.tries - 1
      returning d.object_id, d.sequence, d.attempts, a.*
    ), late as (
      -- What is no longer this worker's to decide: it is logged, once, and changes nothing else. Rare, and not looked for where all were moved.
      update webhook_deliveries d
         set attempts = d.attempts + 1
        from answers a
       where (select count(*) from moved) < cardinality(ids)
         and (d.tenant_id, d.id) = (a.tenant_id, a.id)
         and d.endpoint_id is not distinct from a.endpoint_id
         and not exists (select from moved m where (m.tenant_id, m.id) = (a.tenant_id, a.id))
         and not exists (select from webhook_attempts l where (l.tenant_id, l.delivery_id) = (a.tenant_id, a.id) and l.started_at = a.started_at)
      returning d.attempts, a.*
    ), logged as (
      insert into webhook_attempts (tenant_id, delivery_id, attempt, url, started_at, duration_ms, signature, status_code, error, response_headers, response_body)
      select tenant_id, id, attempts, url, started_at, duration_ms, signature, status_code, error, response_headers, response_body from moved
       union all
      select tenant_id, id, attempts, url, started_at, duration_ms, signature, status_code, error, response_headers, response_body from late
    ), followers as (
      -- What waits for one that failed is not looked at before that is due again. Laterally, so that what waits is never read whole.
      update webhook_deliveries n
         set next_attempt_at = m.next_attempt_at
        from moved m
       cross join lateral (
             select f.id
               from webhook_deliveries f
              where (f.endpoint_id, f.object_id) = (m.endpoint_id, m.object_id)
                and f.tenant_id is not distinct from m.tenant_id
                and f.status = 'waiting'
                and f.sequence > m.sequence
                and f.tries = 0
                and f.next_attempt_at < m.next_attempt_at
             offset 0) follower
       where m.outcome = 'waiting'
         and (n.tenant_id, n.id) = (m.tenant_id, follower.id)
         and n.id <> all (ids)
    ), next as (
      -- One that is settled after it had failed makes the next of its object due.
      update webhook_deliveries n
         set next_attempt_at = settled
        from moved m
       cross join lateral (
             select f.id
               from webhook_deliveries f
              where (f.endpoint_id, f.object_id) = (m.endpoint_id, m.object_id)
                and f.tenant_id is not distinct from m.tenant_id
                and f.status = 'waiting'
                and f.sequence > m.sequence
              order by f.sequence
              limit 1) follower
       where m.outcome <> 'waiting'
         and m.attempts > 1
         and (n.tenant_id, n.id) = (m.tenant_id, follower.id)
         and n.tries = 0
         and n.next_attempt_at > settled
         and n.id <> all (ids)
    ), health as materialized (
      select m.tenant_id, m.endpoint_id, count(*) filter (where m.outcome <> 'delivered') as failures, bool_or(m.outcome = 'delivered') as is_well,
             min(m.started_at) as first_at, max(m.started_at) as last_at, max(m.throttled_until) as throttled_until
        from moved m
       group by m.tenant_id, m.endpoint_id
    ), held as materialized (
      select w.tenant_id, w.id
        from partner_webhooks w
       where (w.tenant_id, w.id) in (select h.tenant_id, h.endpoint_id from health h)
       order by w.tenant_id, w.id
         for no key update of w
    )
    update partner_webhooks w
       set failure_count = case when h.is_well then 0 else w.failure_count + h.failures end,
           failing_since = case when h.is_well then null else coalesce(w.failing_since, h.first_at) end,
           warned_at = case when h.is_well then null else w.warned_at end,
           last_triggered_at = h.last_at,
           last_delivered_at = case when h.is_well then h.last_at else w.last_delivered_at end,
           throttled_until = greatest(w.throttled_until, h.throttled_until)
      from health h
      join held on (held.tenant_id, held.id) = (h.tenant_id, h.endpoint_id)
     where (w.tenant_id, w.id) = (held.tenant_id, held.id)
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function settle_webhook_attempts(settled timestamp with time zone, lease uuid, tenant_ids uuid[], endpoint_ids uuid[], urls text[], places integer[], ids uuid[], tries_made integer[], started timestamp with time zone[], durations integer[], signatures text[], status_codes integer[], errors text[], response_headers text[], response_bodies text[], outcomes text[], next_attempts timestamp with time zone[], throttles timestamp with time zone[]) is 'Writes down what became of attempts, of any tenant, in one statement: the log, the deliveries, and how the endpoints fare. Endpoints are named once; places says which of them each attempt was made for.';

CREATE OR REPLACE FUNCTION sub_operator_card_products(child_id uuid)
 RETURNS TABLE(id uuid, asked_at timestamp with time zone, told text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with child as (
      select c.id from tenants c where c.id = child_id and c.parent_id = current_tenant_id()
    ), untold as (
      select right(e.data ->> 'reference', 36) as product, e.given_up_at is not null as is_given_up
        from outbox_events e
       where e.tenant_id = (select c.id from child c)
         and e.type = 'sub_operator.card_product_made'
         and e.dispatched_at is null
    )
    select p.id, p.created_at, case when u.product is null then 'yes' when u.is_given_up then 'given_up' else 'not_yet' end
      from card_products p
      left join untold u on u.product = p.id::text
     where p.tenant_id = (select c.id from child c)
       and p.status in ('active', 'closed')
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function sub_operator_card_products(child_id uuid) is 'Card products that were made in a tenant under the running transaction''s, when they were asked for, and whether its parent was told of them. Not whose they are.';

CREATE OR REPLACE FUNCTION sub_operator_debts(child_id uuid)
 RETURNS TABLE(currency text, amount bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with child as (
      select c.id from tenants c where c.id = child_id and c.parent_id = current_tenant_id()
    ), owed as (
      select a.currency, a.balance as amount
        from ledger_accounts a
       where a.tenant_id = (select c.id from child c)
         and a.kind in ('pending', 'available', 'disputed', 'payout_in_transit')
       union all
      select p.currency, p.amount - p.fee - p.tax_withheld
        from partner_payouts p
       where p.tenant_id = (select c.id from child c)
         and p.payment_method = 'bank_file' and p.status = 'completed' and p.exported_at is null
    )
    select o.currency, sum(o.amount)::bigint
      from owed o
     group by o.currency
    having sum(o.amount) <> 0
     order by o.currency
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function sub_operator_debts(child_id uuid) is 'What a tenant under the running transaction''s owes its partners, by currency: in its books, and by hand, which no bank file has had yet.';

CREATE OR REPLACE FUNCTION sub_operator_partners()
 RETURNS TABLE(child_id uuid, partners bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select t.id, count(*)
      from tenants t
      join partners p on p.tenant_id = t.id and p.status in ('active', 'suspended')
     where t.parent_id = current_tenant_id()
     group by t.id
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function sub_operator_partners() is 'How many partners count against the limit of each tenant under the running transaction''s.';

CREATE OR REPLACE FUNCTION sub_operator_roots(child_id uuid, after_id uuid, batch_size integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select t.id
      from transactions t
     where t.tenant_id = (select c.id from tenants c where c.id = child_id and c.parent_id = current_tenant_id())
       and t.original_external_id is null
       and (after_id is null or t.id > after_id)
     order by t.id
     limit batch_size
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function sub_operator_roots(child_id uuid, after_id uuid, batch_size integer) is 'Ids of the sales of a tenant under the running transaction''s, in order, for whoever proves its share of them.';

CREATE OR REPLACE FUNCTION sub_operator_sales(child_id uuid, transaction_ids uuid[])
 RETURNS TABLE(root_id uuid, id uuid, kind text, currency text, amount bigint, tax bigint, revenue bigint, occurred_at timestamp with time zone, recorded_at timestamp with time zone, original_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with child as (
      select t.id from tenants t where t.id = child_id and t.parent_id = current_tenant_id()
    ), roots as (
      select distinct coalesce(second.id, first.id, t.id) as id
        from transactions t
        left join transactions first on (first.tenant_id, first.id) = (t.tenant_id, t.original_id)
        left join transactions second on (second.tenant_id, second.id) = (first.tenant_id, first.original_id)
       where t.tenant_id = (select c.id from child c)
         and t.id = any (transaction_ids)
         and (t.original_external_id is null or t.original_id is not null)
    ), family as (
      select r.id as root_id, r.id as id from roots r
       union all
      select r.id, one.id from roots r join transactions one on (one.tenant_id, one.original_id) = ((select c.id from child c), r.id)
       union all
      select r.id, two.id
        from roots r
        join transactions one on (one.tenant_id, one.original_id) = ((select c.id from child c), r.id)
        join transactions two on (two.tenant_id, two.original_id) = (one.tenant_id, one.id)
    )
    select f.root_id, t.id, t.kind, t.currency, t.amount, t.tax, t.revenue, t.occurred_at, t.recorded_at, t.original_id
      from family f
      join transactions t on (t.tenant_id, t.id) = ((select c.id from child c), f.id)
     order by f.root_id, t.original_id is not null, t.recorded_at, t.id
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function sub_operator_sales(child_id uuid, transaction_ids uuid[]) is 'Sales of a tenant under the running transaction''s, each with all that reverses it, whichever of them is named. Not who bought.';

CREATE OR REPLACE FUNCTION sub_operator_untold(child_id uuid)
 RETURNS TABLE(transaction_id uuid, is_given_up boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select told.id::uuid, e.given_up_at is not null
      from outbox_events e
     cross join lateral jsonb_array_elements_text(e.data -> 'transactionIds') as told (id)
     where e.tenant_id = (select c.id from tenants c where c.id = child_id and c.parent_id = current_tenant_id())
       and e.type = 'sub_operator.sold'
       and e.dispatched_at is null
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function sub_operator_untold(child_id uuid) is 'Transactions of a tenant under the running transaction''s that its parent has not been told of yet.';

CREATE OR REPLACE FUNCTION tax_forms_only_forget()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.data_key_sealed is null and to_jsonb(new) - 'data_key_sealed' = to_jsonb(old) - 'data_key_sealed' then
    return new;
  end if;
  raise exception 'tax_forms is append-only: of a form the key alone is forgotten' using errcode = 'restrict_violation';
end $function$;
-- May be executed by: its owner, public.
comment on function tax_forms_only_forget() is 'A form stays as it was signed; the one change is that its key is forgotten, and with it what stood in it.';

CREATE OR REPLACE FUNCTION tell_hosts()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
begin
  perform pg_notify('tributary_hosts', '');
  return null;
end $function$;
-- May be executed by: its owner, public.
comment on function tell_hosts() is 'Has every server ask again which host is whose.';

CREATE OR REPLACE FUNCTION tenant_for_host(requested_host text)
 RETURNS TABLE(id uuid, parent_id uuid, name text, host text, mode text, status text, clock_offset_ms bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select t.id, t.parent_id, t.name, named.host, t.mode, t.status, t.clock_offset_ms
      from (
        select o.id, o.host, 1 as rank from tenants o where o.host = lower(requested_host)
         union all
        select d.tenant_id, d.domain, 2 from custom_domains d where d.domain = lower(requested_host) and d.state in ('active', 'failing') and not d.is_released
         union all
        select d.tenant_id, d.domain, 3 from custom_domains d where d.domain = lower(requested_host) and d.state in ('active', 'failing') and d.is_released
         union all
        select o.id, null, 4 from tenants o where o.parent_id is null and o.mode = 'live'
      ) named
      join tenants t on t.id = named.id
     order by named.rank
     limit 1
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function tenant_for_host(requested_host text) is 'The tenant that answers on a host, and the host where it is its own; the operator itself, without a host, for every one that is nobody else''s.';

CREATE OR REPLACE FUNCTION tenants_to_check_domains(at timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select distinct d.tenant_id
      from custom_domains d
      join tenants t on t.id = d.tenant_id
     where d.next_check_at <= at + t.clock_offset_ms * interval '1 millisecond'
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function tenants_to_check_domains(at timestamp with time zone) is 'Tenants with a domain that is to be checked by now.';

CREATE OR REPLACE FUNCTION tenants_to_roll_up(at timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    with idle as (
      -- One that is being rolled up is left to who does it.
      select p.tenant_id, at + t.clock_offset_ms * interval '1 millisecond' as until
        from analytics_progress p
        join tenants t on t.id = p.tenant_id
        join programs g on g.tenant_id = p.tenant_id and (g.time_zone, g.currency) = (p.time_zone, p.currency)
       where p.rolled_up_to is not null
         and not exists (select from analytics_touched m where m.tenant_id = p.tenant_id)
       order by p.tenant_id
         for update of p skip locked
    ), moved as (
      update analytics_progress p
         set rolled_up_to = greatest(p.rolled_up_to, i.until)
        from idle i
       where p.tenant_id = i.tenant_id
      returning p.tenant_id
    )
    select t.id
      from tenants t
     where not exists (select from moved m where m.tenant_id = t.id)
       and (exists (select from analytics_progress p where p.tenant_id = t.id)
            or exists (select from analytics_touched m where m.tenant_id = t.id))
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function tenants_to_roll_up(at timestamp with time zone) is 'Tenants in which something waits to be rolled up. In the others the figures are right up to this instant, and say so from now on.';

CREATE OR REPLACE FUNCTION tenants_to_seal(lookback bigint)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'tributary', 'pg_temp'
AS $function$
    select t.id
      from tenants t
      left join lateral (
             select h.position
               from audit_chain c
               join audit_log h on (h.tenant_id, h.id) = (c.tenant_id, c.audit_id)
              where c.tenant_id = t.id
              order by c.sequence desc
              limit 1
           ) head on true
     where exists (
             select from audit_log l
              where l.tenant_id = t.id
                and l.position > coalesce(head.position, 0) - lookback
                and not exists (select from audit_chain c where (c.tenant_id, c.audit_id) = (l.tenant_id, l.id)))
  $function$;
-- May be executed by: its owner, tributary_server.
comment on function tenants_to_seal(lookback bigint) is 'Tenants with acts that no link of their chain holds, looking back so many positions from its end.';

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
