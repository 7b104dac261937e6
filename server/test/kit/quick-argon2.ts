import { createRequire } from "node:module";

// By its path, since its name leads here.
const argon2 = createRequire(import.meta.url)("@node-rs/argon2") as typeof import("@node-rs/argon2");

/** The least that it takes. */
const QUICK = { memoryCost: 8, timeCost: 1, parallelism: 1 } as const;

/**
 * Stands for the library of password hashes in the processes of tests, which hash and check by the thousand: the same but for the cost. What it
 * costs in truth has a test of its own, and servers that tests start pay it.
 */
export const hash = (password: string): Promise<string> => argon2.hash(password, QUICK);
/** By the cost that the hash names. */
export const verify = (hashed: string, password: string): Promise<boolean> => argon2.verify(hashed, password);
