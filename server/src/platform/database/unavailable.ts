import { defineErrors } from "../../kernel/errors.ts";

export const databaseErrors = defineErrors("database", {
  unavailable: {
    kind: "unavailable",
    title: "The database does not answer or cannot write; ask again in a moment, with the same Idempotency-Key",
  },
});

/**
 * Classes of SQLSTATE that say nothing about the request: the connection broke (08), resources or the disk are used up (53), Postgres was told
 * to stop or a statement ran out of time (57), its files cannot be read or written (58).
 */
const CLASSES: readonly string[] = ["08", "53", "57", "58"];
/** Still in each other's way after the last attempt: a deadlock, a serialisation failure, a lock that did not come free. */
const CONTENDED: readonly string[] = ["40001", "40P01", "55P03"];
const BROKEN_CONNECTION: readonly string[] = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH"];
/** What the driver says without a code. */
const DRIVER_WORDS =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool after calling end)/;

/** Whether the database could not do what it was asked, whatever that was: the same again may work in a moment. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as Error & { readonly code?: unknown; readonly syscall?: unknown };
  if (typeof code !== "string") return DRIVER_WORDS.test(error.message);
  // A socket that is not there (ENOENT) or an unknown host: whatever the system calls it, nobody was reached.
  if (syscall === "connect" || BROKEN_CONNECTION.includes(code)) return true;
  return code.length === 5 && (CLASSES.includes(code.slice(0, 2)) || CONTENDED.includes(code));
}
