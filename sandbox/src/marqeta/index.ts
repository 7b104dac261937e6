export type { Post } from "./post.ts";
export type { Answered, Purchase } from "./purchases.ts";
export { type MarqetaSandbox, type MarqetaSandboxOptions, startMarqetaSandbox } from "./start-marqeta-sandbox.ts";
export { signMarqeta } from "./webhook-sender.ts";
