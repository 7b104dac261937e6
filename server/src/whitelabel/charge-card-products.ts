import type { Ctx } from "../platform/context.ts";
import type { OutboxRow } from "../platform/database/index.ts";
import { inParent, noteForParent } from "./parent.ts";
import { CARD_PRODUCT_MADE, type CardProductMade, cardProductMade } from "./sub-operator-events.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** Listens to `card_product.made` in every tenant: those under another keep an event for it, in the transaction in which the product is there. */
export const noteCardProducts = (deps: Pick<WhitelabelDeps, "outbox">) =>
  noteForParent(deps, (tenantId, events) =>
    events.map(({ data }) => cardProductMade(tenantId, data as CardProductMade)),
  );

/**
 * Takes the events of one tenant from the outbox: what a sub-operator has had made owes its parent the card fee of the partner's terms, where fees are agreed
 * on, as a product does that the parent has made for it. Told twice, or by two workers, it is charged once: a product is one reference.
 */
export const chargeCardProducts =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, events: readonly OutboxRow[]): Promise<void> => {
    const made = events.filter(({ type }) => type === CARD_PRODUCT_MADE).map(({ data }) => data as CardProductMade);
    if (made.length === 0) return;
    await inParent(deps, ctx, "whitelabel.charge_card_products", async (tx, { partnerId }) => {
      for (const { reference } of made) await deps.fees.chargeCardProduct(tx, { partnerId, reference });
    });
  };
