import { invariant } from "../kernel/invariant.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CardDeps } from "./card-deps.ts";
import { type FoundCard, findUser } from "./card-repository.ts";
import { findProduct } from "./program-repository.ts";

/** Whose card it is, and what of its volume is the operator's. */
export type Spender = { readonly customer: string; readonly revenuePpm: bigint };

/**
 * Who spends with a card, locked until the transaction ends, as customers are before everything else. Not the card: what its successor is told takes from
 * the same purchases.
 */
export async function lockSpender({ customers }: CardDeps, tx: Tx, card: FoundCard): Promise<Spender> {
  const user = await findUser(tx, { id: card.partner_user_id, partnerId: card.partner_id });
  const product = await findProduct(tx, card.product_id);
  invariant(user !== undefined && product !== undefined, "cards are of users and products (foreign keys)");
  const customer = (await customers.findCustomerExternalIds(tx, [user.user_id])).get(user.user_id);
  invariant(customer !== undefined, "customers that partners make have external ids");
  await customers.lockCustomers(tx, [customer]);
  return { customer, revenuePpm: product.revenue_ppm };
}
