export { countUntold } from "./count-untold.ts";
export type { AfterListener, AfterSubscriptions, BatchListener } from "./dispatcher.ts";
export { createDispatcher } from "./dispatcher.ts";
export { outboxCron } from "./forget-events.ts";
export { findGivenUpEvents, type GivenUpEvent } from "./given-up-events.ts";
export type { DomainEvent, InsideListener, InsideSubscriptions, Outbox } from "./outbox.ts";
export { createOutbox } from "./outbox.ts";
