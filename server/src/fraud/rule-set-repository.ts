import type { ReadTx, Tx } from "../platform/database/index.ts";
import { DEFAULT_RULES, type RuleSet } from "./fraud-rules.ts";

/** When, by whom and why a version was made; null of the defaults. */
export type RuleSetVersion = RuleSet & {
  readonly made: { readonly at: Date; readonly by: string; readonly reason: string } | null;
};

/** The rules in force. */
export async function findRuleSet(tx: ReadTx): Promise<RuleSetVersion> {
  const row = await tx
    .selectFrom("fraud_rule_sets")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return { ...DEFAULT_RULES, made: null };
  // Written by this module alone; a rule that is newer than the row has its default.
  const kept = row.rules as Omit<RuleSet, "version">;
  return {
    ...kept,
    rules: { ...DEFAULT_RULES.rules, ...kept.rules },
    version: row.version,
    made: { at: row.made_at, by: row.made_by, reason: row.reason },
  };
}

/** Keeps a version; false where somebody else has made one of the same number. */
export async function insertRuleSet(
  tx: Tx,
  { version, ...rules }: RuleSet,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<boolean> {
  const row = await tx
    .insertInto("fraud_rule_sets")
    .values({
      tenant_id: tx.ctx.tenantId,
      version,
      rules: JSON.stringify(rules),
      reason,
      made_by: by,
      made_at: tx.ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("version")
    .executeTakeFirst();
  return row !== undefined;
}
