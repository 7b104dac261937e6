import { invariant } from "../kernel/invariant.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { findOwnParent } from "../tenants/index.ts";
import { findSubOperator, type SubOperator } from "./sub-operator-repository.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/**
 * Listens in every tenant, in the transaction of the news: those under another keep what `eventsOf` makes of it for their parent, which is told from the
 * outbox.
 */
export function noteForParent(
  { outbox }: Pick<WhitelabelDeps, "outbox">,
  eventsOf: (tenantId: string, events: readonly DomainEvent[]) => readonly DomainEvent[],
) {
  // Whom a tenant is under never changes: asked for once, so that the operator's own acts pay nothing for this.
  const parents = new Map<string, string | null>();
  return async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    const { tenantId } = tx.ctx;
    const known = parents.get(tenantId);
    const parent = known === undefined ? await findOwnParent(tx) : known;
    parents.set(tenantId, parent);
    if (parent !== null) await outbox.publish(tx, eventsOf(tenantId, events));
  };
}

/** Works in the tenant of the parent, the program itself acting, on the sub-operator that the context's tenant is there. */
export async function inParent(
  { db }: Pick<WhitelabelDeps, "db">,
  ctx: Ctx,
  job: string,
  work: (tx: Tx, one: SubOperator) => Promise<void>,
): Promise<void> {
  const { tenantId, now, requestId } = ctx;
  const parentId = await db.read(ctx, findOwnParent);
  invariant(parentId !== null, "a tenant that is under none keeps no event for it");
  const above = systemContext({ tenantId: parentId, job, now, requestId });
  await db.transaction(above, async (tx) => {
    const one = await findSubOperator(tx, tenantId);
    if (one !== undefined) await work(tx, one);
  });
}
