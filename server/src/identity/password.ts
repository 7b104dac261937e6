import { hash, verify } from "@node-rs/argon2";

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash that says how it was made (PHC string). The same text in another Unicode form is the same password. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"), ARGON2);

/** Hash of nobody's password: checking it takes as long as checking somebody's. */
const NOBODY = hashPassword("nobody has this password");

/** Whether the password is right. Takes the same time where there is no hash at all. */
export async function isRightPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await NOBODY), password.normalize("NFKC"));
  return isRight && passwordHash !== null;
}
