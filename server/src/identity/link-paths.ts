import type { LinkPurpose } from "./one-time-link.ts";

/** The pages that links lead to. */
export const LINK_PATHS = {
  verify_email: "/auth/verify-email",
  reset_password: "/auth/reset-password",
  accept_invitation: "/auth/accept-invitation",
  set_up: "/auth/set-up",
} as const satisfies Record<LinkPurpose, string>;
