import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import "../../test/kit/property-seed.ts";
import { type TaxWorld, taxWorld, W8_OF_BOB, W9_OF_ADA } from "../../test/kit/tax.ts";
import type { ChangeTaxSettings } from "./tax-settings.ts";

let world: TaxWorld;
beforeAll(async () => {
  world = await taxWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const set = (change: ChangeTaxSettings) => world.tax.changeTaxSettings(world.operator(), change);
beforeEach(() => set({ payoutsWait: "never", withholdsWithoutForm: false }));

const order = (partnerId: string, isOrdered: boolean) =>
  world.tax.orderWithholding(world.operator(), { partnerId, isOrdered, reason: "A notice" });
const process = (payoutId: string) => world.payouts.processPayout(world.operator(), { payoutId });
const payout = (payoutId: string) => world.payouts.getPayoutFor(world.operator(), { payoutId });
const books = (partnerId: string) =>
  world.db.read(world.system(), (tx) => world.ledger.balances(tx, { partnerId, currency: "USD" }));
/** A payout that waits, of as much as was earned. */
const waiting = async (partnerId: string, amount: bigint): Promise<string> => {
  await world.earn(partnerId, amount);
  return world.request(partnerId);
};

describe("payouts of a partner without a form", () => {
  it("leave where the operator has not turned the gate on", async () => {
    const partnerId = await world.newPartner();
    expect(await payout(await world.pay(partnerId, 300_000n))).toMatchObject({ status: "completed", taxWithheld: 0n });
  });

  it("wait always, or from the threshold of the year on, until a form has come", async () => {
    const partnerId = await world.newPartner();
    await set({ payoutsWait: "at_threshold" });
    await world.pay(partnerId, 150_000n);
    const small = await waiting(partnerId, 49_999n);
    expect(await process(small)).toMatchObject({ status: "processing" });
    await world.send(small);
    const crossing = await waiting(partnerId, 1n);
    await expect(process(crossing)).rejects.toMatchObject({
      code: "payout.held",
      facts: { reason: "tax_form_missing" },
    });
    await world.sign(partnerId, W8_OF_BOB);
    expect(await process(crossing)).toMatchObject({ status: "processing" });
    await world.send(crossing);

    const other = await world.newPartner();
    await set({ payoutsWait: "always" });
    const any = await waiting(other, 5_000n);
    await expect(process(any)).rejects.toMatchObject({ code: "payout.held" });
    await world.sign(other, W9_OF_ADA);
    expect(await process(any)).toMatchObject({ status: "processing" });
    await world.expectProven(partnerId);
  });

  it("of which two together reach the threshold do not leave at once, whichever is first", async () => {
    const partnerId = await world.newPartner();
    await set({ payoutsWait: "at_threshold" });
    const both = [await waiting(partnerId, 100_000n), await waiting(partnerId, 100_000n)];
    const answers = await Promise.allSettled(both.map(process));
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await world.payouts.cancelPayoutFor(world.operator(), { payoutId: both[0] ?? "" });
    expect(await process(both[1] ?? "")).toMatchObject({ status: "processing" });
  });

  it("wait in another currency whose rate is not known, and count at it once it is", async () => {
    const partnerId = await world.newBankPartner();
    await set({ payoutsWait: "at_threshold" });
    await world.advance(72 * 3_600_000);
    await world.earn(partnerId, 180_000n, "EUR");
    const payoutId = await world.request(partnerId, undefined, "EUR");
    await expect(process(payoutId)).rejects.toMatchObject({ facts: { reason: "tax_rate_missing" } });
    const enter = (unitsPerDollar: number) =>
      world.tax.enterExchangeRate(world.operator(), { year: 2026, currency: "EUR", unitsPerDollar });
    // 1,800 euros are 2,000 dollars at 0.9, and less at 0.95.
    await enter(0.9);
    await expect(process(payoutId)).rejects.toMatchObject({ facts: { reason: "tax_form_missing" } });
    await enter(0.95);
    expect(await process(payoutId)).toMatchObject({ status: "processing" });
  });
});

describe("backup withholding", () => {
  it("keeps back 24 % of the gross amount, owes it to the tax authority, and sends the rest", async () => {
    const partnerId = await world.newPartner();
    await world.sign(partnerId, { ...W9_OF_ADA, isSubjectToWithholding: true });
    const payoutId = await world.pay(partnerId, 10_001n);
    expect(await payout(payoutId)).toMatchObject({
      status: "completed",
      amount: 10_001n,
      taxWithheld: 2_400n,
      netAmount: 7_601n,
    });
    expect(world.transfersOf(payoutId).map(({ amount }) => amount)).toEqual([7_601]);
    expect(await books(partnerId)).toMatchObject({
      tax_withheld: 2_400n,
      cash: -7_601n,
      payout_in_transit: 0n,
      available: 0n,
    });
    expect(await world.lineOf(partnerId, 2026)).toMatchObject({ amount: 10_001n, withheld: 2_400n, state: "report" });
    await world.expectProven(partnerId);
  });

  it("is ordered by the team, ended by it, and asked of who has no form where the programme has it so", async () => {
    const partnerId = await world.newPartner();
    await order(partnerId, true);
    const withheld = async () => (await payout(await world.pay(partnerId, 10_000n))).taxWithheld;
    expect(await withheld()).toBe(2_400n);
    await order(partnerId, false);
    expect(await withheld()).toBe(0n);
    await set({ withholdsWithoutForm: true });
    expect(await world.tax.getOwnTax(world.partner(partnerId))).toMatchObject({
      withholding: { rate: 0.24, reason: "form_missing" },
    });
    expect(await withheld()).toBe(2_400n);
    await world.sign(partnerId, W8_OF_BOB);
    expect(await withheld()).toBe(0n);
    await world.expectProven(partnerId);
  });

  it("comes back to the partner with the rest when the provider takes the transfer back", async () => {
    const partnerId = await world.newPartner();
    await order(partnerId, true);
    const payoutId = await world.pay(partnerId, 10_000n);
    await world.takeBack(payoutId);
    expect(await payout(payoutId)).toMatchObject({ status: "failed" });
    expect(await books(partnerId)).toMatchObject({ tax_withheld: 0n, cash: 0n, available: 10_000n });
    expect(await world.lineOf(partnerId, 2026)).toMatchObject({
      amount: 0n,
      withheld: 0n,
      transfers: 0,
      state: "below",
    });
    await world.expectProven(partnerId);
  });

  it("is nothing where the transfer fails", async () => {
    const partnerId = await world.newPartner();
    await order(partnerId, true);
    world.stripe.faults.inject({ kind: "refuse", code: "account_invalid" }, { on: "POST /v1/transfers" });
    const payoutId = await world.pay(partnerId, 10_000n);
    expect(await payout(payoutId)).toMatchObject({ status: "failed" });
    expect(await books(partnerId)).toMatchObject({ tax_withheld: 0n, available: 10_000n });
    expect(await world.lineOf(partnerId, 2026)).toBeNull();
    await world.expectProven(partnerId);
  });

  it.each([
    ["ordered", true],
    ["ended", false],
  ] as const)(
    "%s between release and sending puts the payout back, which leaves then with the other amount",
    async (_what, isOrdered) => {
      const partnerId = await world.newPartner();
      if (!isOrdered) await order(partnerId, true);
      const payoutId = await waiting(partnerId, 10_000n);
      await process(payoutId);
      await order(partnerId, isOrdered);
      await world.send(payoutId);
      expect(await payout(payoutId)).toMatchObject({
        status: "pending",
        failureCode: "withholding_changed",
        taxWithheld: 0n,
      });
      expect(world.transfersOf(payoutId)).toEqual([]);
      await process(payoutId);
      await world.send(payoutId);
      const net = isOrdered ? 7_600 : 10_000;
      expect(world.transfersOf(payoutId).map(({ amount }) => amount)).toEqual([net]);
      await world.expectProven(partnerId);
    },
  );

  it("does not change an amount that was sent already: its answer is asked for, and booked as it was sent", async () => {
    const partnerId = await world.newPartner();
    const payoutId = await waiting(partnerId, 10_000n);
    await process(payoutId);
    world.stripe.faults.inject({ kind: "drop_after_acting" }, { on: "POST /v1/transfers", times: 2 });
    await world.send(payoutId);
    await order(partnerId, true);
    await world.send(payoutId);
    expect(await payout(payoutId)).toMatchObject({ status: "completed", taxWithheld: 0n });
    expect(world.transfersOf(payoutId).map(({ amount }) => amount)).toEqual([10_000]);
    await world.expectProven(partnerId);
  });

  it("ordered while a payout is released is in it or after it, never half", async () => {
    const partnerId = await world.newPartner();
    const payoutId = await waiting(partnerId, 10_000n);
    await Promise.allSettled([process(payoutId), order(partnerId, true), process(payoutId)]);
    for (let round = 0; round < 3; round += 1) {
      await world.send(payoutId);
      await process(payoutId).catch(() => {});
    }
    await world.send(payoutId);
    expect(await payout(payoutId)).toMatchObject({ status: "completed", taxWithheld: 2_400n });
    await world.expectProven(partnerId);
  });

  it("leaves no payout of which nothing would be left", async () => {
    const partnerId = await world.newPartner();
    await order(partnerId, true);
    await world.payouts.changeCurrencySettings(world.operator(), {
      currency: "USD",
      approvalAbove: null,
      feeBorneBy: "partner",
      feeFixed: 80,
      feeRate: 0,
      schedule: null,
    });
    await world.earn(partnerId, 100n);
    const payoutId = await world.request(partnerId);
    await expect(process(payoutId)).rejects.toMatchObject({ code: "payout.fee_exceeds_amount" });
    await world.payouts.changeCurrencySettings(world.operator(), {
      currency: "USD",
      approvalAbove: null,
      feeBorneBy: "programme",
      feeFixed: 0,
      feeRate: 0,
      schedule: null,
    });
  });
});

type Act = "order" | "end" | "earn" | "process" | "send" | "takeBack";
const acts = fc.array(
  fc.record({
    act: fc.constantFrom<Act>("order", "end", "earn", "earn", "process", "process", "send", "send", "takeBack"),
    amount: fc.bigInt({ min: 100n, max: 500_000n }),
  }),
  { minLength: 6, maxLength: 20 },
);

it("whatever happens in which order, net, fee and tax are the gross amount, and the books owe what was kept back", async () => {
  const runs = Number(globalThis.process.env["PROPERTY_RUNS"] ?? 6);
  await fc.assert(
    fc.asyncProperty(acts, async (steps) => {
      const partnerId = await world.newPartner();
      const made: string[] = [];
      const perform = async ({ act, amount }: (typeof steps)[number]): Promise<unknown> => {
        const last = made.at(-1) ?? "";
        if (act === "order" || act === "end") return order(partnerId, act === "order");
        if (act === "earn") return made.push(await waiting(partnerId, amount));
        if (act === "process") return process(last);
        if (act === "send") return world.send(last);
        return world.takeBack(last);
      };
      // What the state forbids leaves no trace.
      for (const step of steps) await perform(step).catch(() => {});
      let kept = 0n;
      for (const payoutId of made) {
        const { amount, fee, taxWithheld, netAmount, status } = await payout(payoutId);
        expect(netAmount + fee + taxWithheld).toBe(amount);
        if (status === "completed") {
          kept += taxWithheld;
          expect(world.transfersOf(payoutId).map((each) => BigInt(each.amount))).toEqual([netAmount]);
        }
      }
      expect((await books(partnerId)).tax_withheld).toBe(kept);
      const line = await world.lineOf(partnerId, 2026);
      expect(line?.withheld ?? 0n).toBe(kept);
      await world.expectProven(partnerId);
    }),
    { numRuns: runs },
  );
});
