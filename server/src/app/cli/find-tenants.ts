import { instantOf } from "../../kernel/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import { listTenants } from "../../platform/database/index.ts";
import { findOwnTenant } from "../../tenants/index.ts";
import type { OpenProgram } from "./command-context.ts";

export type FoundTenant = { readonly ctx: Ctx; readonly name: string; readonly host: string };

/** Every tenant at its own time, the operator first. The books of one that is suspended hold, too. */
export async function findTenants({ app, ctx, config }: OpenProgram): Promise<FoundTenant[]> {
  const found: FoundTenant[] = [];
  for (const { id: tenantId, clock_offset_ms } of await listTenants(app.db)) {
    const within = { ...ctx, tenantId, now: instantOf(app.clock, Number(clock_offset_ms)) };
    const { name, url } = await app.db.read(within, (tx) => findOwnTenant(tx, config.publicUrl));
    // A twin is called by its id, or as its links begin: its host is another's.
    found.push({ ctx: within, name, host: url.replace(/^https?:\/\//, "") });
  }
  const isOther = (one: FoundTenant): number => Number(one.ctx.tenantId !== ctx.tenantId);
  return found.sort((one, other) => isOther(one) - isOther(other));
}

/** Whether it is the tenant that somebody names by its id, or by its host with or without the port. */
export const isCalled = ({ ctx, host }: FoundTenant, name: string): boolean =>
  [ctx.tenantId, host, host.replace(/:\d+$/, "")].includes(name);
