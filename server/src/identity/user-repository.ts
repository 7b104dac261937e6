import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import {
  type Page,
  type PageRequest,
  type ReadTx,
  selectPage,
  type Tx,
  violatedConstraint,
} from "../platform/database/index.ts";
import { asLanguage, type Language } from "../platform/language/index.ts";
import { userErrors } from "./identity-errors.ts";
import { normalEmail } from "./normal-email.ts";

export type StaffRole = "admin" | "finance" | "support";
export type UserRole = StaffRole | "partner" | "customer";

/** A person who can sign in. */
export type User = {
  readonly id: string;
  readonly role: UserRole;
  readonly email: string;
  readonly name: string | null;
  readonly status: "active" | "disabled";
  readonly emailVerifiedAt: Date | null;
  readonly createdAt: Date;
  /** In which they are written to; null while nobody knows. */
  readonly language: Language | null;
};

const USER_COLUMNS = ["id", "role", "email", "name", "status", "email_verified_at", "created_at", "language"] as const;

type UserRow = {
  id: string;
  role: string;
  email: string | null;
  name: string | null;
  status: string;
  email_verified_at: Date | null;
  created_at: Date;
  language: string | null;
};

/** The row of somebody who is not a customer, which has an e-mail (users_person_has_email_check). */
export const userOf = (row: UserRow): User => ({
  id: row.id,
  role: row.role as UserRole,
  email: row.email ?? "",
  name: row.name,
  status: row.status as User["status"],
  emailVerifiedAt: row.email_verified_at,
  createdAt: row.created_at,
  // Of a release with more languages, too: then nobody knows.
  language: asLanguage(row.language),
});

export type NewUser = {
  readonly email: string;
  readonly role: Exclude<UserRole, "customer">;
  readonly name?: string | null;
  /** Null: cannot sign in until a link has set one. */
  readonly passwordHash: string | null;
  readonly isEmailVerified?: boolean;
  readonly externalId?: string;
  readonly language?: Language | null | undefined;
};

/** Adds somebody who can sign in. Throws `user.email_taken`. */
export async function insertUser(tx: Tx, user: NewUser): Promise<User> {
  const { tenantId, now } = tx.ctx;
  try {
    const row = await tx
      .insertInto("users")
      .values({
        tenant_id: tenantId,
        id: newId(),
        role: user.role,
        email: normalEmail(user.email),
        external_id: user.externalId ?? null,
        name: user.name ?? null,
        password_hash: user.passwordHash,
        email_verified_at: user.isEmailVerified ? now : null,
        created_at: now,
        updated_at: now,
        language: user.language ?? null,
      })
      .returning(USER_COLUMNS)
      .executeTakeFirstOrThrow();
    return userOf(row);
  } catch (error) {
    if (violatedConstraint(error) === "users_email_unique") throw userErrors.email_taken();
    throw error;
  }
}

