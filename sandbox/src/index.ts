export * from "./clock.ts";
export * from "./mailbox/index.ts";
export * from "./marqeta/index.ts";
export * from "./shop/index.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./start-sandbox.ts";
export * from "./stripe/index.ts";
