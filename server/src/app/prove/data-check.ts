import type { RawBuilder } from "kysely";
import type { Ctx } from "../../platform/context.ts";

/**
 * One statement about the data that must hold. `broken` lists what contradicts it, one row each, with words that name it; `counted` says how
 * many things were looked at, so that a check that looked at nothing is seen to have done so.
 */
export type DataCheck = {
  readonly name: string;
  /** The invariant of the architecture that it belongs to. */
  readonly invariant: "balanced" | "once" | "reserved" | "reproducible" | "isolated" | "chained" | "whole";
  readonly counted: (tenantId: string) => RawBuilder<{ count: bigint }>;
  readonly broken: (tenantId: string) => RawBuilder<{ what: string }>;
};

/** A check that needs a module's own code: replaying the engine, verifying the audit chain. */
export type ModuleCheck = {
  readonly name: string;
  readonly invariant: DataCheck["invariant"];
  readonly run: (ctx: Ctx) => Promise<{ readonly counted: bigint; readonly breaks: readonly string[] }>;
};
