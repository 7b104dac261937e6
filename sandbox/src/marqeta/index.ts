export type { Answered, Purchase } from "./purchases.ts";
export { type MarqetaSandbox, type MarqetaSandboxOptions, startMarqetaSandbox } from "./start-marqeta-sandbox.ts";
export { type Post, signMarqeta } from "./webhook-sender.ts";
