import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from "node:crypto";
import { invariant } from "../../kernel/invariant.ts";

/** Encrypts what must be read again (bank details, webhook secrets). What need not be read again is hashed instead. */
export type Sealer = {
  /** `context` names what the text belongs to (table and row): a sealed value moved to another row does not open. */
  seal(text: string, context: string): Buffer;
  open(sealed: Buffer, context: string): string;
};

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 1;

/** AES-256-GCM. Layout: format byte, nonce, tag, ciphertext. */
export function createSealer(key: Buffer): Sealer {
  invariant(key.length === KEY_BYTES, `an encryption key has ${KEY_BYTES} bytes`);
  // As an object once: node takes a while each time to find out what plain bytes are.
  const secret = createSecretKey(key);
  return {
    seal: (text, context) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", secret, nonce).setAAD(Buffer.from(context));
      const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ciphertext]);
    },
    open: (sealed, context) => {
      invariant(sealed[0] === FORMAT, "sealed values carry their format");
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", secret, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
      const ciphertext = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
    },
  };
}
