import type { Job } from "../platform/jobs/index.ts";
import { OPEN_JOB, type OpenSubOperator } from "./create-sub-operator.ts";
import type { WhitelabelService } from "./whitelabel-service.ts";

/** Written by `enqueue` of this module alone. */
const asOpening = (payload: unknown): OpenSubOperator => payload as OpenSubOperator;

export const subOperatorJobs = (whitelabel: WhitelabelService): Job[] => [
  { name: OPEN_JOB, handle: (ctx, payload) => whitelabel.openSubOperator(ctx, asOpening(payload)) },
];
