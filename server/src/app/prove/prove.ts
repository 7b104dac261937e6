import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Database, ReadTx } from "../../platform/database/index.ts";
import type { DataCheck, ModuleCheck } from "./data-check.ts";
import { DATA_CHECKS } from "./data-checks.ts";

/** What a check found. `breaks` names what contradicts it, the first few of `broken`. */
export type Finding = {
  readonly name: string;
  readonly invariant: DataCheck["invariant"];
  readonly counted: bigint;
  readonly broken: number;
  readonly breaks: readonly string[];
};

const BREAKS_SHOWN = 5;

/** Checks one tenant's books, all data checks at one moment. Yields each finding as it is made. */
export async function* prove(input: {
  readonly db: Database;
  readonly ctx: Ctx;
  readonly moduleChecks: readonly ModuleCheck[];
}): AsyncGenerator<Finding> {
  const { db, ctx, moduleChecks } = input;
  const findings = await db.read(ctx, async (tx) => {
    await sql`set transaction isolation level repeatable read`.execute(tx);
    await sql`set local statement_timeout = 0`.execute(tx);
    const found: Finding[] = [];
    for (const check of DATA_CHECKS) found.push(await runDataCheck(tx, check));
    return found;
  });
  yield* findings;
  for (const { name, invariant, run } of moduleChecks) {
    const { counted, breaks } = await run(ctx);
    yield { name, invariant, counted, broken: breaks.length, breaks: breaks.slice(0, BREAKS_SHOWN) };
  }
}

async function runDataCheck(tx: ReadTx, check: DataCheck): Promise<Finding> {
  const counted = await check.counted(tx.ctx.tenantId).execute(tx);
  const broken = await check.broken(tx.ctx.tenantId).execute(tx);
  return {
    name: check.name,
    invariant: check.invariant,
    counted: counted.rows[0]?.count ?? 0n,
    broken: broken.rows.length,
    breaks: broken.rows.slice(0, BREAKS_SHOWN).map((row) => row.what),
  };
}
