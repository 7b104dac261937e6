import { newId } from "../kernel/id.ts";
import { ppmFromFraction } from "../kernel/rate.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { CardDeps } from "./card-deps.ts";
import { productErrors, programErrors } from "./card-errors.ts";
import { productEvent } from "./card-events.ts";
import type { SpendingLimits } from "./card-rules.ts";
import { type MadeProduct, productView } from "./card-view.ts";
import { gatewayToken } from "./connect-program.ts";
import { openRequest } from "./open-request.ts";
import {
  type FoundProduct,
  findProduct,
  findProgram,
  insertProduct,
  limitColumns,
  moveProduct,
} from "./program-repository.ts";

export type CreateProduct = {
  readonly partnerId: string;
  readonly programId: string;
  readonly name: string;
  readonly limits: SpendingLimits;
  /** The operator's own revenue from what is spent, as a decimal fraction: 0.01 is a hundredth. */
  readonly revenueRate: number;
};

const DATE_LENGTH = 10;

/**
 * Has a card product of its own made for a partner: in a shared programme, or in the one that is the partner's. It owes the card fee of the
 * partner's terms once the issuer has made it. Throws `feature.not_included` where the partner's terms have no cards.
 */
export const createCustomCardProduct =
  (deps: CardDeps) =>
  (ctx: Ctx, input: CreateProduct): Promise<MadeProduct> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "cards:write");
      await deps.partners.getPartner(tx, input.partnerId);
      await deps.partners.requireFeature(tx, input.partnerId, "cards");
      const program = await findProgram(tx, input.programId);
      if (program === undefined) throw programErrors.not_found();
      if (program.partner_id !== null && program.partner_id !== input.partnerId)
        throw programErrors.of_another_partner();
      if (program.status !== "connecting" && program.status !== "active")
        throw programErrors.wrong_state({ status: program.status });
      const id = newId();
      await insertProduct(tx, {
        id,
        program_id: program.id,
        partner_id: input.partnerId,
        name: input.name,
        ...limitColumns(input.limits),
        revenue_ppm: ppmFromFraction(input.revenueRate),
      });
      await openRequest(deps, tx, {
        program,
        token: id,
        chainId: program.id,
        targetId: id,
        order: {
          kind: "product",
          name: input.name,
          startsOn: ctx.now.toISOString().slice(0, DATE_LENGTH),
          gatewayToken: gatewayToken(program.id),
        },
      });
      await deps.audit.record(tx, "card_product.created", {
        targetType: "card_product",
        targetId: id,
        after: { ...input, limits: { ...input.limits } },
      });
      const made = await readProduct(tx, id);
      await deps.outbox.publish(tx, [productEvent("card_product.created", made)]);
      return productView(made);
    });

/** Closes a product: no card of it pays or is made any more. */
export const closeProduct =
  (deps: CardDeps) =>
  (ctx: Ctx, productId: string): Promise<FoundProduct> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "cards:write");
      const isClosed = await moveProduct(tx, productId, { from: ["active"], to: "closed" });
      const product = await readProduct(tx, productId);
      if (!isClosed && product.status !== "closed") throw productErrors.wrong_state({ status: product.status });
      if (isClosed) {
        await deps.audit.record(tx, "card_product.closed", { targetType: "card_product", targetId: productId });
        await deps.outbox.publish(tx, [productEvent("card_product.status_changed", product)]);
      }
      return product;
    });

async function readProduct(tx: Parameters<typeof findProduct>[0], id: string): Promise<FoundProduct> {
  const product = await findProduct(tx, id);
  if (product === undefined) throw productErrors.not_found();
  return product;
}
