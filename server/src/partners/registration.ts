import type { Ctx } from "../platform/context.ts";
import type { PartnerDeps } from "./partner-deps.ts";

/** Who may register: anybody, whose e-mail is invited, or nobody. */
export type RegistrationState = "open" | "invited" | "closed";

export async function registrationOf({ flags }: Pick<PartnerDeps, "flags">, ctx: Ctx): Promise<RegistrationState> {
  if (await flags.isEnabled(ctx, "partner-program")) return "open";
  return (await flags.isEnabled(ctx, "partner-program-beta")) ? "invited" : "closed";
}
