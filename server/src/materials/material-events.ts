import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Material } from "./material-repository.ts";

/** News of a material, for the operator: partners read what is offered to them. */
export const materialEvent = (
  type: "material.published" | "material.changed" | "material.versioned" | "material.withdrawn",
  { id, kind, title, description, tiers, destinationUrl, status, version }: Material,
): DomainEvent => ({
  type,
  objectType: "material",
  objectId: id,
  data: { id, kind, title, description, tiers, destinationUrl, status, version },
});
