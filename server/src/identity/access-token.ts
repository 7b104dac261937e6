import { createPrivateKey, createPublicKey } from "node:crypto";
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  exportJWK,
  jwtVerify,
  SignJWT,
} from "jose";
import { isId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { PartnerTier } from "../platform/context.ts";
import { authErrors } from "./identity-errors.ts";

/** Who a token says its bearer is. What they may do is read from the database with every request. */
export type AccessClaims = {
  readonly tenantId: string;
  readonly userId: string;
  readonly sessionId: string;
  /** The partner as which the bearer looks, and its tier when the look began. */
  readonly looksAs?: { readonly partnerId: string; readonly partnerTier: PartnerTier };
};

export type AccessTokens = {
  issue(claims: AccessClaims, at: Date): Promise<{ token: string; expiresAt: Date }>;
  /** Throws `auth.token_invalid` for whatever is not a token of ours that is valid at `at`. */
  verify(token: string, at: Date): Promise<AccessClaims>;
  /** What other services verify our tokens with (RFC 7517). */
  readonly jwks: { readonly keys: PublicKey[] };
};

/** An Ed25519 key as a JWK (RFC 8037). */
type PublicKey = { kty: string; crv: string; x: string; kid: string; alg: string; use: string };

export const ACCESS_TOKEN_TTL_MS = 600_000;
const LOOK_TTL_MS = 900_000;

const ALGORITHM = "EdDSA";
const ISSUER = "tributary";
const AUDIENCE = "tributary-api";
/** RFC 9068: an access token says that it is one, so that no other JWT of ours can pass for it. */
const TYPE = "at+jwt";
/** A look is no access token of who looks: another service that verifies those must not take it for one. */
const LOOK_TYPE = "look+jwt";
/** The ASN.1 around the 32 bytes of an Ed25519 private key (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** Makes the issuer. `seeds` are Ed25519 seeds: the first signs, all of them verify. */
export async function createAccessTokens(seeds: readonly [Buffer, ...Buffer[]]): Promise<AccessTokens> {
  const signing = await keyOf(seeds[0]);
  const others = await Promise.all(seeds.slice(1).map(keyOf));
  const jwks = { keys: [signing, ...others].map((key) => key.jwk) };
  const findKey = createLocalJWKSet(jwks);

  return {
    jwks,
    issue: async ({ tenantId, userId, sessionId, looksAs }, at) => {
      const expiresAt = new Date(at.getTime() + (looksAs === undefined ? ACCESS_TOKEN_TTL_MS : LOOK_TTL_MS));
      const look = looksAs === undefined ? {} : { pid: looksAs.partnerId, tier: looksAs.partnerTier };
      const token = await new SignJWT({ tid: tenantId, sid: sessionId, ...look })
        .setProtectedHeader({
          alg: ALGORITHM,
          kid: signing.jwk.kid,
          typ: looksAs === undefined ? TYPE : LOOK_TYPE,
        })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt(at)
        .setExpirationTime(expiresAt)
        .sign(signing.privateKey);
      return { token, expiresAt };
    },
    verify: async (token, at) => {
      try {
        const isLook = decodeProtectedHeader(token).typ === LOOK_TYPE;
        const { payload } = await jwtVerify(token, findKey, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          typ: isLook ? LOOK_TYPE : TYPE,
          currentDate: at,
          requiredClaims: ["sub", "sid", "tid", "exp", "iat"],
        });
        const { sub, sid, tid, pid, tier } = payload;
        if (isUuid(sub) && isUuid(sid) && isUuid(tid)) {
          const claims = { tenantId: tid, userId: sub, sessionId: sid };
          if (!isLook) return claims;
          if (isUuid(pid)) return { ...claims, looksAs: { partnerId: pid, partnerTier: tier as PartnerTier } };
        }
      } catch (error) {
        // What has no header that can be read is a TypeError.
        if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error;
      }
      throw authErrors.token_invalid();
    },
  };
}

async function keyOf(seed: Buffer) {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" });
  const { kty, crv, x } = await exportJWK(createPublicKey(privateKey));
  invariant(kty !== undefined && crv !== undefined && x !== undefined, "an Ed25519 key has these members (RFC 8037)");
  const key = { kty, crv, x };
  return { privateKey, jwk: { ...key, kid: await calculateJwkThumbprint(key), alg: ALGORITHM, use: "sig" } };
}

const isUuid = (value: unknown): value is string => typeof value === "string" && isId(value);
