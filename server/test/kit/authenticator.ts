import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";

/** A device that makes passkeys and signs with them, as WebAuthn has it (level 2, sections 6.1 and 6.5). */
export type Authenticator = {
  readonly credentialId: string;
  /** What the browser answers to `navigator.credentials.create`. */
  register(asked: { readonly challenge: string }, more?: Told): object;
  /** What it answers to `navigator.credentials.get`. */
  sign(asked: { readonly challenge: string }, more?: Told): object;
};

/** Where the browser stands, and what it says that an honest one would not. */
export type Told = {
  readonly origin?: string;
  readonly host?: string;
  readonly isVerified?: boolean;
  /** As that of a copy of the device would. */
  readonly counter?: number;
};

const base64url = (bytes: Buffer): string => bytes.toString("base64url");
const sha256 = (bytes: string | Buffer): Buffer => createHash("sha256").update(bytes).digest();

/** Just enough CBOR (RFC 8949): small integers, bytes, texts and maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, size: number): Buffer =>
    size < 24
      ? Buffer.of((major << 5) | size)
      : size < 256
        ? Buffer.of((major << 5) | 24, size)
        : Buffer.of((major << 5) | 25, size >> 8, size & 0xff);
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])]);
  throw new TypeError("this CBOR has no such value");
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

export function createAuthenticator(at: { readonly origin: string }): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(32);
  const credentialId = base64url(id);
  let signed = 0;

  const clientData = (type: string, challenge: string, { origin = at.origin }: Told): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authData = (
    flags: number,
    { host, isVerified = true, counter }: Told,
    rest: Buffer = Buffer.alloc(0),
  ): Buffer => {
    signed += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? signed);
    const rp = sha256(host ?? new URL(at.origin).hostname);
    return Buffer.concat([rp, Buffer.of(flags | PRESENT | (isVerified ? VERIFIED : 0)), count, rest]);
  };
  const answer = (response: Record<string, string>): object => ({
    id: credentialId,
    rawId: credentialId,
    type: "public-key",
    response,
    clientExtensionResults: {},
  });

  return {
    credentialId,
    register: ({ challenge }, more = {}) => {
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      const key = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ]);
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, cbor(key)]);
      const attestation = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData(HAS_CREDENTIAL, more, credential)],
      ]);
      return answer({
        clientDataJSON: base64url(clientData("webauthn.create", challenge, more)),
        attestationObject: base64url(cbor(attestation)),
      });
    },
    sign: ({ challenge }, more = {}) => {
      const data = authData(0, more);
      const client = clientData("webauthn.get", challenge, more);
      const signature = createSign("sha256")
        .update(Buffer.concat([data, sha256(client)]))
        .sign(privateKey);
      return answer({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      });
    },
  };
}
