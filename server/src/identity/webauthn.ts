import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { ReadTx } from "../platform/database/index.ts";
import { findOwnTenant, originOf } from "../tenants/index.ts";
import type { PasskeyKey } from "./factor-repository.ts";
import { authErrors } from "./identity-errors.ts";

/**
 * Whom passkeys are made for: the host that was asked, of those that are the tenant's. A tenant may answer on several, and browsers show a
 * passkey on the one alone that it was made on; of a host that is not its own the installation's address stands.
 */
export type RelyingParty = { readonly id: string; readonly name: string; readonly origin: string };

export async function relyingPartyOf(tx: ReadTx, publicUrl: string): Promise<RelyingParty> {
  const { name } = await findOwnTenant(tx, publicUrl);
  const { host = null } = tx.ctx;
  const { hostname, origin } = new URL(host === null ? publicUrl : originOf(host, publicUrl));
  return { id: hostname, name, origin };
}

/** Loaded with the first passkey: it takes long, and a server starts without having seen any. */
const library = () => import("@simplewebauthn/server");

/** EdDSA, ES256 and RS256 (COSE): what every device that makes passkeys signs with one of. */
const ALGORITHMS = [-8, -7, -257];

/** What a browser makes a passkey from. The device asks for a finger or a PIN: the passkey alone says who somebody is. */
export const registrationOptions = async (
  party: RelyingParty,
  of: { readonly userId: string; readonly email: string; readonly known: readonly PasskeyKey[] },
) =>
  (await library()).generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: new TextEncoder().encode(of.userId),
    userName: of.email,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: of.known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
  });

/** What a browser has a passkey sign; any passkey of the host where none are named. */
export const authenticationOptions = async (party: RelyingParty, known: readonly PasskeyKey[] = []) =>
  (await library()).generateAuthenticationOptions({
    rpID: party.id,
    userVerification: "required",
    ...(known.length > 0 && {
      allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    }),
  });

/** The credential that a browser has made for a challenge. Throws `auth.passkey_refused`. */
export async function readRegistration(party: RelyingParty, challenge: string, response: RegistrationResponseJSON) {
  const { verified, registrationInfo } = await orRefused(async () =>
    (await library()).verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!verified) throw authErrors.passkey_refused();
  return registrationInfo.credential;
}

/** How often the device of a passkey says it has signed, where what it signed is right. Throws `auth.passkey_refused`. */
export async function readAuthentication(
  party: RelyingParty,
  challenge: string,
  key: PasskeyKey,
  response: AuthenticationResponseJSON,
): Promise<bigint> {
  const { verified, authenticationInfo } = await orRefused(async () =>
    (await library()).verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: key.credentialId,
        publicKey: new Uint8Array(key.publicKey),
        counter: Number(key.counter),
        transports: key.transports,
      },
    }),
  );
  if (!verified) throw authErrors.passkey_refused();
  return BigInt(authenticationInfo.newCounter);
}

/** Whatever a browser sends that does not verify is refused alike: the library throws where it is malformed or not meant for us. */
async function orRefused<Result>(verify: () => Promise<Result>): Promise<Result> {
  try {
    return await verify();
  } catch (error) {
    throw authErrors.passkey_refused({}, error);
  }
}
