import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { Language } from "../platform/language/index.ts";
import { type DataSubject, ERASED_MAIL_ENDING } from "../platform/personal-data.ts";
import { deleteFactors } from "./factor-repository.ts";
import { normalEmail } from "./normal-email.ts";
import { revokeSessions } from "./session-repository.ts";
import type { UserRole } from "./user-repository.ts";

/** A row of `users` as whoever exports or erases it has to know it. */
export type Person = {
  readonly userId: string;
  readonly role: UserRole;
  readonly email: string | null;
  /** When they showed that the e-mail is theirs. */
  readonly emailVerifiedAt: Date | null;
  readonly name: string | null;
  readonly externalId: string | null;
  readonly status: "active" | "disabled";
  readonly erasedAt: Date | null;
  /** In which they are written to. */
  readonly language: Language | null;
};

const selectPeople = sql<Person>`
  select id as "userId", role, email, email_verified_at as "emailVerifiedAt", name, external_id as "externalId", status, erased_at as "erasedAt", language from users`;

/** Somebody by id: one who signs in, or a customer. */
export async function findPerson(tx: ReadTx, userId: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`${selectPeople} where tenant_id = ${tx.ctx.tenantId} and id = ${userId}`.execute(
    tx,
  );
  return rows[0];
}

/** The same by their ids; ids of nobody are left out. */
export async function findPersons(tx: ReadTx, userIds: readonly string[]): Promise<Person[]> {
  if (userIds.length === 0) return [];
  const { rows } = await sql<Person>`
    ${selectPeople} where tenant_id = ${tx.ctx.tenantId} and id = any (${[...userIds]}::uuid[])`.execute(tx);
  return rows;
}

/** As many as one looks through by eye. */
const FOUND_MAX = 50;

/**
 * People with an e-mail, or with the operator's own name for a customer, who came first; `isCut` where there are more. Several customers may share an
 * e-mail.
 */
export async function findPeople(
  tx: ReadTx,
  by: { email?: string; externalId?: string },
): Promise<{ readonly people: Person[]; readonly isCut: boolean }> {
  const { rows } = await sql<Person>`
    ${selectPeople}
     where tenant_id = ${tx.ctx.tenantId}
       and (email = ${by.email === undefined ? null : normalEmail(by.email)} or external_id = ${by.externalId ?? null})
     order by created_at, id
     limit ${FOUND_MAX + 1}`.execute(tx);
  return { people: rows.slice(0, FOUND_MAX), isCut: rows.length > FOUND_MAX };
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
           language = null,
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

/** Ends a person's sessions; says how many were open. */
export async function endSessions(tx: Tx, { userId }: Pick<DataSubject, "userId">): Promise<number> {
  return (await revokeSessions(tx, { userId }, "erased")).length;
}

/**
 * Closes accounts for good: nobody signs in to them again, and their e-mails are free for another. Whose they were stays for those who read
 * what they wrote. Says how many it closed.
 */
export async function closeAccounts(tx: Tx, userIds: readonly string[]): Promise<number> {
  const { tenantId, now } = tx.ctx;
  let closed = 0;
  for (const userId of userIds) {
    // The account first: who signs in meanwhile waits, and finds it closed.
    const { numAffectedRows } = await sql`
      update users
         set email = 'closed-' || id || ${ERASED_MAIL_ENDING}, email_verified_at = null, password_hash = null, status = 'disabled', updated_at = ${now}
       where tenant_id = ${tenantId}
         and id = ${userId}
         and status = 'active'`.execute(tx);
    closed += Number(numAffectedRows ?? 0n);
    await revokeSessions(tx, { userId }, "user_disabled");
    await deleteFactors(tx, userId);
    await sql`delete from user_tokens where tenant_id = ${tenantId} and user_id = ${userId}`.execute(tx);
  }
  return closed;
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
