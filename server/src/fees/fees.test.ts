import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LICENCE } from "../../test/kit/fee-terms.ts";
import { type FeeWorld, feeWorld } from "../../test/kit/fees.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import "../../test/kit/property-seed.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { hasFees } from "./fee-repository.ts";

let world: FeeWorld;
beforeAll(async () => {
  world = await feeWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const invoicesOf = async (partnerId: string) =>
  (await world.fees.findInvoices(world.operator(), { partnerId, sort: "issuedAt", limit: 100 })).data;
const invoice = (invoiceId: string) => world.fees.getInvoiceFor(world.operator(), { invoiceId });
const setOff = (invoiceId: string, amount?: number) =>
  world.fees.setOffInvoice(world.operator(), { invoiceId, ...(amount === undefined ? {} : { amount }) });
const outcomes = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.map((one) => (one.status === "fulfilled" ? "done" : String((one.reason as { code?: string }).code)));

describe("the schedule", () => {
  it("invoices every month that has begun once, also those that were missed", async () => {
    const partnerId = await world.newDebtor({ startsOn: "2025-11-01" });
    await Promise.allSettled([world.fees.issueDue(world.system()), world.fees.issueDue(world.system())]);
    await world.fees.issueDue(world.system());
    const invoices = await invoicesOf(partnerId);
    const totals = new Map(invoices.map(({ periodStart, total }) => [periodStart, total]));
    expect(invoices).toHaveLength(3);
    expect(totals).toEqual(
      new Map([
        ["2025-11-01", 60_000n],
        ["2025-12-01", 10_000n],
        ["2026-01-01", 10_000n],
      ]),
    );
    await world.expectProven(partnerId);
  });

  it("charges a card product once, however often it is told", async () => {
    const partnerId = await world.newDebtor();
    const usage = { partnerId, reference: "metal", quantity: 2 };
    await world.fees.recordCardUsage(world.operator(), usage);
    await world.fees.recordCardUsage(world.operator(), usage);
    await expect(world.fees.recordCardUsage(world.operator(), { ...usage, quantity: 3 })).rejects.toMatchObject({
      code: "fee.usage_differs",
    });
    await world.fees.issueDue(world.system());
    expect((await invoicesOf(partnerId)).map(({ total }) => total)).toEqual([70_000n]);
  });

  it("has to do with whom fees were agreed with, and with nobody else", async () => {
    const [debtor, stranger] = [await world.newDebtor(), await world.newPartner()];
    const asked = (partnerId: string) => world.db.read(world.operator(), (tx) => hasFees(tx, partnerId));
    expect([await asked(debtor), await asked(stranger)]).toEqual([true, false]);
  });

  it("charges nobody who has agreed to nothing, and nothing after the end", async () => {
    const stranger = await world.newPartner();
    const partnerId = await world.newPartner();
    await world.fees.agreeFees(world.operator(), {
      partnerId,
      startsOn: "2025-12-01",
      endsOn: "2026-01-01",
      supportFrom: null,
      maySetOff: false,
      dueDays: 0,
    });
    await world.fees.issueDue(world.system());
    expect(await invoicesOf(stranger)).toEqual([]);
    expect(await invoicesOf(partnerId)).toHaveLength(1);
  });

  it("charges card products that were made in the last month once it has ended, and no month with them", async () => {
    const partnerId = await world.newDebtor({ startsOn: "2025-12-01", endsOn: "2026-01-01" });
    await world.fees.issueDue(world.system());
    await world.fees.recordCardUsage(world.operator(), { partnerId, reference: "metal", quantity: 2 });
    await Promise.allSettled([world.fees.issueDue(world.system()), world.fees.issueDue(world.system())]);
    await world.fees.issueDue(world.system());
    const invoices = await invoicesOf(partnerId);
    expect(invoices.map(({ periodStart, total }) => [periodStart, total])).toEqual([
      ["2025-12-01", 60_000n],
      [null, 10_000n],
    ]);
    await world.expectProven(partnerId);
  });

  it("gives no number to an invoice that was not written", async () => {
    const partnerId = await world.newDebtor();
    const before = await world.charge(partnerId, 100);
    const tooLarge = { description: "Too large", quantity: 1_000_000, unitAmount: 100_000_000_000_000 };
    await expect(
      world.fees.issueInvoice(world.operator(), { partnerId, currency: "USD", lines: [tooLarge] }),
    ).rejects.toMatchObject({ code: "fee.amount_too_large" });
    const together = await Promise.all([1, 2, 3].map((amount) => world.charge(partnerId, amount)));
    const numbers = await Promise.all(together.map(async (id) => (await invoice(id)).number));
    const { number } = await invoice(before);
    expect(new Set(numbers)).toEqual(new Set([number + 1n, number + 2n, number + 3n]));
    await world.expectProven(partnerId);
  });
});

describe("settling", () => {
  it("takes no more than is open, from two at once", async () => {
    const partnerId = await world.newDebtor();
    const invoiceId = await world.charge(partnerId, 10_000);
    const ways = await Promise.allSettled([
      world.fees.recordInvoicePayment(world.operator(), { invoiceId, amount: 6_000, reference: "one" }),
      world.fees.recordInvoicePayment(world.operator(), { invoiceId, amount: 6_000, reference: "two" }),
      world.fees.creditInvoice(world.operator(), { invoiceId, amount: 6_000, reason: "A favour" }),
    ]);
    expect(new Set(outcomes(ways))).toEqual(new Set(["done", "fee.above_open"]));
    expect(outcomes(ways).filter((one) => one === "done")).toHaveLength(1);
    expect((await invoice(invoiceId)).open).toBe(4_000n);
    await world.expectProven(partnerId);
  });

  it("records a payment of one reference once", async () => {
    const partnerId = await world.newDebtor();
    const invoiceId = await world.charge(partnerId, 10_000);
    const payment = { invoiceId, amount: 1_000, reference: "Wire 1" };
    await world.fees.recordInvoicePayment(world.operator(), payment);
    await expect(world.fees.recordInvoicePayment(world.operator(), payment)).rejects.toMatchObject({
      code: "fee.payment_recorded",
    });
    expect((await invoice(invoiceId)).paid).toBe(1_000n);
  });

  it("never changes a row of an invoice", async () => {
    const partnerId = await world.newDebtor();
    await world.fees.creditInvoice(world.operator(), { invoiceId: await world.charge(partnerId, 10), reason: "Void" });
    for (const change of [
      "update partner_invoice_lines set description = ''",
      "delete from partner_invoice_lines",
      "update partner_invoice_settlements set reference = ''",
      "delete from partner_invoices",
    ])
      await expect(asOwner(world.clone, change)).rejects.toMatchObject({ code: "23001" });
  });
});

describe("setting off", () => {
  it("takes what is free, and the payout is so much less", async () => {
    const partnerId = await world.newDebtor();
    await world.earn(partnerId, 20_000n);
    const invoiceId = await world.charge(partnerId, 8_000);
    expect(await setOff(invoiceId)).toMatchObject({ setOff: 8_000n, open: 0n, status: "settled" });
    const payoutId = await world.request(partnerId);
    expect((await world.payouts.getPayoutFor(world.operator(), { payoutId })).amount).toBe(12_000n);
    await world.expectProven(partnerId);
  });

  it("takes no more than is available, and nothing of another currency or in hold", async () => {
    const partnerId = await world.newDebtor();
    await world.earn(partnerId, 3_000n);
    await world.earn(partnerId, 9_000n, "EUR");
    await world.seedCommission(partnerId, 5_000n);
    const invoiceId = await world.charge(partnerId, 8_000);
    await expect(setOff(invoiceId, 3_001)).rejects.toMatchObject({ code: "fee.above_earnings" });
    expect(await setOff(invoiceId)).toMatchObject({ setOff: 3_000n, open: 5_000n });
    await expect(setOff(invoiceId)).rejects.toMatchObject({ code: "fee.above_earnings" });
    await world.expectProven(partnerId);
  });

  it("asks for the partner's agreement, and that it is not suspended", async () => {
    const partnerId = await world.newDebtor({ maySetOff: false });
    await world.earn(partnerId, 3_000n);
    await expect(setOff(await world.charge(partnerId, 1_000))).rejects.toMatchObject({
      code: "fee.set_off_not_agreed",
    });
    const other = await world.newDebtor();
    await world.earn(other, 3_000n);
    const invoiceId = await world.charge(other, 1_000);
    await world.setStatus(other, "suspended");
    await expect(setOff(invoiceId)).rejects.toMatchObject({ code: "fee.partner_suspended" });
  });

  it("and a payout, a refund and a dispute at once never spend one amount twice", async () => {
    const partnerId = await world.newDebtor();
    const commissionId = await world.earn(partnerId, 10_000n);
    const contested = await world.earn(partnerId, 4_000n);
    const invoiceIds = [await world.charge(partnerId, 9_000), await world.charge(partnerId, 9_000)];
    const all = await Promise.allSettled([
      ...invoiceIds.map((id) => setOff(id)),
      world.request(partnerId),
      world.commissions.cancelCommission(world.operator(), { commissionId, reason: "Refunded" }),
      world.commissions.disputeCommission(world.partner(partnerId), { commissionId: contested, reason: "Less" }),
    ]);
    for (const outcome of outcomes(all)) expect(outcome).toMatch(/^(done|(fee|payout|commission)\..+)$/);
    await world.expectProven(partnerId);
  });

  it("is no commission: it is not counted as one, and cannot be disputed", async () => {
    const partnerId = await world.newDebtor();
    await world.earn(partnerId, 3_000n);
    await setOff(await world.charge(partnerId, 1_000));
    const [row] = await asOwner<{ id: string }>(
      world.clone,
      "select id from commissions where partner_id = $1 and rule = 'set_off'",
      [partnerId],
    );
    const { currencies } = await world.commissions.getCommissionSummary(world.partner(partnerId), {});
    expect(currencies).toMatchObject([{ commissions: 1n, approved: 2_000n }]);
    await expect(
      world.commissions.disputeCommission(world.partner(partnerId), { commissionId: row?.id ?? "", reason: "No" }),
    ).rejects.toMatchObject({ code: "commission.is_set_off" });
  });
});

describe("whatever happens in whatever order", () => {
  it("the books, the invoices and the earnings agree", async () => {
    const act = fc.tuple(
      fc.constantFrom("earn", "charge", "pay", "credit", "set_off", "undo", "payout", "cancel", "month"),
      fc.integer({ min: 1, max: 5_000 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 15 }), async (acts) => {
        const partnerId = await world.newDebtor();
        const earned: string[] = [];
        const charged: string[] = [await world.charge(partnerId, 2_000)];
        for (const [what, amount] of acts) {
          const invoiceId = charged[amount % charged.length] ?? "";
          const doing = {
            earn: async () => void earned.push(await world.earn(partnerId, BigInt(amount))),
            charge: async () => void charged.push(await world.charge(partnerId, amount)),
            pay: () =>
              world.fees.recordInvoicePayment(world.operator(), { invoiceId, amount, reference: String(amount) }),
            credit: () => world.fees.creditInvoice(world.operator(), { invoiceId, amount, reason: "Agreed" }),
            set_off: () => setOff(invoiceId),
            undo: async () => {
              const { settlements } = await invoice(invoiceId);
              const setOffs = settlements.filter(({ kind }) => kind === "set_off");
              const settlementId = setOffs[amount % Math.max(setOffs.length, 1)]?.id ?? invoiceId;
              await world.fees.undoSetOff(world.operator(), { invoiceId, settlementId, reason: "Agreed" });
            },
            payout: () => world.request(partnerId),
            cancel: () =>
              world.commissions.cancelCommission(world.operator(), {
                commissionId: earned[amount % Math.max(earned.length, 1)] ?? invoiceId,
                reason: "Refunded",
              }),
            month: () => world.fees.issueDue(world.system()),
          }[what];
          // A refusal by the rules is an outcome; a failure of the program is none.
          await doing().catch((error: { code?: string }) => {
            if (!/^(fee|payout|commission)\./.test(error.code ?? "")) throw error;
          });
        }
        await world.expectProven(partnerId);
        const totals = (await invoicesOf(partnerId)).map(({ open }) => open);
        const { fee_receivable: owed } = await world.balances(partnerId);
        expect(owed).toBe(totals.reduce((sum, open) => sum + open, 0n));
      }),
      { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 5) },
    );
  });
});

