import { publishBackdated, readBackdated } from "./backdate-plan.ts";
import { createProgram } from "./create-program.ts";
import { draftPlan } from "./draft-plan.ts";
import { editPlan } from "./edit-plan.ts";
import { findPlans, getPlan, showProgram } from "./find-plans.ts";
import { findPublishedHeads } from "./plan-repository.ts";
import type { ProgramDeps } from "./program-deps.ts";
import { getProgram, holdProgram, lockProgram } from "./program-repository.ts";
import { publishPlan } from "./publish-plan.ts";
import { createPublishedPlans } from "./published-plans.ts";
import { requireAllowed } from "./require-allowed.ts";
import { updateProgram } from "./update-program.ts";

/** The programme and the versions of its commission plan. */
export const createProgramService = (deps: ProgramDeps) => ({
  createProgram: createProgram(deps),
  showProgram: showProgram(deps),
  updateProgram: updateProgram(deps),
  draftPlan: draftPlan(deps),
  editPlan: editPlan(deps),
  publishPlan: publishPlan(deps),
  /** For `commissions`, in the transaction that books what it changes. */
  readBackdated,
  publishBackdated: publishBackdated(deps),
  findPlans: findPlans(deps),
  getPlan: getPlan(deps),
  getProgram,
  holdProgram,
  lockProgram,
  findPublishedHeads,
  publishedPlans: createPublishedPlans(),
  requireAllowed: requireAllowed(deps),
});

export type ProgramService = ReturnType<typeof createProgramService>;
