import type { ReadTx, Tx } from "../platform/database/index.ts";

/** What a tenant may do at most, as its parent says; null is no limit. Kept in `tenants.limits`. */
export type TenantLimits = {
  /** Partners that are active or suspended. */
  readonly maxPartners: number | null;
  /** What a partner earns of a sale with its highest bonus, in parts per million. */
  readonly maxRatePpm: number | null;
  /** Currencies that its plans may be in and pay out. */
  readonly currencies: readonly string[] | null;
  /** Where its partners are at home, ISO 3166-1 alpha-2. */
  readonly countries: readonly string[] | null;
};

export const NO_LIMITS: TenantLimits = { maxPartners: null, maxRatePpm: null, currencies: null, countries: null };

/** The limits of the transaction's tenant. */
export async function findOwnLimits(tx: ReadTx): Promise<TenantLimits> {
  const row = await ownRow(tx).executeTakeFirstOrThrow();
  return limitsOf(row.limits);
}

/** The same for whoever counts against them: of two the second waits, and counts what the first has done. */
export async function lockOwnLimits(tx: Tx): Promise<TenantLimits> {
  const limits = await findOwnLimits(tx);
  // Nobody waits where nothing is counted.
  if (limits.maxPartners === null) return limits;
  const row = await ownRow(tx).forNoKeyUpdate().executeTakeFirstOrThrow();
  return limitsOf(row.limits);
}

/** The tenant that the transaction's is under; null for the operator. It never changes. */
export async function findOwnParent(tx: ReadTx): Promise<string | null> {
  return (await ownRow(tx).executeTakeFirstOrThrow()).parent_id;
}

const ownRow = (tx: ReadTx) =>
  tx.selectFrom("tenants").select(["parent_id", "limits"]).where("id", "=", tx.ctx.tenantId);

/** Written by the parent alone, as `TenantLimits`; empty where nothing was ever limited. */
const limitsOf = (kept: unknown): TenantLimits => ({ ...NO_LIMITS, ...(kept as Partial<TenantLimits>) });