describe("an overdue invoice", () => {
  it("is told of once, and a mail follows", async () => {
    const partnerId = await world.newDebtor({ dueDays: 0 });
    const invoiceId = await world.charge(partnerId, 1_000);
    world.clock.advance(2 * DAY_MS);
    await world.fees.remindOverdue(world.system());
    await world.fees.remindOverdue(world.system());
    const told = await asOwner(
      world.clone,
      "select 1 from outbox_events where type = 'invoice.overdue' and object_id = $1",
      [invoiceId],
    );
    expect(told).toHaveLength(1);
    const reminders = async () => {
      await Promise.all([1, 2].map(() => world.fees.remindOverdue(world.system())));
      const [row] = await asOwner<{ reminders: number }>(
        world.clone,
        "select reminders from partner_invoices where id = $1",
        [invoiceId],
      );
      return row?.reminders;
    };
    expect(await reminders()).toBe(1);
    for (const expected of [2, 3, 3]) {
      await world.advance(14 * DAY_MS);
      expect(await reminders()).toBe(expected);
    }
    const mails = world.told.mails.length;
    await world.fees.sendReminder(world.system(), { invoiceId });
    expect(world.told.mails.slice(mails).map(({ to }) => to)).toEqual([`${partnerId}@example.com`]);
    await world.fees.creditInvoice(world.operator(), { invoiceId, reason: "Void" });
    await world.fees.sendReminder(world.system(), { invoiceId });
    expect(world.told.mails).toHaveLength(mails + 1);
    expect((await invoice(invoiceId)).status).toBe("settled");
  });
});

