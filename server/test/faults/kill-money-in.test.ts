import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import type { StripeMessage } from "../../src/revenue/stripe-news.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { booksOf, convertCustomer, type MoneyIn, openMoneyIn } from "../kit/money-in.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { until } from "../kit/server-process.ts";
import type { RevenueWorkerInput } from "./revenue-worker.ts";

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

const PATIENCE_MS = 120_000;

/** A partner with a customer whose first invoice of 40.00 Stripe has told of, in full; nothing was worked on yet. */
async function tellOfInvoice(name: string): Promise<string> {
  const { id: partnerId } = await world.addPartner({ email: `${name}@example.com` });
  await convertCustomer(world, { partnerId, externalId: name });
  await world.settle();
  money.clock.moveTo(new Date(world.clock.now().getTime() + 1_000));
  const { id } = money.stripe.billing.createCustomer({ metadata: { tributary_customer: name } });
  money.stripe.billing.subscribe({ customer: id, currency: "usd", price: { subtotal: 4_000 } });
  const told = money.takeEvents();
  await money.deliverAll(told.filter(({ type }) => type !== "invoice.paid"));
  for (const event of told.filter(({ type }) => type === "invoice.paid")) await money.deliver(event);
  return partnerId;
}

const ONCE = [
  { rule: "recurring", amount: 400 },
  { rule: "signup", amount: 5_000 },
];
const earned = async (partnerId: string) => ((await booksOf(database, partnerId)) as { earned: object[] }).earned;

/** Has a worker killed, without warning, once `isThere` says that it stands where it should. */
async function killedWhere(standsBefore: boolean, isThere: () => Promise<boolean>): Promise<void> {
  const input: RevenueWorkerInput = {
    url: database.serverUrl,
    now: world.clock.now().toISOString(),
    standsBefore,
  };
  const worker = spawn(process.execPath, [join(import.meta.dirname, "revenue-worker.ts"), JSON.stringify(input)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(worker.stdout, "data");
  await until(isThere);
  worker.kill("SIGKILL");
  await once(worker, "close");
}

/** What waits for a lock that `statement` holds: the worker. */
async function whileLocked(
  statement: string,
  work: (isWaiting: () => Promise<boolean>) => Promise<void>,
): Promise<void> {
  const holder = new Client({ connectionString: database.ownerUrl, options: "-c search_path=tributary,pg_temp" });
  await holder.connect();
  try {
    await holder.query("begin");
    await holder.query(statement);
    await work(async () => {
      const rows = await asOwner(
        database,
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rows.length > 0;
    });
    await holder.query("rollback");
  } finally {
    await holder.end();
  }
}

/** What living workers do: the message is taken up again once its job is overdue. */
async function recover(): Promise<void> {
  world.clock.advance(13 * HOUR_MS);
  await world.wake("inbox.wake");
  await world.settle();
}

describe("a worker that is killed", { timeout: PATIENCE_MS }, () => {
  it("between the inbox and the books loses nothing: another books it, once", async () => {
    const partnerId = await tellOfInvoice("x_before");
    await killedWhere(true, () => Promise.resolve(true));
    expect(await earned(partnerId)).toEqual([]);
    await recover();
    expect(await earned(partnerId)).toMatchObject(ONCE);
  });

  it("while it books leaves nothing half done: another books it, once", async () => {
    const partnerId = await tellOfInvoice("x_during");
    await whileLocked("lock table ledger_postings in exclusive mode", (isWaiting) => killedWhere(false, isWaiting));
    expect(await earned(partnerId)).toEqual([]);
    await recover();
    expect(await earned(partnerId)).toMatchObject(ONCE);
  });

  it("after it has booked and before it says so books nothing twice", async () => {
    const partnerId = await tellOfInvoice("x_after");
    await whileLocked("select 1 from inbox_events where processed_at is null for update", (isWaiting) =>
      killedWhere(false, isWaiting),
    );
    expect(await earned(partnerId)).toMatchObject(ONCE);
    await recover();
    expect(await earned(partnerId)).toMatchObject(ONCE);
    expect(await asOwner(database, "select 1 from inbox_events where processed_at is null")).toEqual([]);
  });
});

it("several workers on one message, and on messages of one customer, book each thing once", async () => {
  const { id: partnerId } = await world.addPartner({ email: "x_crowd@example.com" });
  await convertCustomer(world, { partnerId, externalId: "x_crowd" });
  money.clock.moveTo(new Date(world.clock.now().getTime() + 1_000));
  const { id } = money.stripe.billing.createCustomer({ metadata: { tributary_customer: "x_crowd" } });
  const { subscription, invoice } = money.stripe.billing.subscribe({
    customer: id,
    currency: "usd",
    price: { subtotal: 4_000 },
  });
  await money.pass(30);
  money.stripe.billing.refund(invoice.id, { amount: 1_000 });
  money.stripe.billing.renew(subscription.id);
  const events = money.takeEvents() as unknown as StripeMessage[];
  world.clock.moveTo(money.clock.now());
  const take = (event: StripeMessage) =>
    world.app.revenue.takeStripeMessage(world.ctx(), {
      id: newId(),
      source: "stripe",
      externalId: event.id,
      type: event.type,
      receivedAt: world.ctx().now,
      payload: { sourceId: money.sourceId, event },
    });
  await Promise.all([...events, ...events.toReversed(), ...events].map(take));
  await world.settle();
  expect(await earned(partnerId)).toMatchObject([
    { rule: "recurring" },
    { rule: "recurring" },
    { rule: "signup", amount: 5_000 },
  ]);
  const amounts = (await earned(partnerId)) as { amount: number }[];
  expect(amounts.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([300, 400, 5_000]);
});
