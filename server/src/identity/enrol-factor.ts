import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import { invariant } from "../kernel/invariant.ts";
import { accessErrors, type Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { findChallenge, insertChallenge, spendChallenge } from "./challenge-repository.ts";
import {
  confirmTotp,
  type Factors,
  findFactors,
  findPasskeys,
  findTotp,
  hasFactor,
  insertPasskey,
  lockUser,
  offerTotp,
  type Passkey,
  replaceRecoveryCodes,
} from "./factor-repository.ts";
import { hashFactorToken, newFactorToken } from "./factor-token.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors, factorErrors } from "./identity-errors.ts";
import { type FactorChange, SEND_FACTOR_CHANGED_JOB } from "./mail-job.ts";
import { requireRecentProof } from "./recent-proof.ts";
import { hashRecoveryCode, newRecoveryCodes } from "./recovery-codes.ts";
import { revokeSessions } from "./session-repository.ts";
import { takeStepOf, totpContext } from "./show-factor.ts";
import { factorDueAt, findSignInSettings } from "./sign-in-settings.ts";
import { newTotpSecret, totpUri } from "./totp.ts";
import { findUser, type User } from "./user-repository.ts";
import { readRegistration, registrationOptions, relyingPartyOf } from "./webauthn.ts";

const PASSKEYS_MAX = 10;

/** The person who has signed in. */
async function self(tx: ReadTx): Promise<User> {
  const { actor } = tx.ctx;
  if (actor.type !== "user") throw accessErrors.person_required();
  const user = await findUser(tx, actor.userId);
  invariant(user !== undefined, "a session belongs to somebody, and nobody is deleted");
  return user;
}

/** What the caller can show beside the password, and whether they have to. */
export const getFactors = (
  parts: IdentityParts,
  ctx: Ctx,
): Promise<Factors & { isRequired: boolean; dueAt: Date | null }> =>
  parts.db.read(ctx, async (tx) => {
    const user = await self(tx);
    const [factors, settings] = [await findFactors(tx, user.id), await findSignInSettings(tx)];
    const dueAt = factorDueAt(settings, user);
    return { ...factors, isRequired: dueAt !== null, dueAt: hasFactor(factors) ? null : dueAt };
  });

/** Begins to enrol an authenticator app: its secret counts once `confirmTotpFactor` has seen a code of it. Throws `factor.enrolled`. */
export const beginTotp = (parts: IdentityParts, ctx: Ctx): Promise<{ secret: string; uri: string }> =>
  parts.db.transaction(ctx, async (tx) => {
    requireRecentProof(ctx);
    const user = await self(tx);
    const secret = newTotpSecret();
    if (!(await offerTotp(tx, user.id, parts.sealer.seal(secret, totpContext(user.id))))) throw factorErrors.enrolled();
    const { name: programme } = await findOwnTenant(tx, parts.publicUrl);
    return { secret, uri: totpUri(secret, { programme, email: user.email }) };
  });

/** Codes for whoever has lost the rest; null where the caller has some already. */
export type Enrolled = { readonly recoveryCodes: string[] | null };

/** Enrols the app that was begun, by a code of it. Throws `factor.not_begun`, `auth.factor_wrong`, `auth.too_many_attempts`. */
export async function confirmTotpFactor(parts: IdentityParts, ctx: Ctx, { code }: { code: string }): Promise<Enrolled> {
  requireRecentProof(ctx);
  const { actor } = ctx;
  if (actor.type === "user") await parts.guard.factor({ account: `${ctx.tenantId}:${actor.userId}` });
  const enrolled = await parts.db.transaction(ctx, async (tx) => {
    const user = await self(tx);
    await lockUser(tx, user.id);
    const totp = await findTotp(tx, user.id);
    if (totp === undefined) throw factorErrors.not_begun();
    if (totp.isConfirmed) throw factorErrors.enrolled();
    const before = await findFactors(tx, user.id);
    await takeStepOf(parts, tx, user.id, totp.secretSealed, code);
    await confirmTotp(tx, user.id);
    return noteEnrolled(parts, tx, user, { before, change: "totp_added" });
  });
  if (actor.type === "user") await parts.guard.factorShown({ account: `${ctx.tenantId}:${actor.userId}` });
  return enrolled;
}

/** Begins to enrol a passkey. Throws `factor.too_many`. */
export const beginPasskey = (parts: IdentityParts, ctx: Ctx): Promise<{ token: string; options: object }> =>
  parts.db.transaction(ctx, async (tx) => {
    requireRecentProof(ctx);
    const user = await self(tx);
    const known = await findPasskeys(tx, user.id);
    if (known.length >= PASSKEYS_MAX) throw factorErrors.too_many({ limit: PASSKEYS_MAX });
    const party = await relyingPartyOf(tx, parts.publicUrl);
    const options = await registrationOptions(party, { userId: user.id, email: user.email, known });
    const { token, hash } = newFactorToken(parts);
    const { challenge } = options;
    await insertChallenge(tx, { hash, purpose: "passkey_enrolment", userId: user.id, challenge });
    return { token, options };
  });

/** Enrols the passkey that the browser has made. Throws `auth.challenge_invalid`, `auth.passkey_refused`, `factor.enrolled`. */
export const confirmPasskey = (
  parts: IdentityParts,
  ctx: Ctx,
  input: { token: string; name: string; response: RegistrationResponseJSON },
): Promise<Enrolled & { passkey: Passkey }> =>
  parts.db.transaction(ctx, async (tx) => {
    requireRecentProof(ctx);
    const user = await self(tx);
    await lockUser(tx, user.id);
    const hash = hashFactorToken(parts, input.token);
    const begun = await findChallenge(tx, { hash, purpose: "passkey_enrolment" });
    // Whoever begins an enrolment and has somebody else end it would leave a passkey of theirs with another.
    if (begun?.userId !== user.id || !(await spendChallenge(tx, hash))) throw authErrors.challenge_invalid();
    const party = await relyingPartyOf(tx, parts.publicUrl);
    const credential = await readRegistration(party, begun.challenge, input.response);
    const before = await findFactors(tx, user.id);
    const passkey = await insertPasskey(tx, {
      userId: user.id,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: BigInt(credential.counter),
      transports: credential.transports ?? [],
      name: input.name,
    });
    if (passkey === undefined) throw factorErrors.enrolled();
    return { passkey, ...(await noteEnrolled(parts, tx, user, { before, change: "passkey_added" })) };
  });

/** Says that a factor was added. With the first one come codes to recover by, and every session ends that was opened without. */
async function noteEnrolled(
  parts: IdentityParts,
  tx: Tx,
  user: User,
  { before, change }: { readonly before: Factors; readonly change: FactorChange },
): Promise<Enrolled> {
  await parts.audit.record(tx, `user.${change}`, { targetType: "user", targetId: user.id });
  await enqueue(tx, SEND_FACTOR_CHANGED_JOB, { userId: user.id, change });
  if (hasFactor(before)) return { recoveryCodes: null };
  const { actor } = tx.ctx;
  await revokeSessions(
    tx,
    { userId: user.id, ...(actor.type === "user" && { exceptId: actor.sessionId }) },
    "factor_added",
  );
  return { recoveryCodes: await giveRecoveryCodes(parts, tx, user.id) };
}

async function giveRecoveryCodes(parts: IdentityParts, tx: Tx, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(
    tx,
    userId,
    codes.map((code) => hashRecoveryCode(parts.keys.recoveryCodes, userId, code)),
  );
  return codes;
}

/** Gives the caller new codes; those from before are worth nothing. Throws `factor.none`. */
export const renewRecoveryCodes = (parts: IdentityParts, ctx: Ctx): Promise<{ recoveryCodes: string[] }> =>
  parts.db.transaction(ctx, async (tx) => {
    requireRecentProof(ctx);
    const user = await self(tx);
    await lockUser(tx, user.id);
    if (!hasFactor(await findFactors(tx, user.id))) throw factorErrors.none();
    await parts.audit.record(tx, "user.recovery_codes_renewed", { targetType: "user", targetId: user.id });
    return { recoveryCodes: await giveRecoveryCodes(parts, tx, user.id) };
  });
