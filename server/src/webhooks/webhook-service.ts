import { deleteEndpoint, enableEndpoint, rotateSecret, updateEndpoint } from "./change-endpoint.ts";
import { createEndpoint } from "./create-endpoint.ts";
import { fanOut } from "./fan-out.ts";
import { getDelivery, getEndpoint, listDeliveries, listEndpoints } from "./find-webhooks.ts";
import { forgetOldEvents, forgetWebhooks } from "./forget-webhooks.ts";
import { pingEndpoint } from "./ping-endpoint.ts";
import { replayDelivery, replayRange } from "./replay-deliveries.ts";
import { endGone, sendOwnerNotice, watchEndpoints } from "./watch-endpoints.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Webhooks: endpoints that are told of events, and what became of the telling. */
export const createWebhookService = (deps: WebhookDeps) => ({
  createEndpoint: createEndpoint(deps),
  updateEndpoint: updateEndpoint(deps),
  enableEndpoint: enableEndpoint(deps),
  rotateSecret: rotateSecret(deps),
  deleteEndpoint: deleteEndpoint(deps),
  pingEndpoint: pingEndpoint(deps),
  replayDelivery: replayDelivery(deps),
  replayRange: replayRange(deps),
  listEndpoints: listEndpoints(deps),
  getEndpoint: getEndpoint(deps),
  listDeliveries: listDeliveries(deps),
  getDelivery: getDelivery(deps),
  fanOut: fanOut(deps),
  endGone: endGone(deps),
  watchEndpoints: watchEndpoints(deps),
  sendOwnerNotice: sendOwnerNotice(deps),
  forgetWebhooks: forgetWebhooks(deps),
  forgetOldEvents: forgetOldEvents(deps),
});

export type WebhookService = ReturnType<typeof createWebhookService>;
