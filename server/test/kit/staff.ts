import { hashPassword, type StaffRole } from "../../src/identity/index.ts";
import { newId } from "../../src/kernel/id.ts";
import { PASSWORD, type WholeApp } from "./app.ts";

type Staff = { readonly role: StaffRole; readonly email?: string; readonly name?: string };

/** Somebody of the operator's team, who can sign in with `PASSWORD`. */
export async function addStaff(
  { app, ctx }: Pick<WholeApp, "app" | "ctx">,
  { role, email = `${role}-${newId()}@team.test`, name = role }: Staff,
): Promise<{ readonly id: string; readonly email: string }> {
  const passwordHash = await hashPassword(PASSWORD);
  const { id } = await app.db.transaction(ctx(), (tx) =>
    app.identity.createUser(tx, { email, role, passwordHash, name, isEmailVerified: true }),
  );
  return { id, email };
}
