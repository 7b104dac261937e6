import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Endpoint } from "./endpoint-repository.ts";

export type EndpointEventType =
  | "webhook_endpoint.created"
  | "webhook_endpoint.updated"
  | "webhook_endpoint.secret_rotated"
  | "webhook_endpoint.failing"
  | "webhook_endpoint.disabled"
  | "webhook_endpoint.deleted";

/** News of an endpoint, for its owner's endpoints: never with its secret. */
export const endpointEvent = (type: EndpointEventType, endpoint: Endpoint): DomainEvent => {
  const { id, partnerId, url, description, events, status, statusReason, failingSince, previousSecretUntil } = endpoint;
  return {
    type,
    objectType: "webhook_endpoint",
    objectId: id,
    data: {
      id,
      partnerId,
      url,
      description,
      events,
      status: type === "webhook_endpoint.deleted" ? "deleted" : status,
      reason: type === "webhook_endpoint.failing" ? "failing" : statusReason,
      failingSince,
      previousSecretUntil,
    },
  };
};
