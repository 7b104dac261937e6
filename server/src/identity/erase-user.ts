import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { DataSubject } from "../platform/personal-data.ts";
import { normalEmail } from "./normal-email.ts";
import type { UserRole } from "./user-repository.ts";

/** A row of `users` as whoever exports or erases it has to know it. */
export type Person = {
  readonly userId: string;
  readonly role: UserRole;
  readonly email: string | null;
  readonly name: string | null;
  readonly externalId: string | null;
  readonly status: "active" | "disabled";
  readonly erasedAt: Date | null;
};

const selectPeople = sql<Person>`
  select id as "userId", role, email, name, external_id as "externalId", status, erased_at as "erasedAt" from users`;

/** Somebody by id: one who signs in, or a customer. */
export async function findPerson(tx: ReadTx, userId: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`${selectPeople} where tenant_id = ${tx.ctx.tenantId} and id = ${userId}`.execute(
    tx,
  );
  return rows[0];
}

/** As many as one looks through by eye. */
const FOUND_MAX = 50;

/** Everybody with an e-mail, or with the operator's own name for a customer. Several customers may share an e-mail. */
export async function findPeople(tx: ReadTx, by: { email?: string; externalId?: string }): Promise<Person[]> {
  const { rows } = await sql<Person>`
    ${selectPeople}
     where tenant_id = ${tx.ctx.tenantId}
       and (email = ${by.email === undefined ? null : normalEmail(by.email)} or external_id = ${by.externalId ?? null})
     order by created_at, id
     limit ${FOUND_MAX}`.execute(tx);
  return rows;
}

/**
 * Puts a pseudonym in place of who somebody is, and ends what they could do: 1, or 0 where that was done before. A customer keeps the
 * operator's name for them, unless that is an e-mail itself; an erased customer takes no e-mail again.
 */
export async function eraseUser(tx: Tx, userId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update users
       set email = case when role <> 'customer' then 'erased-' || id || '@erased.invalid' end,
           name = null,
           password_hash = null,
           email_verified_at = null,
           external_id = case when external_id like '%@%' then 'erased-' || id else external_id end,
           status = case when role = 'customer' then status else 'disabled' end,
           erased_at = ${tx.ctx.now},
           updated_at = ${tx.ctx.now}
     where tenant_id = ${tx.ctx.tenantId}
       and id = ${userId}
       and erased_at is null`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Ends a person's sessions and forgets from where they were held. */
export async function forgetSessions(tx: Tx, { userId }: DataSubject): Promise<number> {
  const { tenantId, now } = tx.ctx;
  await sql`
    delete from refresh_tokens
     where tenant_id = ${tenantId}
       and session_id in (select id from sessions where tenant_id = ${tenantId} and user_id = ${userId})`.execute(tx);
  const { numAffectedRows } = await sql`
    update sessions
       set user_agent = null,
           ip_truncated = null,
           visitor_id = null,
           revoked_at = coalesce(revoked_at, ${now}),
           revoked_reason = coalesce(revoked_reason, 'erased')
     where tenant_id = ${tenantId}
       and user_id = ${userId}
       and (user_agent is not null or ip_truncated is not null or visitor_id is not null or revoked_at is null)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0n);
}
