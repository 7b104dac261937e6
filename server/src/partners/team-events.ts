import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Member } from "./team-repository.ts";

/** News of somebody on a partner's team, for the partner and the operator. It does not say who it is: what was told cannot be forgotten with the person. */
export const memberEvent = (
  type: "member.invited" | "member.joined" | "member.changed" | "member.removed",
  { id, partner_id: partnerId, role, joined_at: joinedAt }: Pick<Member, "id" | "partner_id" | "role" | "joined_at">,
): DomainEvent => ({
  type,
  objectType: "member",
  objectId: id,
  data: {
    id,
    partnerId,
    role,
    status: type === "member.removed" ? "removed" : joinedAt === null ? "invited" : "joined",
  },
});

/** News of an invitation to register, without whom it was sent to. */
export const invitationEvent = (
  type: "invitation.sent" | "invitation.withdrawn" | "invitation.accepted",
  id: string,
): DomainEvent => ({
  type,
  objectType: "invitation",
  objectId: id,
  data: { id, status: type.slice("invitation.".length) },
});
