import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPayer, type Payer, setCurrency } from "../../test/kit/payers.ts";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import type { Statement, StatementLine } from "./statement.ts";
import { statementCsv } from "./statement-csv.ts";
import { statementPdf } from "./statement-pdf.ts";
import { findInequality } from "./statement-rules.ts";

let world: PayoutWorld;
let payer: Payer;
beforeAll(async () => {
  world = await payoutWorld();
  payer = await newPayer(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const paid = async (partnerId: string, amount?: number): Promise<string> => {
  const payoutId = await world.request(partnerId, amount);
  await world.payouts.processPayout(payer.ctx(), { payoutId });
  await world.send(payoutId);
  return payoutId;
};
const statementOf = (payoutId: string, format: "pdf" | "csv") =>
  world.payouts.getStatementFor(payer.ctx(), { payoutId, format });
const rowsOf = async (payoutId: string): Promise<Record<string, string>[]> =>
  parse(await text((await statementOf(payoutId, "csv")).content), { columns: true }) as Record<string, string>[];
const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

describe("a statement", () => {
  it("says what was there, each commission and reversal, fees, what was set off, and what is left", async () => {
    await setCurrency(world, "USD", { feeBorneBy: "partner", feeFixed: 50 });
    const partnerId = await world.newBankPartner();
    const first = await world.earn(partnerId, 10_000n);
    await paid(partnerId);
    // Taken back after it was paid: a debt, which the next earnings repay.
    await world.seedRefund(first, 4_000n);
    await world.earn(partnerId, 9_000n);
    await world.earn(partnerId, 6_000n);
    const payoutId = await paid(partnerId, 8_000);
    const rows = await rowsOf(payoutId);
    const totals = rows.filter(({ section }) => section === "total").map(({ kind, amount }) => [kind, amount]);
    expect(totals).toEqual([
      ["Opening balance", "110.00"],
      ["Commissions", "120.00"],
      ["Reversals and debts set off", "-40.00"],
      ["Gross payout", "80.00"],
      ["Fee of the transfer", "-0.50"],
      ["Tax withheld", "0.00"],
      ["Net, released to the bank", "79.50"],
      ["Closing balance", "30.00"],
    ]);
    const lines = rows.filter(({ section }) => section === "line").map(({ kind, amount }) => [kind, amount]);
    expect(lines).toEqual([
      ["reversal", "-40.00"],
      ["commission", "90.00"],
      ["commission", "30.00"],
    ]);
    await setCurrency(world, "USD", {});
    await world.expectProven(partnerId);
  });

  it("of the same payout is the same to the byte, whenever it is asked for", async () => {
    const partnerId = await world.newBankPartner();
    await asOwner(world.clone, "update partners set company_name = 'Ωμέγα и Ко Łódź' where id = $1", [partnerId]);
    await world.earn(partnerId, 10_000n);
    const payoutId = await paid(partnerId);
    const first = await buffer((await statementOf(payoutId, "pdf")).content);
    await world.advance(40 * DAY_MS);
    await world.earn(partnerId, 10_000n);
    const again = await buffer(
      (await world.payouts.getStatement(world.partner(partnerId), { payoutId, format: "pdf" })).content,
    );
    expect(first.subarray(0, 5).toString()).toBe("%PDF-");
    expect(digest(again)).toBe(digest(first));
    // The letters are embedded, with what they mean.
    expect(first.includes("/FontFile2")).toBe(true);
    expect(first.includes("/ToUnicode")).toBe(true);
  });

  it("is made of a payout that was paid, and for its partner alone", async () => {
    const [partnerId, rival] = [await world.newBankPartner(), await world.newBankPartner()];
    await world.earn(partnerId, 10_000n);
    const waiting = await world.request(partnerId, 5_000);
    await expect(statementOf(waiting, "pdf")).rejects.toMatchObject({ code: "payout.statement_unavailable" });
    const payoutId = await paid(partnerId);
    await expect(world.payouts.getStatement(world.partner(rival), { payoutId, format: "csv" })).rejects.toMatchObject({
      code: "payout.not_found",
    });
    await world.payouts.recordReturn(payer.ctx(), { payoutId, reason: "Account closed" });
    await expect(statementOf(payoutId, "pdf")).rejects.toMatchObject({ code: "payout.statement_unavailable" });
  });

  it("is refused where rows and books differ: an unequal sum is an error and no document", async () => {
    const partnerId = await world.newBankPartner();
    await world.earn(partnerId, 10_000n);
    const payoutId = await paid(partnerId);
    await asOwner(world.clone, "update payout_items set amount = amount - 1 where payout_id = $1", [payoutId]);
    await expect(statementOf(payoutId, "pdf")).rejects.toMatchObject({
      code: "payout.statement_unequal",
      facts: { total: "lines" },
    });
    await asOwner(world.clone, "update payout_items set amount = amount + 1 where payout_id = $1", [payoutId]);
    expect(await rowsOf(payoutId)).not.toEqual([]);
  });

  it("is handed out over HTTP as what it is", async () => {
    const partnerId = await world.newBankPartner();
    await world.earn(partnerId, 10_000n);
    const { content, contentType, name } = await statementOf(await paid(partnerId), "pdf");
    content.destroy();
    expect([contentType, name.endsWith(".pdf")]).toEqual(["application/pdf", true]);
  });
});

const FACTS = {
  payout: { amount: 100n, fee: 3n, tax_withheld: 7n, operator_fee: 2n },
  earned: 130n,
  setOff: -30n,
  requested: [{ debit: "available", credit: "payout_in_transit", amount: 100n }],
  confirmed: [
    { debit: "payout_in_transit", credit: "cash", amount: 90n },
    { debit: "payout_in_transit", credit: "tax_withheld", amount: 7n },
    { debit: "payout_in_transit", credit: "payout_fee", amount: 3n },
    { debit: "payout_cost", credit: "payout_fee", amount: 2n },
  ],
};

describe("totals", () => {
  it("that agree with the books are no inequality", () => {
    expect(findInequality(FACTS)).toBeUndefined();
  });

  it.each([
    ["lines", { ...FACTS, earned: 129n }],
    ["reserved", { ...FACTS, requested: [] }],
    ["net", { ...FACTS, confirmed: FACTS.confirmed.slice(1) }],
    ["tax", { ...FACTS, confirmed: FACTS.confirmed.filter(({ credit }) => credit !== "tax_withheld") }],
    [
      "fee",
      {
        ...FACTS,
        confirmed: FACTS.confirmed.filter(({ debit, credit }) => debit === "payout_cost" || credit !== "payout_fee"),
      },
    ],
    ["operator_fee", { ...FACTS, confirmed: FACTS.confirmed.slice(0, 3) }],
  ])("that differ are named: %s", (name, facts) => {
    expect(findInequality(facts)).toBe(name);
  });
});

const AT = new Date("2026-03-05T10:00:00Z");
const STATEMENT: Statement = {
  payoutId: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42",
  programme: "Partners",
  partnerId: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c43",
  partner: null,
  currency: "USD",
  opening: null,
  closing: null,
  earned: 0n,
  setOff: 0n,
  gross: 0n,
  fee: 0n,
  taxWithheld: 0n,
  net: 0n,
  requestedAt: AT,
  paidAt: AT,
  isByBankFile: false,
  method: "Stripe",
  transferId: "tr_1",
};

/** Lines one by one, and how many were taken: a writer that does not wait takes them all. */
function counted(count: number, customer = "a…@e….com") {
  const taken = { count: 0 };
  const lines = async function* (): AsyncGenerator<StatementLine> {
    for (let line = 1; line <= count; line += 1) {
      taken.count = line;
      yield { line, kind: "commission", rule: "recurring", customer, occurredAt: AT, commissionId: "c", amount: 1n };
    }
  };
  return { lines: lines(), taken };
}

/** The first bytes; then the reader stops. */
async function firstChunk(content: Readable): Promise<void> {
  for await (const _ of content) break;
}

describe("a statement of a great many lines", () => {
  it.each([
    ["PDF", statementPdf],
    ["CSV", statementCsv],
  ])("as %s is made as fast as it is read: a reader who stops has most of it never made", async (_format, write) => {
    const { lines, taken } = counted(100_000);
    await firstChunk(write(STATEMENT, lines));
    expect(taken.count).toBeLessThan(10_000);
  });

  it("as PDF has one line for those beyond its length, with their sum, and costs what its length does", async () => {
    const whole = await buffer(statementPdf(STATEMENT, counted(30).lines, 30));
    const { lines, taken } = counted(40_000);
    const cut = await buffer(statementPdf(STATEMENT, lines, 30));
    expect(taken.count).toBe(40_000);
    // One more line of text.
    expect(cut.length - whole.length).toBeGreaterThan(0);
    expect(cut.length - whole.length).toBeLessThan(2_000);
  });

  it("in CSV is safe against formulas", async () => {
    const { lines } = counted(1, "=cmd()|'x'!A1");
    const rows = parse(await text(statementCsv(STATEMENT, lines)), { columns: true }) as Record<string, string>[];
    expect(rows.at(-1)?.["customer"]).toBe("'=cmd()|'x'!A1");
  });

  it("that fails on the way ends as an error, not as a document", async () => {
    const broken = async function* (): AsyncGenerator<StatementLine> {
      yield* counted(3).lines;
      throw new Error("the lines do not add up");
    };
    for (const write of [statementPdf, statementCsv])
      await expect(buffer(write(STATEMENT, broken()))).rejects.toThrow("the lines do not add up");
  });
});