/** Somebody who can sign in, by e-mail. */
export async function findUserByEmail(tx: ReadTx, email: string): Promise<User | undefined> {
  const row = await tx
    .selectFrom("users")
    .select(USER_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("email", "=", normalEmail(email))
    .where("role", "<>", "customer")
    .executeTakeFirst();
  return row && userOf(row);
}

/** Those of the e-mails, in their normal form, with which somebody can sign in. */
export async function findKnownEmails(tx: ReadTx, emails: readonly string[]): Promise<ReadonlySet<string>> {
  if (emails.length === 0) return new Set();
  const rows = await tx
    .selectFrom("users")
    .select("email")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("email", "in", [...emails])
    .where("role", "<>", "customer")
    .execute();
  return new Set(rows.flatMap(({ email }) => (email === null ? [] : [email])));
}

type Credentials = { readonly user: User; readonly passwordHash: string | null };

const selectCredentials = (tx: ReadTx) =>
  tx
    .selectFrom("users")
    .select([...USER_COLUMNS, "password_hash"])
    .where("tenant_id", "=", tx.ctx.tenantId);

const credentialsOf = (row: Parameters<typeof userOf>[0] & { readonly password_hash: string | null }): Credentials => ({
  user: userOf(row),
  passwordHash: row.password_hash,
});

/** The same with the hash of the password, for sign-in alone. */
export async function findCredentials(tx: ReadTx, email: string): Promise<Credentials | undefined> {
  const row = await selectCredentials(tx)
    .where("email", "=", normalEmail(email))
    .where("role", "<>", "customer")
    .executeTakeFirst();
  return row && credentialsOf(row);
}

/** The same by id. */
export async function findCredentialsById(tx: ReadTx, id: string): Promise<Credentials | undefined> {
  const row = await selectCredentials(tx).where("id", "=", id).where("role", "<>", "customer").executeTakeFirst();
  return row && credentialsOf(row);
}

/**
 * The same by id, locked against change: a password that is being replaced, or a person who is being disabled, waits until a session that
 * began before is there to be ended, or is seen here.
 */
export async function lockCredentials(tx: Tx, id: string): Promise<Credentials | undefined> {
  const row = await selectCredentials(tx).where("id", "=", id).forShare().executeTakeFirst();
  return row && credentialsOf(row);
}

/** Somebody who can sign in, by id. */
export async function findUser(tx: ReadTx, id: string): Promise<User | undefined> {
  const row = await tx
    .selectFrom("users")
    .select(USER_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("role", "<>", "customer")
    .executeTakeFirst();
  return row && userOf(row);
}

/** Marks the e-mail as read by its owner. Returns whether it was not yet. */
export async function markEmailVerified(tx: Tx, userId: string): Promise<boolean> {
  const { tenantId, now } = tx.ctx;
  const row = await tx
    .updateTable("users")
    .set({ email_verified_at: now, updated_at: now })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", userId)
    .where("email_verified_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function updatePasswordHash(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await tx
    .updateTable("users")
    .set({ password_hash: passwordHash, updated_at: now })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", userId)
    .execute();
}

/** Changes what a member of the team may do, or whether they may at all. */
export async function updateTeamMember(
  tx: Tx,
  userId: string,
  change: { role?: StaffRole; status?: User["status"] },
): Promise<User> {
  const { tenantId, now } = tx.ctx;
  const row = await tx
    .updateTable("users")
    .set({ ...change, updated_at: now })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", userId)
    .returning(USER_COLUMNS)
    .executeTakeFirstOrThrow();
  return userOf(row);
}

/** Somebody with whether they have a password yet, locked. */
export async function findInvited(tx: Tx, id: string): Promise<{ user: User; hasPassword: boolean } | undefined> {
  const row = await selectCredentials(tx)
    .where("id", "=", id)
    .where("role", "<>", "customer")
    .forUpdate()
    .executeTakeFirst();
  return row && { user: userOf(row), hasPassword: row.password_hash !== null };
}

/** Writes down in which language somebody is written to. */
export async function updateLanguage(tx: Tx, userId: string, language: Language): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await tx
    .updateTable("users")
    .set({ language, updated_at: now })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", userId)
    .execute();
}

/**
 * The same of somebody of whom no language is known. Whoever signs in twice at the same moment holds the row by both: neither waits for the other, and
 * the next time writes it.
 */
export async function fillLanguage(tx: Tx, userId: string, language: Language): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`
    update users
       set language = ${language}, updated_at = ${now}
     where tenant_id = ${tenantId}
       and id in (
             select id from users
              where tenant_id = ${tenantId} and id = ${userId} and language is null
                for no key update skip locked)`.execute(tx);
}

export async function updateName(tx: Tx, userId: string, name: string): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await tx
    .updateTable("users")
    .set({ name, updated_at: now })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", userId)
    .execute();
}

/** Somebody on the team, and whether they have taken the invitation: chosen a password. */
export type Teammate = User & { readonly hasJoined: boolean };

/** Members of the team. */
export async function findTeam(tx: ReadTx, page: PageRequest): Promise<Page<Teammate>> {
  const { data, nextCursor } = await selectPage(
    tx
      .selectFrom("users")
      .select([...USER_COLUMNS, sql<boolean>`password_hash is not null`.as("has_joined")])
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("role", "in", ["admin", "finance", "support"]),
    page,
    { sorts: { createdAt: { column: "created_at", type: "timestamptz" } }, defaultSort: "createdAt", idColumn: "id" },
  );
  return { nextCursor, data: data.map((row) => ({ ...userOf(row), hasJoined: row.has_joined })) };
}

/** Ids of the active admins. */
export async function findAdminIds(tx: ReadTx): Promise<string[]> {
  const rows = await tx
    .selectFrom("users")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("role", "=", "admin")
    .where("status", "=", "active")
    .execute();
  return rows.map((row) => row.id);
}

/** Ids of the active admins, locked: of two who would disable each other, the second sees what the first did. */
export async function lockAdmins(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id
      from users
     where tenant_id = ${tx.ctx.tenantId}
       and role = 'admin'
       and status = 'active'
     order by id
       for update`.execute(tx);
  return rows.map((row) => row.id);
}
