import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../kernel/id.ts";
import { ACCESS_TOKEN_TTL_MS, type AccessTokens, createAccessTokens } from "./access-token.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const seed = randomBytes(32);
const claims = { tenantId: newId(), userId: newId(), sessionId: newId() };
let tokens: AccessTokens;
let token: string;

beforeAll(async () => {
  tokens = await createAccessTokens([seed]);
  ({ token } = await tokens.issue(claims, NOW));
});

const payload = { tid: claims.tenantId, sid: claims.sessionId };
const described = (jwt: SignJWT) =>
  jwt
    .setIssuer("tributary")
    .setAudience("tributary-api")
    .setSubject(claims.userId)
    .setIssuedAt(NOW)
    .setExpirationTime(new Date(NOW.getTime() + 600_000));
const kid = () => tokens.jwks.keys[0]?.kid ?? "";
const ownKey = createPrivateKey({
  key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
  format: "der",
  type: "pkcs8",
});
const header = { alg: "EdDSA", typ: "at+jwt" } as const;
/** What it says: and until when. */
const told = { ...claims, expiresAt: new Date(NOW.getTime() + ACCESS_TOKEN_TTL_MS) };
const invalid = { code: "auth.token_invalid" };

describe("an access token", () => {
  it("says who, for ten minutes", async () => {
    expect(await tokens.verify(token, NOW)).toEqual(told);
    const last = new Date(NOW.getTime() + ACCESS_TOKEN_TTL_MS - 1_000);
    expect(await tokens.verify(token, last)).toEqual(told);
    await expect(tokens.verify(token, new Date(NOW.getTime() + ACCESS_TOKEN_TTL_MS))).rejects.toMatchObject(invalid);
  });

  it("that was made before a clock was set back is none: it would be good for as long as that was", async () => {
    const before = (ms: number) => new Date(NOW.getTime() - ms);
    await expect(tokens.verify(token, before(61_000))).rejects.toMatchObject(invalid);
    // The clocks of two servers are never quite the same.
    expect(await tokens.verify(token, before(5_000))).toEqual(told);
  });

  it("is verified with what the key set publishes, which holds nothing private", () => {
    expect(tokens.jwks.keys).toEqual([
      { kty: "OKP", crv: "Ed25519", x: expect.any(String), kid: kid(), alg: "EdDSA", use: "sig" },
    ]);
  });

  it("of the key before is taken until that key is taken away", async () => {
    const rotated = await createAccessTokens([randomBytes(32), seed]);
    expect(await rotated.verify(token, NOW)).toEqual(told);
    const after = await createAccessTokens([randomBytes(32)]);
    await expect(after.verify(token, NOW)).rejects.toMatchObject(invalid);
  });

  it("that is not signed is refused", async () => {
    const unsigned = new UnsecuredJWT(payload)
      .setIssuer("tributary")
      .setAudience("tributary-api")
      .setSubject(claims.userId)
      .setIssuedAt(NOW)
      .setExpirationTime(new Date(NOW.getTime() + 600_000))
      .encode();
    await expect(tokens.verify(unsigned, NOW)).rejects.toMatchObject(invalid);
    await expect(tokens.verify(`${token.split(".").slice(0, 2).join(".")}.`, NOW)).rejects.toMatchObject(invalid);
  });

  it("signed with the public key as if it were a shared secret is refused", async () => {
    const [key] = tokens.jwks.keys;
    for (const secret of [Buffer.from(key?.x ?? "", "base64url"), Buffer.from(JSON.stringify(key))]) {
      const parts = [
        { alg: "HS256", typ: "at+jwt", kid: kid() },
        JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()),
      ];
      const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
      const forged = `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
      await expect(tokens.verify(forged, NOW)).rejects.toMatchObject(invalid);
    }
  });

  it("signed by another key under our key's name, or by a key that it brings along, is refused", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const jwk = publicKey.export({ format: "jwk" });
    for (const named of [{ kid: kid() }, { kid: "other" }, { jwk: { kty: "OKP", crv: "Ed25519", x: jwk.x ?? "" } }]) {
      const forged = await described(new SignJWT(payload))
        .setProtectedHeader({ ...header, ...named })
        .sign(privateKey);
      await expect(tokens.verify(forged, NOW)).rejects.toMatchObject(invalid);
    }
  });

  it.each([
    ["of another type", { header: { ...header, typ: "JWT" } }],
    ["for another audience", { audience: "somebody-else" }],
    ["of another issuer", { issuer: "somebody-else" }],
    ["without a tenant", { payload: { sid: claims.sessionId } }],
    ["with a tenant that is no id", { payload: { ...payload, tid: "' or true --" } }],
  ])(
    "%s is refused, though our key signed it",
    async (_what, change: {
      header?: typeof header | { alg: string; typ: string };
      audience?: string;
      issuer?: string;
      payload?: Record<string, string>;
    }) => {
      const jwt = described(new SignJWT(change.payload ?? payload));
      if (change.audience) jwt.setAudience(change.audience);
      if (change.issuer) jwt.setIssuer(change.issuer);
      const odd = await jwt.setProtectedHeader({ ...(change.header ?? header), kid: kid() }).sign(ownKey);
      await expect(tokens.verify(odd, NOW)).rejects.toMatchObject(invalid);
    },
  );

  it("that is no token at all is refused", async () => {
    for (const text of ["", "x", "a.b.c", `${token}x`, "..", token.slice(1)])
      await expect(tokens.verify(text, NOW)).rejects.toMatchObject(invalid);
  });
});
