import { afterAll, beforeAll, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { type MoneyIn, openMoneyIn } from "../../test/kit/money-in.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { WAITING_KEPT_DAYS } from "./forget-revenue.ts";

let database: ClonedDatabase;
let world: WholeApp;
let money: MoneyIn;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  money = await openMoneyIn(world);
});
afterAll(async () => {
  await money?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const movements = () =>
  asOwner<{ status: string; email: string | null; amount: bigint | string }>(
    database,
    "select status, email, amount from revenue_movements",
  );
const emails = () => asOwner(database, "select provider_id from revenue_customers where email is not null");

it("revenue of a customer whom nobody brought waits thirteen months; then its e-mail is forgotten, and its amount is not", async () => {
  const { id } = money.stripe.billing.createCustomer({ email: "nobody@example.com" });
  money.stripe.billing.subscribe({ customer: id, currency: "usd", price: { subtotal: 4_000 } });
  await money.deliverAll(money.takeEvents());
  const [kept] = await movements();
  expect(kept).toMatchObject({ status: "waiting", email: "nobody@example.com" });
  world.clock.advance((WAITING_KEPT_DAYS - 1) * DAY_MS);
  await world.app.revenue.forgetRevenue(world.ctx());
  expect(await movements()).toEqual([kept]);
  world.clock.advance(2 * DAY_MS);
  await world.app.revenue.forgetRevenue(world.ctx());
  expect(await movements()).toEqual([{ ...kept, status: "forgotten", email: null }]);
  expect(await emails()).toEqual([]);
});
