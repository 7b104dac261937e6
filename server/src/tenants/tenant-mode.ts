import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { tenantErrors } from "./tenant-errors.ts";

/** `test`: the twin of a live tenant, where no money moves. */
export type TenantMode = "live" | "test";

/** The mode of the transaction's tenant, as a part of another module's statement. */
export const ownMode = sql<TenantMode>`(select t.mode from tenants t where t.id = current_tenant_id())`;

/** The mode of the transaction's tenant. It never changes. */
export async function findOwnMode(tx: ReadTx): Promise<TenantMode> {
  const { rows } = await sql<{ mode: TenantMode }>`select ${ownMode} as mode`.execute(tx);
  return rows[0]?.mode ?? "live";
}

/** Refuses whatever is made up where it is not made up. Throws `tenant.live`. */
export async function requireTestMode(tx: ReadTx): Promise<void> {
  if ((await findOwnMode(tx)) !== "test") throw tenantErrors.live();
}
