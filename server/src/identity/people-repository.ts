import { type RawBuilder, sql } from "kysely";
import { newId } from "../kernel/id.ts";
import { likeOf, type ReadTx, type Tx } from "../platform/database/index.ts";
import { asLanguage, type Reader } from "../platform/language/index.ts";
import { normalEmail } from "./normal-email.ts";

/** How somebody is reached. */
export type Contact = Reader & { readonly name: string | null; readonly emailVerifiedAt: Date | null };

/**
 * Makes partners' people who cannot sign in until they ask for a password, in one statement, and leaves out those whose e-mail is taken; ids
 * by e-mail. Rows are taken in the order of their e-mails, so that two batches wait for each other and never deadlock.
 */
export async function createPeople(
  tx: Tx,
  people: readonly { readonly email: string; readonly name: string | null }[],
): Promise<Map<string, string>> {
  if (people.length === 0) return new Map();
  const { rows } = await sql<{ email: string; id: string }>`
    insert into users (tenant_id, id, role, email, name, created_at, updated_at)
    select ${tx.ctx.tenantId}, p.id, 'partner', p.email, p.name, ${tx.ctx.now}, ${tx.ctx.now}
      from unnest(
        ${people.map(() => newId())}::uuid[],
        ${people.map(({ email }) => normalEmail(email))}::text[],
        ${people.map(({ name }) => name)}::text[]
      ) as p (id, email, name)
     order by p.email
        on conflict (tenant_id, email) where role <> 'customer' do nothing
    returning email, id`.execute(tx);
  return new Map(rows.map((row) => [row.email, row.id]));
}

/** How people are reached, by id; who is not there is left out, and so are customers. */
export async function contactsOf(tx: ReadTx, userIds: readonly string[]): Promise<Map<string, Contact>> {
  if (userIds.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    email: string;
    name: string | null;
    email_verified_at: Date | null;
    language: string | null;
  }>`
    select id, email, name, email_verified_at, language
      from users
     where tenant_id = ${tx.ctx.tenantId}
       and id = any (${[...userIds]}::uuid[])
       and role <> 'customer'`.execute(tx);
  return new Map(
    rows.map(({ id, email, name, email_verified_at: emailVerifiedAt, language }) => [
      id,
      { email, name, emailVerifiedAt, language: asLanguage(language) },
    ]),
  );
}

/** Whether the words are in the name or e-mail of a row of `users`, customers aside. */
function isNamed(words: string): RawBuilder<boolean> {
  const pattern = likeOf(words);
  return sql<boolean>`(role <> 'customer' and (name ilike ${pattern} or email ilike ${pattern}))`;
}

/** Whether the words are in the name or e-mail of the person that an expression names, as a part of another module's statement. */
export const isPersonNamed = (tx: ReadTx, userId: RawBuilder<unknown>, words: string): RawBuilder<boolean> =>
  sql<boolean>`exists (select from users where tenant_id = ${tx.ctx.tenantId} and users.id = ${userId} and ${isNamed(words)})`;

/** Those in whose name or e-mail the words are, customers aside; the newest, where there are more than `limit`. */
export async function findPeopleNamed(tx: ReadTx, words: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id
      from users
     where tenant_id = ${tx.ctx.tenantId}
       and ${isNamed(words)}
     order by id desc
     limit ${limit}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** The operator's team: who is active of it. Small by nature. */
export async function findTeam(tx: ReadTx): Promise<(Reader & { id: string; role: string })[]> {
  const rows = await tx
    .selectFrom("users")
    .select(["id", "role", "email", "language"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("role", "in", ["admin", "finance", "support"])
    .where("status", "=", "active")
    .orderBy("id")
    .execute();
  // A member of the team has an e-mail; customers alone may have none.
  return rows.flatMap(({ email, language, ...row }) =>
    email === null ? [] : [{ ...row, email, language: asLanguage(language) }],
  );
}

/** The operator's administrators, for what all of them should know. */
export async function findAdministrators(tx: ReadTx): Promise<Reader[]> {
  const rows = await tx
    .selectFrom("users")
    .select(["email", "language"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("role", "=", "admin")
    .where("status", "=", "active")
    .orderBy("email")
    .execute();
  return rows.flatMap(({ email, language }) => (email === null ? [] : [{ email, language: asLanguage(language) }]));
}

/** Who made a key; null where the program did, or there is none. */
export async function makerOfKey(tx: ReadTx, keyId: string): Promise<string | null> {
  const row = await tx
    .selectFrom("partner_api_keys")
    .select("created_by")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", keyId)
    .executeTakeFirst();
  return row?.created_by ?? null;
}

/** Active members of the team who may process payouts. */
export async function findPayers(tx: ReadTx): Promise<string[]> {
  const rows = await tx
    .selectFrom("users")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("role", "in", ["admin", "finance"])
    .where("status", "=", "active")
    .orderBy("id")
    .execute();
  return rows.map((row) => row.id);
}

/** Whether somebody is an active member of the operator's team. */
export async function isTeamMember(tx: ReadTx, userId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("users")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", userId)
    .where("role", "in", ["admin", "finance", "support"])
    .where("status", "=", "active")
    .executeTakeFirst();
  return row !== undefined;
}
