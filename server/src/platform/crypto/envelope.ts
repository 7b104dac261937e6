import { randomBytes } from "node:crypto";
import { createSealer, type Sealer } from "./seal.ts";
import { SECRET_BYTES } from "./secrets.ts";

/** A text under a key of its own, and that key under the installation's: whoever forgets the key has made the text unreadable for good. */
export type SealedInEnvelope = { readonly key: Buffer; readonly content: Buffer };

export type Envelope = {
  /** `context` names what the text belongs to, as of a sealer. */
  seal(text: string, context: string): SealedInEnvelope;
  open(sealed: SealedInEnvelope, context: string): string;
};

/** Envelope encryption over a sealer. */
export const createEnvelope = (sealer: Sealer): Envelope => ({
  seal: (text, context) => {
    const key = randomBytes(SECRET_BYTES);
    return {
      key: sealer.seal(key.toString("base64"), `${context}:key`),
      content: createSealer(key).seal(text, context),
    };
  },
  open: ({ key, content }, context) =>
    createSealer(Buffer.from(sealer.open(key, `${context}:key`), "base64")).open(content, context),
});
