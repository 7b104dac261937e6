import { type Ctx, requireScope } from "../platform/context.ts";
import { RETENTION, type RetentionRule } from "../platform/personal-data.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";

/** What outlives an erasure, by rule, and every column that does not: the sources' own word. */
export const getRetention =
  ({ sources }: Pick<PrivacyDeps, "sources">) =>
  async (ctx: Ctx) => {
    requireScope(ctx, "privacy:read");
    const held = sources.flatMap((source) => Object.entries(source.holds));
    const columnsOf = (treatment: string): string[] =>
      held
        .filter(([, how]) => how === treatment)
        .map(([column]) => column)
        .toSorted();
    const rules = Object.keys(RETENTION) as RetentionRule[];
    return {
      rules: rules.map((rule) => ({ rule, ...RETENTION[rule], columns: columnsOf(rule) })),
      erased: columnsOf("erased"),
    };
  };
