import { type Clock, instantOf } from "../kernel/clock.ts";
import { type Database, listTenants } from "./database/index.ts";

/** What time it is in a tenant, for work that no request brought along. */
export type TenantClocks = { nowIn(tenantId: string): Promise<Date> };

/**
 * The machine's clock, and for a tenant in test mode the one that was moved. That a tenant is live is known for good, since its clock is never moved; of
 * one in test mode it is read each time, so that no work of a day is done at the hour of the day before.
 */
export function createTenantClocks({ db, clock }: { readonly db: Database; readonly clock: Clock }): TenantClocks {
  const live = new Set<string>();
  return {
    nowIn: async (tenantId) => {
      if (live.has(tenantId)) return clock.now();
      const tenants = await listTenants(db);
      for (const { id, mode } of tenants) if (mode === "live") live.add(id);
      return instantOf(clock, Number(tenants.find(({ id }) => id === tenantId)?.clock_offset_ms ?? 0));
    },
  };
}
