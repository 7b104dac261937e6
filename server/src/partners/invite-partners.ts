import { normalEmail } from "../identity/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, selectPage } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import {
  deleteInvitation,
  type Invitation,
  insertInvitations,
  invitationOf,
  selectInvitations,
} from "./invitation-repository.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { SEND_INVITATION_JOB } from "./partner-mails.ts";

/** Invites e-mails, which may register while the beta is on. Who is invited already is left as they are. */
export const invitePartners =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { emails }: { readonly emails: readonly string[] }): Promise<{ readonly invited: Invitation[] }> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const invited = await insertInvitations(tx, [...new Set(emails.map(normalEmail))]);
      for (const { id } of invited) {
        await enqueue(tx, SEND_INVITATION_JOB, { invitationId: id });
        await deps.audit.record(tx, "invitation.created", { targetType: "invitation", targetId: id });
      }
      return { invited };
    });

/** Takes an invitation back. Who has registered with it stays. */
export const withdrawInvitation =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { invitationId }: { readonly invitationId: string }): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      if (!(await deleteInvitation(tx, invitationId))) throw partnerErrors.invitation_not_found();
      await deps.audit.record(tx, "invitation.withdrawn", { targetType: "invitation", targetId: invitationId });
    });

/** Sorts of the list of invitations. */
export const INVITATION_SORTS = ["createdAt", "-createdAt", "email", "-email"] as const;

/** Invitations, newest first unless asked otherwise. */
export const findInvitations =
  (deps: PartnerDeps) =>
  (ctx: Ctx, filters: PageRequest): Promise<Page<Invitation>> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      const page = await selectPage(selectInvitations(tx), filters, {
        sorts: { createdAt: { column: "created_at", type: "timestamptz" }, email: { column: "email", type: "text" } },
        defaultSort: "-createdAt",
        idColumn: "id",
      });
      return { ...page, data: page.data.map(invitationOf) };
    });
  };
