export type { AddressPolicy } from "./address-rules.ts";
export { createDeliverer, type Deliverer, type DelivererOptions } from "./deliver.ts";
export { createEventHub } from "./event-hub.ts";
export { createEventStreams } from "./stream-events.ts";
export { webhookCron, webhookJobs } from "./webhook-jobs.ts";
export { webhookRoutes } from "./webhook-routes.ts";
export { createWebhookService, type WebhookService } from "./webhook-service.ts";
