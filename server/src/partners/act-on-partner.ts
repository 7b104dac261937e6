import { requireRecentProof } from "../identity/index.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { changeStatus } from "./change-status.ts";
import { contactOf, profileOf } from "./find-partners.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import type { PartnerAct, PartnerStatus } from "./partner-rules.ts";
import { type OwnProfile, type PartnerRecord, recordView } from "./partner-view.ts";
import { registrationOf, requireAdmitted } from "./registration.ts";

export type ActOnPartner = {
  readonly partnerId: string;
  readonly reason?: string;
  readonly tell?: string;
  /** The state that whoever decides has seen. */
  readonly from?: PartnerStatus;
};

const operatorAct =
  (act: PartnerAct) =>
  (deps: PartnerDeps) =>
  (ctx: Ctx, { partnerId, reason, tell, from }: ActOnPartner): Promise<PartnerRecord> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const change = { partnerId, act, reason: reason ?? null, told: tell ?? null, from };
      const partner = await changeStatus(deps, tx, change);
      const contacts = await deps.people.contactsOf(tx, [partner.userId]);
      return recordView(partner, contacts.get(partner.userId));
    });

/** Makes a partner active: what its customers bring from now on earns. */
export const approvePartner = operatorAct("approve");
/** Turns a registration down. What `tell` says the applicant reads, with the way to apply again; the reason stays with the team. */
export const rejectPartner = operatorAct("reject");
/** Stops approvals of commissions, and payouts; what is earned meanwhile is held. */
export const suspendPartner = operatorAct("suspend");
/** Ends a suspension. */
export const reinstatePartner = operatorAct("reinstate");
/** Stops earning for good; what is left is paid out after its hold. */
export const terminatePartner = operatorAct("terminate");

/**
 * Whose application was refused applies again, and says what has changed: it waits for a person. Throws `partner.wrong_state`,
 * `partner.registration_closed`.
 */
export const applyAgain =
  (deps: PartnerDeps) =>
  async (ctx: Ctx, { message }: { readonly message: string }): Promise<OwnProfile> => {
    const registration = await registrationOf(deps, ctx);
    return deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:profile:write");
      const partnerId = requirePartner(ctx);
      const applied = await changeStatus(deps, tx, { partnerId, act: "reapply", reason: message });
      // After the state: who was not refused is told that, whether the programme takes anybody or not.
      const { email } = await contactOf(deps)(tx, partnerId);
      await requireAdmitted(tx, { registration, email });
      return profileOf(deps, tx, applied);
    });
  };

/** The acting partner closes its own account, which is a termination. Throws `auth.step_up_required`. */
export const closeAccount =
  (deps: PartnerDeps) =>
  (ctx: Ctx): Promise<OwnProfile> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:account:close");
      requireRecentProof(ctx);
      const partnerId = requirePartner(ctx);
      const closed = await changeStatus(deps, tx, { partnerId, act: "terminate", reason: "Closed by the partner" });
      return profileOf(deps, tx, closed);
    });
