export { flagRoutes } from "./flag-routes.ts";
export type { Flag, FlagKey, FlagRecorder, Flags } from "./flags.ts";
export { createFlags, FLAGS } from "./flags.ts";
