import { createPrivateKey, createPublicKey } from "node:crypto";
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeJwt,
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

/** The same of a token that was verified. */
type VerifiedClaims = AccessClaims & { readonly expiresAt: Date };

export type KeyClaims = { readonly tenantId: string; readonly apiKey: string };

export type AccessTokens = {
  issue(claims: AccessClaims, at: Date): Promise<{ token: string; expiresAt: Date }>;
  /** A token that stands for an API key for a while: by the key's public id. */
  issueForKey(claims: KeyClaims, at: Date): Promise<{ token: string; expiresAt: Date }>;
  /** Whether a token says of itself that it stands for a key. It proves nothing. */
  isForKey(token: string): boolean;
  /** For which key a token says that it stands; undefined of what says so of none. It proves nothing. */
  keyNamedBy(token: string): string | undefined;
  /** As `verify`. */
  verifyForKey(token: string, at: Date): Promise<KeyClaims>;
  /** Throws `auth.token_invalid` for whatever is not a token of ours that is valid at `at`. */
  verify(token: string, at: Date): Promise<VerifiedClaims>;
  /** What other services verify our tokens with (RFC 7517). */
  readonly jwks: { readonly keys: PublicKey[] };
};

/** An Ed25519 key as a JWK (RFC 8037). */
type PublicKey = { kty: string; crv: string; x: string; kid: string; alg: string; use: string };

export const ACCESS_TOKEN_TTL_MS = 600_000;
const LOOK_TTL_MS = 900_000;
/** How far apart the clocks of two servers may be: what is dated later than that was made before a clock was set back. */
const CLOCKS_APART_MS = 60_000;

const ALGORITHM = "EdDSA";
const ISSUER = "tributary";
const AUDIENCE = "tributary-api";
/** RFC 9068: an access token says that it is one, so that no other JWT of ours can pass for it. */
const TYPE = "at+jwt";
/** A look is no access token of who looks: another service that verifies those must not take it for one. */
const LOOK_TYPE = "look+jwt";
/** And one that stands for a key says so: neither passes for the other. */
const KEY_TYPE = "key+jwt";
const KEY_AUDIENCE = "tributary-partner-api";
/** The ASN.1 around the 32 bytes of an Ed25519 private key (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** Makes the issuer. `seeds` are Ed25519 seeds: the first signs, all of them verify. */
export async function createAccessTokens(seeds: readonly [Buffer, ...Buffer[]]): Promise<AccessTokens> {
  const signing = await keyOf(seeds[0]);
  const others = await Promise.all(seeds.slice(1).map(keyOf));
  const jwks = { keys: [signing, ...others].map((key) => key.jwk) };
  const findKey = createLocalJWKSet(jwks);

  const sign = async ({
    subject,
    claims,
    type,
    audience,
    ttlMs = ACCESS_TOKEN_TTL_MS,
    at,
  }: Signing): Promise<{ token: string; expiresAt: Date }> => {
    const expiresAt = new Date(at.getTime() + ttlMs);
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid: signing.jwk.kid, typ: type })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(at)
      .setExpirationTime(expiresAt)
      .sign(signing.privateKey);
    return { token, expiresAt };
  };
  /** The claims of a token of ours that is valid at `at`; undefined for what is none. */
  const read = async (token: string, { type, audience, at }: Pick<Signing, "type" | "audience" | "at">) => {
    try {
      const { payload } = await jwtVerify(token, findKey, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience,
        typ: type,
        currentDate: at,
        requiredClaims: ["sub", "tid", "exp", "iat"],
      });
      // It would be good for longer than any token is.
      const isOfLater = (payload.iat ?? 0) * 1_000 > at.getTime() + CLOCKS_APART_MS;
      return isOfLater ? undefined : payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      return undefined;
    }
  };

  return {
    jwks,
    issue: ({ tenantId, userId, sessionId, looksAs }, at) => {
      const person = { tid: tenantId, sid: sessionId };
      return looksAs === undefined
        ? sign({ subject: userId, claims: person, type: TYPE, audience: AUDIENCE, at })
        : sign({
            subject: userId,
            claims: { ...person, pid: looksAs.partnerId, tier: looksAs.partnerTier },
            type: LOOK_TYPE,
            audience: AUDIENCE,
            ttlMs: LOOK_TTL_MS,
            at,
          });
    },
    verify: async (token, at) => {
      const isLook = typeOf(token) === LOOK_TYPE;
      const payload = await read(token, { type: isLook ? LOOK_TYPE : TYPE, audience: AUDIENCE, at });
      const { sub, sid, tid, pid, tier, exp = 0 } = payload ?? {};
      if (isUuid(sub) && isUuid(sid) && isUuid(tid)) {
        const claims = { tenantId: tid, userId: sub, sessionId: sid, expiresAt: new Date(exp * 1000) };
        if (!isLook) return claims;
        if (isUuid(pid)) return { ...claims, looksAs: { partnerId: pid, partnerTier: tier as PartnerTier } };
      }
      throw authErrors.token_invalid();
    },
    issueForKey: ({ tenantId, apiKey }, at) =>
      sign({ subject: apiKey, claims: { tid: tenantId }, type: KEY_TYPE, audience: KEY_AUDIENCE, at }),
    isForKey: (token) => typeOf(token) === KEY_TYPE,
    keyNamedBy: (token) => (typeOf(token) === KEY_TYPE ? subjectOf(token) : undefined),
    verifyForKey: async (token, at) => {
      const { sub, tid } = (await read(token, { type: KEY_TYPE, audience: KEY_AUDIENCE, at })) ?? {};
      if (typeof sub === "string" && isUuid(tid)) return { tenantId: tid, apiKey: sub };
      throw authErrors.token_invalid();
    },
  };
}

type Signing = {
  readonly subject: string;
  readonly claims: Readonly<Record<string, string>>;
  readonly type: string;
  readonly audience: string;
  /** Ten minutes where it is not given. */
  readonly ttlMs?: number;
  readonly at: Date;
};

/** What a token says that it is; undefined of what has no header that can be read. It proves nothing. */
function typeOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).typ;
  } catch {
    return undefined;
  }
}

/** Whom a token says that it is about; undefined of what cannot be read. It proves nothing. */
function subjectOf(token: string): string | undefined {
  try {
    return decodeJwt(token).sub;
  } catch {
    return undefined;
  }
}

async function keyOf(seed: Buffer) {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" });
  const { kty, crv, x } = await exportJWK(createPublicKey(privateKey));
  invariant(kty !== undefined && crv !== undefined && x !== undefined, "an Ed25519 key has these members (RFC 8037)");
  const key = { kty, crv, x };
  return { privateKey, jwk: { ...key, kid: await calculateJwkThumbprint(key), alg: ALGORITHM, use: "sig" } };
}

const isUuid = (value: unknown): value is string => typeof value === "string" && isId(value);
