import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { mailJobOf, SEND_VERIFICATION_JOB } from "./mail-job.ts";
import { insertUser, type NewUser, type User } from "./user-repository.ts";

/** Adds somebody who can sign in, in the caller's transaction. Throws `user.email_taken`. */
export async function createUser(parts: Pick<IdentityParts, "audit">, tx: Tx, input: NewUser): Promise<User> {
  const user = await insertUser(tx, input);
  await parts.audit.record(tx, "user.created", { targetType: "user", targetId: user.id, after: { role: user.role } });
  return user;
}

/** Has a link sent with which somebody shows that an e-mail is theirs. The link is made when the mail is. */
export async function sendVerification(tx: Tx, user: Pick<User, "id">): Promise<void> {
  await enqueue(tx, SEND_VERIFICATION_JOB, mailJobOf(tx.ctx, user.id), { key: `verify:${user.id}` });
}
