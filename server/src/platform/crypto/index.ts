export type { Envelope, SealedInEnvelope } from "./envelope.ts";
export { createEnvelope } from "./envelope.ts";
export { createFingerprint, type Fingerprint } from "./fingerprint.ts";
export type { Sealer } from "./seal.ts";
export { createSealer } from "./seal.ts";
export type { Secrets } from "./secrets.ts";
export {
  deriveKey,
  equalsInConstantTime,
  generateSecrets,
  keyedHash,
  randomSecret,
  SECRET_BYTES,
} from "./secrets.ts";
