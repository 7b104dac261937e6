import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import type { Tx } from "../platform/database/index.ts";
import {
  findPasskeyByCredential,
  findTotp,
  notePasskeyUse,
  type PasskeyKey,
  spendRecoveryCode,
  takeStep,
} from "./factor-repository.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { authErrors } from "./identity-errors.ts";
import { hashRecoveryCode } from "./recovery-codes.ts";
import { stepOfCode } from "./totp.ts";
import { readAuthentication, relyingPartyOf } from "./webauthn.ts";

/** What somebody shows beside the password. */
export type Shown =
  | { readonly code: string }
  | { readonly recoveryCode: string }
  | { readonly passkey: AuthenticationResponseJSON };

export const totpContext = (userId: string): string => `totp_factors:${userId}`;

/** Takes a code of a confirmed app, once. Throws `auth.factor_wrong`, alike for a wrong code, one that was used, and no app at all. */
export async function takeCode(parts: IdentityParts, tx: Tx, userId: string, code: string): Promise<void> {
  const totp = await findTotp(tx, userId);
  if (totp?.isConfirmed !== true) throw authErrors.factor_wrong();
  await takeStepOf(parts, tx, userId, totp.secretSealed, code);
}

/** The same of an app that may not be confirmed yet. */
export async function takeStepOf(
  parts: IdentityParts,
  tx: Tx,
  userId: string,
  secretSealed: Buffer,
  code: string,
): Promise<void> {
  const step = stepOfCode(parts.sealer.open(secretSealed, totpContext(userId)), code, tx.ctx.now);
  if (step === undefined || !(await takeStep(tx, userId, step))) throw authErrors.factor_wrong();
}

export async function takeRecoveryCode(parts: IdentityParts, tx: Tx, userId: string, code: string): Promise<void> {
  const hash = hashRecoveryCode(parts.keys.recoveryCodes, userId, code);
  if (!(await spendRecoveryCode(tx, userId, hash))) throw authErrors.factor_wrong();
}

/**
 * Takes what a passkey has signed for a challenge, and says whose it is. One of another person, tenant or host is refused, as is one whose counter
 * goes back. Throws `auth.passkey_refused`.
 */
export async function takePasskey(
  parts: IdentityParts,
  tx: Tx,
  response: AuthenticationResponseJSON,
  { challenge, ownerId }: { readonly challenge: string; readonly ownerId: string | null },
): Promise<PasskeyKey> {
  const key = await findPasskeyByCredential(tx, response.id);
  if (key === undefined || (ownerId !== null && key.userId !== ownerId)) throw authErrors.passkey_refused();
  const party = await relyingPartyOf(tx, parts.publicUrl);
  await notePasskeyUse(tx, key.id, await readAuthentication(party, challenge, key, response));
  return key;
}
