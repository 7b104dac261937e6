export type { StandingName } from "./account-standing.ts";
export type { RefusalCode } from "./api-error.ts";
export type { SeenRequest } from "./api-routes.ts";
export type { TestBankName } from "./bank-accounts.ts";
export type { EventRecord } from "./events.ts";
export type { Fault, FaultOptions } from "./faults.ts";
export { type StripeSandbox, type StripeSandboxOptions, startStripeSandbox } from "./start-stripe-sandbox.ts";
export type { DeliveryAttempt } from "./webhook-delivery.ts";
export type { WebhookEndpointInput } from "./webhook-endpoints.ts";
