import { randomBytes } from "node:crypto";
import { equalsInConstantTime, type Sealer } from "../platform/crypto/index.ts";
import type { CallerSecrets } from "./card-issuer.ts";

/** What is kept sealed of a programme: how we reach the issuer, and how it reaches us. */
export type ProgramSecrets = {
  readonly applicationToken: string;
  readonly adminToken: string;
  readonly caller: CallerSecrets;
};

/** What a sealed value belongs to: moved to another row it does not open. */
const programContext = (programId: string): string => `card_programs:${programId}`;

export const sealSecrets = (sealer: Sealer, programId: string, secrets: ProgramSecrets): Buffer =>
  sealer.seal(JSON.stringify(secrets), programContext(programId));

/** Written by `sealSecrets` alone. */
export const openSecrets = (sealer: Sealer, programId: string, sealed: Buffer): ProgramSecrets =>
  JSON.parse(sealer.open(sealed, programContext(programId))) as ProgramSecrets;

const CALLER = "tributary";
const SECRET_BYTES = 24;
/** The issuer asks of each secret that it holds lower and upper case, a digit and a symbol, in 20 to 50 characters. */
const newSecret = (): string => `${randomBytes(SECRET_BYTES).toString("base64url")}aA1!`;

export const newCallerSecrets = (): CallerSecrets => ({
  username: CALLER,
  password: newSecret(),
  signingSecret: newSecret(),
});

/** Whether an Authorization header is the one that the issuer was given for this programme. */
export function isCaller({ username, password }: CallerSecrets, authorization: string | undefined): boolean {
  const right = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return authorization !== undefined && equalsInConstantTime(Buffer.from(right), Buffer.from(authorization));
}
