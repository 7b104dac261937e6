import type { Ctx } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { findInvitationOf } from "./invitation-repository.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";

/** Who may register: anybody, whose e-mail is invited, or nobody. */
export type RegistrationState = "open" | "invited" | "closed";

export async function registrationOf({ flags }: Pick<PartnerDeps, "flags">, ctx: Ctx): Promise<RegistrationState> {
  if (await flags.isEnabled(ctx, "partner-program")) return "open";
  return (await flags.isEnabled(ctx, "partner-program-beta")) ? "invited" : "closed";
}

/** Refuses whom the programme does not take now. Throws `partner.registration_closed`. */
export async function requireAdmitted(
  tx: ReadTx,
  { registration, email }: { readonly registration: RegistrationState; readonly email: string },
): Promise<void> {
  if (registration === "open") return;
  if (registration === "closed" || !(await findInvitationOf(tx, email))) throw partnerErrors.registration_closed();
}
