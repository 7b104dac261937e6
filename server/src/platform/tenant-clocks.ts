import { type Clock, instantOf } from "../kernel/clock.ts";
import { type Database, listTenants } from "./database/index.ts";

/** What time it is in a tenant, for work that no request brought along. */
export type TenantClocks = { nowIn(tenantId: string): Promise<Date> };

/** A clock that is moved counts in every process after this: as long as it takes for requests (`tenants`). */
const KEPT_MS = 5_000;

/** The machine's clock, and for a tenant in test mode the one that was moved. */
export function createTenantClocks({ db, clock }: { readonly db: Database; readonly clock: Clock }): TenantClocks {
  let offsets: Promise<ReadonlyMap<string, number>> | undefined;
  let readAt = 0;
  const read = async (): Promise<ReadonlyMap<string, number>> =>
    new Map((await listTenants(db)).map((tenant) => [tenant.id, Number(tenant.clock_offset_ms)]));
  const known = async (): Promise<ReadonlyMap<string, number>> => {
    if (offsets === undefined || performance.now() - readAt > KEPT_MS) {
      readAt = performance.now();
      offsets = read();
    }
    return offsets.catch((error: unknown) => {
      offsets = undefined;
      throw error;
    });
  };
  return { nowIn: async (tenantId) => instantOf(clock, (await known()).get(tenantId) ?? 0) };
}
