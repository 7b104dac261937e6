import type { Tx } from "../platform/database/index.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { markEmailVerified, type User } from "./user-repository.ts";

/** Marks somebody's e-mail as theirs, and tells whom it concerns, once. */
export async function recordVerified(
  parts: Pick<IdentityParts, "audit" | "outbox">,
  tx: Tx,
  { id }: Pick<User, "id">,
): Promise<void> {
  if (!(await markEmailVerified(tx, id))) return;
  await parts.audit.record(tx, "user.email_verified", { targetType: "user", targetId: id });
  await parts.outbox.publish(tx, [
    { type: "user.email_verified", objectType: "user", objectId: id, data: { userId: id } },
  ]);
}