describe("reading", () => {
  it("another partner's invoice, and another tenant's, is not found", async () => {
    const invoiceId = await world.charge(await world.newDebtor(), 1_000);
    const missing = { code: "fee.invoice_not_found" };
    const rival = world.partner(await world.newPartner());
    await expect(world.fees.getInvoice(rival, { invoiceId })).rejects.toMatchObject(missing);
    await expect(world.fees.getInvoiceFile(rival, { invoiceId, format: "pdf" })).rejects.toMatchObject(missing);
    const tenantId = await seedTenant(world.clone, { at: world.clock.now(), isOperator: false });
    const elsewhere = { ...world.operator(), tenantId };
    for (const act of [
      () => world.fees.getInvoiceFor(elsewhere, { invoiceId }),
      () => world.fees.recordInvoicePayment(elsewhere, { invoiceId, reference: "Wire" }),
      () => world.fees.creditInvoice(elsewhere, { invoiceId, reason: "Void" }),
      () => world.fees.setOffInvoice(elsewhere, { invoiceId }),
      () => world.fees.undoSetOff(elsewhere, { invoiceId, settlementId: invoiceId, reason: "Void" }),
    ])
      await expect(act()).rejects.toMatchObject(missing);
  });

  it("gives the invoice as PDF, and as CSV whose lines less what settled it is what is open", async () => {
    const partnerId = await world.newDebtor();
    const invoiceId = await world.charge(partnerId, 12_345);
    await world.fees.creditInvoice(world.operator(), { invoiceId, amount: 345, reason: "=1+1" });
    const own = world.partner(partnerId);
    const pdf = await world.fees.getInvoiceFile(own, { invoiceId, format: "pdf" });
    expect(pdf.content.subarray(0, 5).toString()).toBe("%PDF-");
    const csv = (await world.fees.getInvoiceFile(own, { invoiceId, format: "csv" })).content.toString();
    expect(csv).toContain("123.45");
    expect(csv).toContain("-3.45");
    expect(csv).toContain("120.00");
    expect(csv).not.toContain(",=1+1");
  });

  it("lists by state", async () => {
    const partnerId = await world.newDebtor();
    const [paid, open] = [await world.charge(partnerId, 10), await world.charge(partnerId, 20)];
    await world.fees.recordInvoicePayment(world.operator(), { invoiceId: paid, reference: "Wire" });
    const listed = async (status: "open" | "settled" | "overdue") =>
      (await world.fees.getInvoices(world.partner(partnerId), { status })).data.map(({ id }) => id);
    expect([await listed("open"), await listed("settled"), await listed("overdue")]).toEqual([[open], [paid], []]);
  });
});

describe("terms", () => {
  it("that no longer name a licence charge none from the month on in which they hold", async () => {
    const partnerId = await world.newDebtor();
    world.told.terms = { ...LICENCE, mode: "share" };
    await world.fees.issueDue(world.system());
    world.told.terms = LICENCE;
    expect((await invoicesOf(partnerId)).map(({ total }) => total)).toEqual([50_000n]);
  });
});
