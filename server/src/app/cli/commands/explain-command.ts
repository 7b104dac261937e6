import { toWire } from "../../../platform/wire.ts";
import type { AddCommand } from "../command-context.ts";

/** `tributary explain CLICK|CUSTOMER|TRANSACTION`. */
export const addExplain: AddCommand = (program, { withProgram, print }) => {
  program
    .command("explain")
    .description(
      "say whose a click, a customer or a transaction is: every touch, the rule that chose, what was missing",
    )
    .argument("<what>", "id of a click or a transaction, or the external id of a customer or a transaction")
    .option("--json", "as JSON, as the admin route answers", false)
    .action((what: string, options: { json: boolean }) =>
      withProgram(async ({ app, ctx }) => {
        const explanation = await app.referrals.explain(ctx, { of: what });
        for (const line of options.json ? [toWire(explanation)] : linesOf(explanation)) print(line);
      }),
    );
};

/** Objects as indented lines: the explanation is made of words already. */
function linesOf(value: unknown, indent = ""): string[] {
  if (Array.isArray(value) && value.length === 0) return [`${indent}none`];
  if (Array.isArray(value)) return value.flatMap((item) => [`${indent}-`, ...linesOf(item, `${indent}  `)]);
  if (typeof value !== "object" || value === null) return [`${indent}${String(value)}`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const isPlain = typeof inner !== "object" || inner === null || inner instanceof Date;
    const text = inner instanceof Date ? inner.toISOString() : String(inner);
    return isPlain ? [`${indent}${name}: ${text}`] : [`${indent}${name}:`, ...linesOf(inner, `${indent}  `)];
  });
}
