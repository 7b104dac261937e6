import { derivedId } from "../kernel/id.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { ApiKey } from "./api-key-repository.ts";
import type { User } from "./user-repository.ts";

/** News of a key, for whose it is and the operator: never with its secret. */
export const keyEvent = (
  type: "key.created" | "key.revoked",
  { id, name, mode, scopes, status, expiresAt }: ApiKey,
  partnerId: string | null,
): DomainEvent => ({
  type,
  objectType: "key",
  objectId: id,
  data: {
    id,
    partnerId,
    name,
    mode,
    scopes,
    status: status === "revoked" ? "revoked" : "active",
    expiresAt,
  },
});

/** News of a person of the team. It does not say who it is: what was told cannot be forgotten with the person. */
export const userEvent = (
  type: "user.invited" | "user.joined" | "user.updated" | "user.factors_reset",
  { id, role, status }: Pick<User, "id" | "role" | "status">,
): DomainEvent => ({ type, objectType: "user", objectId: id, data: { id, role, status } });

/** News of who must have a second factor. */
export const signInSettingsEvent = (
  tenantId: string,
  settings: { readonly requiredRoles: readonly string[]; readonly graceDays: number },
): DomainEvent => ({
  type: "sign_in_settings.changed",
  objectType: "sign_in_settings",
  objectId: derivedId("sign_in_settings", tenantId),
  data: settings,
});
