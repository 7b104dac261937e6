import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { DRIFT_STEPS } from "./totp.ts";

/** A passkey as its owner sees it. */
export type Passkey = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
};

/** A passkey as what it signs is verified with. */
export type PasskeyKey = {
  readonly id: string;
  readonly userId: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: bigint;
  readonly transports: string[];
};

/** What somebody can show beside the password. */
export type Factors = {
  readonly totpSince: Date | null;
  readonly passkeys: Passkey[];
  readonly recoveryCodesLeft: number;
};

export const hasFactor = ({ totpSince, passkeys }: Factors): boolean => totpSince !== null || passkeys.length > 0;

export async function findFactors(tx: ReadTx, userId: string): Promise<Factors> {
  const { tenantId } = tx.ctx;
  const totp = await tx
    .selectFrom("totp_factors")
    .select("confirmed_at")
    .where("tenant_id", "=", tenantId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  const passkeys = await tx
    .selectFrom("passkeys")
    .select(["id", "name", "created_at", "last_used_at"])
    .where("tenant_id", "=", tenantId)
    .where("user_id", "=", userId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  const { rows } = await sql<{ left: number }>`
    select count(*)::integer as left
      from recovery_codes
     where tenant_id = ${tenantId}
       and user_id = ${userId}
       and used_at is null`.execute(tx);
  return {
    totpSince: totp?.confirmed_at ?? null,
    passkeys: passkeys.map((row) => ({
      id: row.id,
      name: row.name,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    })),
    recoveryCodesLeft: rows[0]?.left ?? 0,
  };
}

/** Locks somebody's row: what is decided about their factors is decided by one after the other. */
export async function lockUser(tx: Tx, userId: string): Promise<void> {
  await sql`select from users where tenant_id = ${tx.ctx.tenantId} and id = ${userId} for no key update`.execute(tx);
}

/** Keeps the secret of an app that is being enrolled, in place of one that was never confirmed; false where one is. */
export async function offerTotp(tx: Tx, userId: string, secretSealed: Buffer): Promise<boolean> {
  const { tenantId, now } = tx.ctx;
  const { numAffectedRows } = await sql`
    insert into totp_factors (tenant_id, user_id, secret_sealed, created_at)
    values (${tenantId}, ${userId}, ${secretSealed}, ${now})
        on conflict (tenant_id, user_id) do update
       set secret_sealed = excluded.secret_sealed, created_at = excluded.created_at, last_step = 0
     where totp_factors.confirmed_at is null`.execute(tx);
  return numAffectedRows === 1n;
}

export async function findTotp(
  tx: ReadTx,
  userId: string,
): Promise<{ secretSealed: Buffer; isConfirmed: boolean } | undefined> {
  const row = await tx
    .selectFrom("totp_factors")
    .select(["secret_sealed", "confirmed_at"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row && { secretSealed: row.secret_sealed, isConfirmed: row.confirmed_at !== null };
}

/** From the earliest step that is taken now to the latest. */
const LATEST_STEPS_AHEAD = 2n * BigInt(DRIFT_STEPS);

/**
 * Takes a time step of an app: of two who show one code at once one gets it, and no older step is taken after a newer one. One that is later than any code
 * of now may be was taken before the clock was set back: it would keep its owner out until then.
 */
export async function takeStep(tx: Tx, userId: string, step: bigint): Promise<boolean> {
  const row = await tx
    .updateTable("totp_factors")
    .set({ last_step: step })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .where((where) => where.or([where("last_step", "<", step), where("last_step", ">", step + LATEST_STEPS_AHEAD)]))
    .returning("user_id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function confirmTotp(tx: Tx, userId: string): Promise<void> {
  await tx
    .updateTable("totp_factors")
    .set({ confirmed_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .execute();
}

export async function deleteTotp(tx: Tx, userId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("totp_factors")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Adds a passkey; undefined where the tenant has this credential already, whosever it is. */
export async function insertPasskey(
  tx: Tx,
  key: Omit<PasskeyKey, "id"> & { readonly name: string },
): Promise<Passkey | undefined> {
  const { tenantId, now } = tx.ctx;
  const row = await tx
    .insertInto("passkeys")
    .values({
      tenant_id: tenantId,
      id: newId(),
      user_id: key.userId,
      credential_id: key.credentialId,
      public_key: key.publicKey,
      counter: key.counter,
      transports: JSON.stringify(key.transports),
      name: key.name,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "credential_id"]).doNothing())
    .returning(["id", "name", "created_at", "last_used_at"])
    .executeTakeFirst();
  return row && { id: row.id, name: row.name, createdAt: row.created_at, lastUsedAt: row.last_used_at };
}

const PASSKEY_COLUMNS = ["id", "user_id", "credential_id", "public_key", "counter", "transports"] as const;

const keyOf = (row: {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: bigint;
  transports: unknown;
}): PasskeyKey => ({
  id: row.id,
  userId: row.user_id,
  credentialId: row.credential_id,
  publicKey: row.public_key,
  counter: row.counter,
  // Written by `insertPasskey` alone.
  transports: row.transports as string[],
});

export async function findPasskeys(tx: ReadTx, userId: string): Promise<PasskeyKey[]> {
  const rows = await tx
    .selectFrom("passkeys")
    .select(PASSKEY_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .execute();
  return rows.map(keyOf);
}

export async function findPasskeyByCredential(tx: ReadTx, credentialId: string): Promise<PasskeyKey | undefined> {
  const row = await tx
    .selectFrom("passkeys")
    .select(PASSKEY_COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
  return row && keyOf(row);
}

export async function notePasskeyUse(tx: Tx, id: string, counter: bigint): Promise<void> {
  await tx
    .updateTable("passkeys")
    .set({ counter, last_used_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .execute();
}

export async function deletePasskey(tx: Tx, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("passkeys")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Puts new codes in place of all that somebody had. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly Buffer[]): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`delete from recovery_codes where tenant_id = ${tenantId} and user_id = ${userId}`.execute(tx);
  if (hashes.length === 0) return;
  await tx
    .insertInto("recovery_codes")
    .values(hashes.map((hash) => ({ tenant_id: tenantId, code_hash: hash, user_id: userId, created_at: now })))
    .execute();
}

/** Spends a code: of two who come at once one gets it. */
export async function spendRecoveryCode(tx: Tx, userId: string, hash: Buffer): Promise<boolean> {
  const row = await tx
    .updateTable("recovery_codes")
    .set({ used_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("user_id", "=", userId)
    .where("code_hash", "=", hash)
    .where("used_at", "is", null)
    .returning("user_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes everything that somebody can show beside the password; says whether there was anything. */
export async function deleteFactors(tx: Tx, userId: string): Promise<boolean> {
  const { tenantId } = tx.ctx;
  const of = sql`tenant_id = ${tenantId} and user_id = ${userId}`;
  const taken = [
    await sql`delete from totp_factors where ${of}`.execute(tx),
    await sql`delete from passkeys where ${of}`.execute(tx),
    await sql`delete from recovery_codes where ${of}`.execute(tx),
    await sql`delete from factor_challenges where ${of}`.execute(tx),
  ];
  return taken.some(({ numAffectedRows }) => (numAffectedRows ?? 0n) > 0n);
}
