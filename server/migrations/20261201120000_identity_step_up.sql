-- Why: whoever has a second factor shows it again, not the password alone, before it is taken away.

-- Up Migration
set local lock_timeout = '5s';

alter table factor_challenges drop constraint factor_challenges_purpose_check;
alter table factor_challenges add constraint factor_challenges_purpose_check
  check (purpose in ('second_factor', 'step_up', 'passkey_sign_in', 'passkey_enrolment'));
comment on column sessions.proven_at is 'When its person last showed who they are: at sign-in, or since by their password and, where they have one, a second factor.';

-- Down Migration
delete from factor_challenges where purpose = 'step_up';
alter table factor_challenges drop constraint factor_challenges_purpose_check;
alter table factor_challenges add constraint factor_challenges_purpose_check
  check (purpose in ('second_factor', 'passkey_sign_in', 'passkey_enrolment'));
comment on column sessions.proven_at is 'When its person last showed who they are: at sign-in, or by their password since.';
