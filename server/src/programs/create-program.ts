import { requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { nameOwnTenant } from "../tenants/index.ts";
import { defaultTiers } from "./default-tiers.ts";
import { insertPublished } from "./plan-repository.ts";
import { parsePlan } from "./plan-rules.ts";
import type { PlanDocument } from "./plan-schema.ts";
import type { ProgramDeps } from "./program-deps.ts";
import { insertProgram } from "./program-repository.ts";
import { checkSettings, requireDestination } from "./program-rules.ts";
import type { Program, UpdateProgram } from "./program-schema.ts";

export type CreateProgram = UpdateProgram & {
  readonly name: string;
  readonly currency: string;
  /** The default plan when not given. */
  readonly tiers?: PlanDocument["tiers"];
};

const FIRST_VERSION = 1;

/** Makes the tenant's programme with the first version of its plan, which is in force from the beginning of time. */
export const createProgram =
  (deps: Pick<ProgramDeps, "audit">) =>
  async (tx: Tx, { tiers, ...input }: CreateProgram): Promise<Program> => {
    requireScope(tx.ctx, "program:write");
    const settings = checkSettings({
      timeZone: "UTC",
      destinationHosts: [],
      defaultDestination: null,
      attributionModel: "last" as const,
      requiresVerifiedEmail: false,
      autoApprovedTiers: ["tier1" as const],
      ...input,
    });
    requireDestination(settings);
    const plan = { tiers: tiers ?? defaultTiers(settings.currency) };
    parsePlan(plan);

    const program = await insertProgram(tx, settings);
    await nameOwnTenant(tx, program.name);
    const { currency, timeZone } = settings;
    const version = await insertPublished(tx, {
      programId: program.id,
      currency,
      timeZone,
      tiers: plan.tiers,
      version: FIRST_VERSION,
      effectiveFrom: null,
    });
    await deps.audit.record(tx, "program.created", {
      targetType: "program",
      targetId: program.id,
      after: { ...program, planId: version.id },
    });
    return program;
  };
