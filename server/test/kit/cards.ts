import type { WholeApp } from "./app.ts";
import { fresh, must } from "./journey-steps.ts";
import type { PartnerAt, Side } from "./two-tenants.ts";

type Row = Record<string, unknown>;
/** What these need of a side. */
export type CardSide = Pick<Side, "tenantId" | "ctx" | "send" | "admin"> & {
  readonly partner: Pick<PartnerAt, "id" | "auth">;
};
export const API = "/api/v1/partner-api";

/** A programme at the issuer's stand-in that is active, shared unless it is somebody's own. */
export async function connectProgram(world: WholeApp, side: CardSide, more: object = {}): Promise<string> {
  const { url: baseUrl, applicationToken, adminToken } = world.marqeta;
  const body = { name: fresh("program"), currency: "USD", baseUrl, applicationToken, adminToken, ...more };
  const made = await must(side, "POST", "/api/v1/admin/card-programs", { auth: side.admin, body });
  await sendOpen(world, side);
  return String(made["id"]);
}

/** A card product of a partner's that is active. */
export async function makeProduct(
  world: WholeApp,
  side: CardSide,
  { programId, partner = side.partner, ...more }: { programId: string; partner?: CardSide["partner"]; limits?: object },
): Promise<string> {
  const body = { partnerId: partner.id, programId, name: fresh("card"), revenueRate: 0.01, ...more };
  const made = await must(side, "POST", "/api/v1/admin/card-products", { auth: side.admin, body });
  await sendOpen(world, side);
  return String(made["id"]);
}

export const makeUser = (side: CardSide, more: object = {}, auth: string = side.partner.auth): Promise<Row> =>
  must(side, "POST", `${API}/users`, { auth, body: { externalId: fresh("user"), ...more } });

export const HOLDER = { firstName: "Ana", lastName: "Novak" } as const;

export const askForCard = (side: CardSide, body: object, auth: string = side.partner.auth) =>
  side.send("POST", `${API}/cards`, { auth, body: { cardholder: HOLDER, ...body } });

export const readCard = (side: CardSide, id: string, auth: string = side.partner.auth): Promise<Row> =>
  must(side, "GET", `${API}/cards/${id}`, { auth });

/** A card that pays, of a new user unless one is given. */
export async function makeCard(
  world: WholeApp,
  side: CardSide,
  {
    productId,
    auth = side.partner.auth,
    ...more
  }: { productId: string; auth?: string; limits?: object; userId?: string },
): Promise<{ id: string; userId: string }> {
  const { userId = String((await makeUser(side, {}, auth))["id"]), ...limits } = more;
  const { body } = await askForCard(side, { userId, productId, ...limits }, auth);
  await sendOpen(world, side);
  await must(side, "PATCH", `${API}/cards/${String(body["id"])}`, { auth, body: { state: "active" } });
  await sendOpen(world, side);
  await world.marqeta.webhooks.idle();
  return { id: String(body["id"]), userId };
}

/** What a worker would send now, in its order: quicker than a look for everything that is due. */
async function sendOpen({ app }: WholeApp, side: CardSide): Promise<void> {
  const open = await app.db.read(side.ctx(), (tx) =>
    tx
      .selectFrom("card_requests")
      .select(["program_id", "id"])
      .where("tenant_id", "=", side.tenantId)
      .where("status", "=", "open")
      .orderBy("number")
      .execute(),
  );
  for (const { program_id: programId, id } of open) await app.cards.sendRequest(side.ctx(), { programId, id });
}

/** Everything that was asked of the issuer and told by it has arrived, and was acted upon. */
export async function settleCards(world: WholeApp): Promise<void> {
  await world.settle();
  await world.marqeta.webhooks.idle();
  await world.settle();
}
