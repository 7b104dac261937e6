import { createClient, items } from "@tributary/sdk";

// The partner API from end to end: a user of yours gets a card and, in test mode, buys with it. Make a key in the portal (Developers) with the scopes
// own:users:write, own:cards:read, own:cards:write and own:transactions:read, best of mode "test", and run it from the checkout, under Node 24, with
//   TRIBUTARY_URL=… TRIBUTARY_KEY=trk_… TRIBUTARY_SECRET=trs_… node docs/examples/partner-api.ts
const { TRIBUTARY_URL: baseUrl = "", TRIBUTARY_KEY: apiKey = "", TRIBUTARY_SECRET: apiSecret = "" } = process.env;

const stranger = createClient({ baseUrl });
let token: string | undefined;
/** The key is exchanged when there is no token yet, and when the one before was refused. */
const accessToken = async ({ isRefused }: { isRefused: boolean }): Promise<string> => {
  if (token === undefined || isRefused)
    ({ accessToken: token } = await stranger.authenticatePartnerAPI({ body: { apiKey, apiSecret } }));
  return token;
};
const tributary = createClient({ baseUrl, credentials: { accessToken } });

// Your own name for what you ask is the key under which it is asked: after a crash the same again is done once.
const name = process.env["USER_NAME"] ?? "ana";
const user = await tributary.createPartnerUser(
  { body: { externalId: name, email: `${name}@example.com` } },
  { idempotencyKey: `user-${name}` },
);
console.log(`user ${user.externalId}`);

const [product] = (await tributary.listOwnCardProducts({ query: { limit: 1 } })).data;
if (product === undefined) throw new Error("There is no card product yet: ask the operator for one, or use a test key.");
let card = await tributary.issueCard(
  {
    body: {
      userId: user.id,
      productId: product.id,
      cardholder: { firstName: "Ana", lastName: "Novak" },
      limits: { daily: 20_000 },
    },
  },
  { idempotencyKey: `card-${name}` },
);

// The issuer makes it a moment later. A webhook tells when (`card.issued`); a script asks.
while (card.state === "requested") {
  await new Promise((again) => setTimeout(again, 200));
  card = await tributary.getOwnCard({ path: { id: card.id } });
}
if (card.state === "refused") throw new Error(`The issuer does not make the card: ${card.refusal}`);
card = await tributary.updateOwnCard({ path: { id: card.id }, body: { state: "active" } });
console.log(`card …${card.lastFour} ${card.state}`);

/** How often the user has bought something. */
async function countPurchases(): Promise<number> {
  let count = 0;
  for await (const transaction of items(tributary.listPartnerTransactions, { query: { customerId: user.customerId } }))
    count += transaction.kind === "card" ? 1 : 0;
  return count;
}
let purchases = await countPurchases();
// With a test key a purchase is made up. It is decided as a live one is, and a moment later it is a transaction that earns.
if (apiKey.startsWith("trk_test_")) {
  const { decision } = await tributary.makeTestPurchase(
    { path: { id: card.id }, body: { amount: 12_500, merchant: "Corner Shop" } },
    { idempotencyKey: `purchase-${name}` },
  );
  console.log(`purchase ${decision}`);
  while (decision === "approved" && purchases === 0) {
    await new Promise((again) => setTimeout(again, 200));
    purchases = await countPurchases();
  }
}
console.log(`purchases ${purchases}`);
