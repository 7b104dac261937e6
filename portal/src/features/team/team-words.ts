import type { components } from "@tributary/sdk";
import { look, STATUSES, type StatusLook } from "../../ui/status-words.ts";

export type Teammate = components["schemas"]["Teammate"];
export const STAFF_ROLES = ["admin", "finance", "support"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

const INVITED = look("half", "info", "team.waiting");

/** Whether somebody takes part, has yet to take the invitation, or is kept out. */
export const memberLook = ({ status, hasJoined }: Pick<Teammate, "status" | "hasJoined">): StatusLook =>
  status === "active" && !hasJoined ? INVITED : STATUSES.user[status];
