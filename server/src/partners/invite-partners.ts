import { normalEmail } from "../identity/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, selectPage } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import {
  deleteInvitation,
  findInvitation,
  type Invitation,
  insertInvitations,
  invitationOf,
  selectInvitations,
} from "./invitation-repository.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { SEND_INVITATION_JOB } from "./partner-mails.ts";
import { invitationEvent } from "./team-events.ts";

/** Invites e-mails, which may register while the beta is on. Who is invited already is left as they are. */
export const invitePartners =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { emails }: { readonly emails: readonly string[] }): Promise<{ readonly invited: InvitationView[] }> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const invited = await insertInvitations(tx, [...new Set(emails.map(normalEmail))]);
      for (const { id } of invited) {
        await enqueue(tx, SEND_INVITATION_JOB, { invitationId: id, language: ctx.language ?? null });
        await deps.audit.record(tx, "invitation.created", { targetType: "invitation", targetId: id });
      }
      await deps.outbox.publish(
        tx,
        invited.map(({ id }) => invitationEvent("invitation.sent", id)),
      );
      const known = await deps.people.findKnownEmails(
        tx,
        invited.map(({ email }) => email),
      );
      return { invited: invited.map((invitation) => withAnswer(invitation, known)) };
    });

/** Takes an invitation back. Who has registered with it stays. */
export const withdrawInvitation =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { invitationId }: { readonly invitationId: string }): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      if (!(await deleteInvitation(tx, invitationId))) throw partnerErrors.invitation_not_found();
      await deps.audit.record(tx, "invitation.withdrawn", { targetType: "invitation", targetId: invitationId });
      await deps.outbox.publish(tx, [invitationEvent("invitation.withdrawn", invitationId)]);
    });

/** Sends an invitation again to somebody who has not registered. Throws `partner.invitation_not_found`, `partner.invitation_taken`. */
export const repeatPartnerInvitation =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { invitationId }: { readonly invitationId: string }): Promise<InvitationView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const invitation = await findInvitation(tx, invitationId);
      if (invitation === undefined) throw partnerErrors.invitation_not_found();
      const view = withAnswer(invitation, await deps.people.findKnownEmails(tx, [invitation.email]));
      if (view.hasRegistered) throw partnerErrors.invitation_taken();
      await enqueue(
        tx,
        SEND_INVITATION_JOB,
        { invitationId, language: ctx.language ?? null },
        { key: `invitation:${invitationId}` },
      );
      await deps.audit.record(tx, "invitation.repeated", { targetType: "invitation", targetId: invitationId });
      return view;
    });

/** An invitation, and whether somebody has registered with its e-mail. */
export type InvitationView = Invitation & { readonly hasRegistered: boolean };

const withAnswer = (invitation: Invitation, known: ReadonlySet<string>): InvitationView => ({
  ...invitation,
  hasRegistered: known.has(invitation.email),
});

/** Sorts of the list of invitations. */
export const INVITATION_SORTS = ["createdAt", "-createdAt", "email", "-email"] as const;

/** Invitations, newest first unless asked otherwise. */
export const findInvitations =
  (deps: PartnerDeps) =>
  (ctx: Ctx, filters: PageRequest): Promise<Page<InvitationView>> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, async (tx) => {
      const page = await selectPage(selectInvitations(tx), filters, {
        sorts: { createdAt: { column: "created_at", type: "timestamptz" }, email: { column: "email", type: "text" } },
        defaultSort: "-createdAt",
        idColumn: "id",
      });
      const invitations = page.data.map(invitationOf);
      const known = await deps.people.findKnownEmails(
        tx,
        invitations.map(({ email }) => email),
      );
      return { ...page, data: invitations.map((invitation) => withAnswer(invitation, known)) };
    });
  };
