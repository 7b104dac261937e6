import { join } from "node:path";
import { type StripeSandbox, startStripeSandbox } from "@tributary/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Composition } from "../../src/app/compose.ts";
import { newId } from "../../src/kernel/id.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { type FaultSite, openFaultSite, type SitePartner } from "../kit/fault-site.ts";
import { asOwnerOf } from "../kit/installations.ts";
import { until } from "../kit/server-process.ts";

const PATIENCE_MS = 240_000;
const PARTNERS = 16;
/** Of these the last are paid while the database dies. */
const BEFORE = 12;
const TRANSFERS = { on: "POST /v1/transfers" };
const amountOf = (index: number): number => 10_000 + index;

let stripe: StripeSandbox;
let site: FaultSite;
beforeAll(async () => {
  stripe = await startStripeSandbox();
  stripe.addFunds({ amount: 10_000_000, currency: "usd" });
  const at = { secretKey: stripe.secretKey, webhookSecret: "whsec_test", apiBase: stripe.url };
  site = await openFaultSite({
    partners: PARTNERS,
    entry: join(import.meta.dirname, "server-paying-elsewhere.ts"),
    environment: { STRIPE_OF_THE_TEST: JSON.stringify(at) },
    stripe: at,
  });
  await site.within(async (app, ctx) => {
    for (const [index, partner] of site.partners.entries()) await makePayable(app, ctx, partner, amountOf(index));
  });
}, PATIENCE_MS);
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await stripe?.close();
}, PATIENCE_MS);

/** An account at Stripe that can be paid, and so much balance. */
async function makePayable(app: Composition, ctx: Ctx, partner: SitePartner, amount: number): Promise<void> {
  const self: Ctx = {
    ...ctx,
    actor: { type: "key", keyId: newId(), partnerId: partner.id, scopes: new Set(["own:payout-method:write"]) },
  };
  const before = new Set(stripe.accounts().map(({ id }) => id));
  await app.payouts.updatePaymentMethod(self, { kind: "stripe_connect", country: "US" });
  for (const { id } of stripe.accounts()) if (!before.has(id)) stripe.setStanding(id, "active");
  await app.payouts.updatePaymentMethod(self, { kind: "stripe_connect", country: "US" });
  const { id } = await app.commissions.grantCommission(ctx, {
    partnerId: partner.id,
    amount,
    currency: "USD",
    reason: "To be paid",
  });
  await app.commissions.approveCommission(ctx, { commissionId: id });
}

/** Asks for a payout of everything that each of these has, and releases what waits, until it is answered. */
async function payOut(from: number, to: number): Promise<void> {
  const asked = site.partners.slice(from, to).map(({ id }) =>
    site.insist("POST", "/api/v1/admin/payouts/request", {
      key: `request-${id}`,
      body: { partnerId: id, currency: "USD" },
    }),
  );
  for (const reply of await Promise.all(asked)) expect(reply).toMatchObject({ status: 201 });
  const released = await site.insist("POST", "/api/v1/admin/payouts/process", { key: `process-${from}`, body: {} });
  expect(released).toMatchObject({ status: 200 });
}

const restart = async (): Promise<void> => {
  await site.killServer();
  await site.startServer();
};

type PayoutRow = { readonly id: string; readonly partner_id: string; readonly amount: number; readonly status: string };
const payoutRows = () =>
  asOwnerOf<PayoutRow>(site.home, "select id, partner_id, amount::int, status from tributary.partner_payouts");

describe("a payout is one transfer", () => {
  it(
    "however often the server is killed while it is asked for, released and sent",
    async () => {
      // Killed while payouts are asked for, and while requests to Stripe are under way that act only after its death.
      stripe.faults.inject({ kind: "hold" }, { ...TRANSFERS, times: 2 });
      const first = payOut(0, 6);
      await until(async () => (await payoutRows()).length > 0);
      await restart();
      await first;
      await stripe.faults.held(2);
      await restart();
      stripe.faults.release();

      // Killed when Stripe has acted and nobody has heard of it.
      stripe.faults.inject({ kind: "timeout_after_acting" }, TRANSFERS);
      stripe.faults.inject({ kind: "drop_after_acting" }, TRANSFERS);
      stripe.faults.inject({ kind: "error_after_acting" }, TRANSFERS);
      await payOut(6, BEFORE);
      await until(() => stripe.transfers().length >= 8);
      await restart();
      await until(async () => (await payoutRows()).every(({ status }) => status === "completed"));
      expect(stripe.transfers()).toHaveLength(BEFORE);
      await expectEachPaidOnce(BEFORE);
    },
    PATIENCE_MS,
  );

  it(
    "however the database is killed while it is asked for, sent, and while Stripe's answer is written down",
    async () => {
      // Killed while payouts are asked for; then with requests at Stripe of which nobody is left to write the answer down.
      stripe.faults.inject({ kind: "hold" }, { ...TRANSFERS, times: 2 });
      const asked = payOut(BEFORE, PARTNERS);
      await until(async () => (await payoutRows().catch(() => [])).length > BEFORE);
      await site.killDatabase();
      await asked;
      await stripe.faults.held(2);
      await site.killDatabase();
      stripe.faults.release();
      await site.isReady();
      await until(async () => {
        const rows = await payoutRows().catch(() => []);
        return rows.length === PARTNERS && rows.every(({ status }) => status === "completed");
      });
      expect(stripe.transfers()).toHaveLength(PARTNERS);
      await expectEachPaidOnce(PARTNERS);
    },
    PATIENCE_MS,
  );
});

/** Of the first so many partners each has one payout of everything that it had, and Stripe one transfer of each; the books hold. */
async function expectEachPaidOnce(count: number): Promise<void> {
  const rows = await payoutRows();
  const byPartner = new Map(rows.map((row) => [row.partner_id, row]));
  expect(rows).toHaveLength(count);
  expect(site.partners.slice(0, count).map(({ id }) => byPartner.get(id)?.amount)).toEqual(
    site.partners.slice(0, count).map((_, index) => amountOf(index)),
  );
  const made = stripe.transfers().map(({ transfer_group, amount, reversed }) => [transfer_group, amount, reversed]);
  expect(new Set(made)).toEqual(new Set(rows.map(({ id, amount }) => [id, amount, false])));
  await site.expectProven();
}
