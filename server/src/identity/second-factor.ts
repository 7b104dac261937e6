import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { type Challenge, findChallenge, insertChallenge, spendChallenge } from "./challenge-repository.ts";
import { findFactors, findPasskeys, hasFactor } from "./factor-repository.ts";
import { hashFactorToken, newFactorToken } from "./factor-token.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { SEND_FACTOR_CHANGED_JOB } from "./mail-job.ts";
import { type Browser, mayOpenSession, openSession, type SignedIn } from "./open-session.ts";
import { type Shown, takeCode, takePasskey, takeRecoveryCode } from "./show-factor.ts";
import { lockCredentials, type User } from "./user-repository.ts";
import { authenticationOptions, relyingPartyOf } from "./webauthn.ts";

/** How somebody can go on after the password. */
export type SecondFactorAsked = {
  readonly token: string;
  readonly expiresAt: Date;
  readonly methods: ("totp" | "passkey" | "recovery")[];
  /** What a passkey is to sign; null where they have none. */
  readonly passkeyOptions: Awaited<ReturnType<typeof authenticationOptions>> | null;
};

/** What is asked for: to open a session, or to show again within one who its person is. */
type Purpose = "second_factor" | "step_up";

/** Joins the transaction in which the password was right: undefined for somebody who has no factor. Nothing is open by it. */
export async function askSecondFactor(
  parts: IdentityParts,
  tx: Tx,
  user: Pick<User, "id">,
  purpose: Purpose,
): Promise<SecondFactorAsked | undefined> {
  const factors = await findFactors(tx, user.id);
  if (!hasFactor(factors)) return undefined;
  const known = await findPasskeys(tx, user.id);
  const options = await authenticationOptions(await relyingPartyOf(tx, parts.publicUrl), known);
  const { token, hash } = newFactorToken(parts);
  const expiresAt = await insertChallenge(tx, {
    hash,
    purpose,
    userId: user.id,
    challenge: options.challenge,
  });
  return {
    token,
    expiresAt,
    methods: [
      ...(factors.totpSince === null ? [] : (["totp"] as const)),
      ...(known.length === 0 ? [] : (["passkey"] as const)),
      ...(factors.recoveryCodesLeft === 0 ? [] : (["recovery"] as const)),
    ],
    passkeyOptions: known.length === 0 ? null : options,
  };
}

/**
 * Opens the session of somebody whose password was right before and who shows a factor now. Throws `auth.challenge_invalid`, `auth.factor_wrong`,
 * `auth.passkey_refused`, `auth.too_many_attempts`.
 */
export async function showSecondFactor(
  parts: IdentityParts,
  ctx: Ctx,
  input: { readonly token: string; readonly shown: Shown } & Browser,
): Promise<SignedIn> {
  return answerAsked(parts, ctx, { ...input, purpose: "second_factor" }, (tx, user) =>
    openSession(parts, tx, { user, browser: input }),
  );
}

/**
 * Takes the factor that somebody shows after the password, once, and does what was asked for with it. `ofUser` is whose it must be. Throws as
 * `showSecondFactor`.
 */
export async function answerAsked<Result>(
  parts: IdentityParts,
  ctx: Ctx,
  asked: { readonly token: string; readonly shown: Shown; readonly purpose: Purpose; readonly ofUser?: string },
  then: (tx: Tx, user: User) => Promise<Result>,
): Promise<Result> {
  const { shown, purpose, ofUser } = asked;
  const hash = hashFactorToken(parts, asked.token);
  const begun = await parts.db.read(ctx, (tx) => findChallenge(tx, { hash, purpose }));
  const userId = begun?.userId ?? null;
  if (begun === undefined || userId === null || (ofUser !== undefined && ofUser !== userId))
    throw authErrors.challenge_invalid();
  // Counted before it is looked at, in a transaction of its own: a refusal must not take the count back.
  await parts.guard.factor({ account: `${ctx.tenantId}:${userId}` });
  const result = await parts.db.transaction(ctx, async (tx) => {
    const user = await requireStill(tx, userId);
    await takeShown(parts, tx, user, begun, shown);
    if (!(await spendChallenge(tx, hash))) throw authErrors.challenge_invalid();
    return then(tx, user);
  });
  await parts.guard.factorShown({ account: `${ctx.tenantId}:${userId}` });
  return result;
}

async function takeShown(parts: IdentityParts, tx: Tx, user: User, begun: Challenge, shown: Shown): Promise<void> {
  if ("code" in shown) return takeCode(parts, tx, user.id, shown.code);
  if ("passkey" in shown) {
    await takePasskey(parts, tx, shown.passkey, { challenge: begun.challenge, ownerId: user.id });
    return;
  }
  await takeRecoveryCode(parts, tx, user.id, shown.recoveryCode);
  await parts.audit.record(tx, "user.recovery_code_used", { targetType: "user", targetId: user.id });
  await enqueue(tx, SEND_FACTOR_CHANGED_JOB, { userId: user.id, change: "recovery_used" });
}

async function requireStill(tx: Tx, userId: string): Promise<User> {
  const now = await lockCredentials(tx, userId);
  if (now === undefined || !mayOpenSession(now.user)) throw authErrors.challenge_invalid();
  return now.user;
}

/** Begins a sign-in by a passkey alone, of whoever holds one. */
export const beginPasskeySignIn = (
  parts: IdentityParts,
  ctx: Ctx,
): Promise<Pick<SecondFactorAsked, "token" | "expiresAt"> & { options: object }> =>
  parts.db.transaction(ctx, async (tx) => {
    const options = await authenticationOptions(await relyingPartyOf(tx, parts.publicUrl));
    const { token, hash } = newFactorToken(parts);
    const { challenge } = options;
    const expiresAt = await insertChallenge(tx, { hash, purpose: "passkey_sign_in", userId: null, challenge });
    return { token, expiresAt, options };
  });

/** Opens a session by a passkey alone: its device has asked for a finger or a PIN, so that it is two factors by itself. */
export async function signInByPasskey(
  parts: IdentityParts,
  ctx: Ctx,
  input: { readonly token: string; readonly passkey: AuthenticationResponseJSON } & Browser,
): Promise<SignedIn> {
  const hash = hashFactorToken(parts, input.token);
  return parts.db.transaction(ctx, async (tx) => {
    const begun = await findChallenge(tx, { hash, purpose: "passkey_sign_in" });
    if (begun === undefined) throw authErrors.challenge_invalid();
    const key = await takePasskey(parts, tx, input.passkey, { challenge: begun.challenge, ownerId: null });
    const user = await requireStill(tx, key.userId);
    if (!(await spendChallenge(tx, hash))) throw authErrors.challenge_invalid();
    return openSession(parts, tx, { user, browser: input });
  });
}
