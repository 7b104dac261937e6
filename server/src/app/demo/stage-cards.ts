import { DAY_MS, HOUR_MS } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { asPartner, type Stage, type StagedPartner } from "./demo-stage.ts";

/** Who carries a card, and what they bought with it: day before the end of the story, major units, merchant. */
const HOLDERS = [
  {
    name: "astrid",
    firstName: "Astrid",
    lastName: "Lund",
    bought: [
      [9, 42.5, "Kiosk Norr"],
      [4, 180, "Fjord Travel"],
    ],
  },
  {
    name: "elis",
    firstName: "Elis",
    lastName: "Berg",
    bought: [
      [6, 23.9, "Cafe Pan"],
      [1, 96.4, "Bokhandel"],
    ],
  },
  { name: "maja", firstName: "Maja", lastName: "Holm", bought: [] },
] as const;
const LIMITS = { perAuthorization: 50_000n, daily: 100_000n, monthly: 300_000n };
const NO_LIMITS = { perAuthorization: null, daily: null, monthly: null };

/** The white-label lead has a card product, three users with cards, and what two of them spent; the third card is suspended. */
export async function stageCards(stage: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  const { app, sandbox } = stage;
  const bank = cast.find(({ cast: { type, isLead } }) => type === "whitelabel" && isLead);
  const at = stage.at(new Date(end.getTime() - 12 * DAY_MS));
  if (bank === undefined || (await app.cards.findPrograms(at, { limit: 1 })).data.length > 0) return;
  const partner = asPartner(stage, bank, at.now);
  const { url: baseUrl, applicationToken, adminToken } = sandbox.marqeta;
  const program = await app.cards.connectProgram(at, {
    name: "Marqeta's stand-in",
    baseUrl,
    currency: "USD",
    applicationToken,
    adminToken,
  });
  const product = await app.cards.createCustomCardProduct(at, {
    partnerId: bank.id,
    programId: program.id,
    name: `${bank.cast.company} Card`,
    limits: LIMITS,
    revenueRate: 0.012,
  });
  await sendOpen(stage, at.now);
  for (const [index, { name, bought, ...cardholder }] of HOLDERS.entries()) {
    const user = await app.cards.createUser(partner, { externalId: name, email: `${name}@customers.example` });
    const input = { userId: user.id, productId: product.id, cardholder, limits: NO_LIMITS };
    const card = await app.cards.issueCard(partner, input);
    await sendOpen(stage, at.now);
    await app.cards.changeOwnCard(partner, { cardId: card.id, state: "active" });
    for (const [daysAgo, amount, merchant] of bought) {
      const instant = new Date(end.getTime() - daysAgo * DAY_MS + index * HOUR_MS);
      await buy(stage, { programId: program.id, cardToken: card.id, userToken: user.id, amount, merchant, instant });
    }
    if (bought.length === 0) await app.cards.changeOwnCard(partner, { cardId: card.id, state: "suspended" });
    await sendOpen(stage, at.now);
  }
}

/** What the worker would send. */
async function sendOpen({ app, at }: Stage, now: Date): Promise<void> {
  const open = await app.db.read(at(now), (tx) =>
    tx
      .selectFrom("card_requests")
      .select(["program_id", "id"])
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("status", "=", "open")
      .orderBy("number")
      .execute(),
  );
  for (const { program_id: programId, id } of open) await app.cards.sendRequest(at(now), { programId, id });
}

type Bought = {
  readonly programId: string;
  readonly cardToken: string;
  readonly userToken: string;
  readonly amount: number;
  readonly merchant: string;
  readonly instant: Date;
};

/** The issuer asks, and later tells that it was cleared: as it would over HTTP, which may not be served yet. */
async function buy(
  stage: Stage,
  { programId, cardToken, userToken, amount, merchant, instant }: Bought,
): Promise<void> {
  const { app, sandbox } = stage;
  const [gateway] = sandbox.marqeta.made("gateways").filter((one) => one["token"] === programId);
  const caller = `${String(gateway?.["basic_auth_username"])}:${String(gateway?.["basic_auth_password"])}`;
  const token = newId();
  await app.cards.authorizePurchase(stage.at(instant), {
    programId,
    authorization: `Basic ${Buffer.from(caller).toString("base64")}`,
    message: {
      token,
      card_token: cardToken,
      card_acceptor: { name: merchant, mcc: "5999" },
      gpa_order: {
        currency_code: "USD",
        jit_funding: { token: newId(), method: "pgfs.authorization", user_token: userToken, amount },
      },
    },
  });
  const news = {
    type: "spend",
    kind: "card",
    token: newId(),
    cardToken,
    amount: String(amount),
    currency: "USD",
    precedingToken: token,
    merchant,
    mcc: "5999",
    at: instant.toISOString(),
  };
  await app.cards.takeNews(stage.at(instant), {
    id: newId(),
    source: "card_issuer",
    externalId: news.token,
    type: news.type,
    payload: { programId, news },
    receivedAt: instant,
  });
}
