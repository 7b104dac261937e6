import { createHash } from "node:crypto";
import { buffer, text } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import {
  type At,
  addAdmin,
  addSubOperator,
  atHost,
  breaksIn,
  report,
  type SubOperatorAt,
} from "../../test/kit/sub-operators.ts";
import { newId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";

const LIST = "/api/v1/admin/sub-operators";
type Row = Readonly<Record<string, string>>;

let database: ClonedDatabase;
let world: WholeApp;
let operator: At;
let bank: SubOperatorAt;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  operator = atHost(world, "operator.test");
  bank = await addSubOperator(world, await addAdmin(world));
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const moveTo = (instant: string): void => world.clock.advance(Date.parse(instant) - world.clock.now().getTime());
const sell = async (event: object = {}): Promise<string> => {
  const id = await report(world, bank, event);
  await world.settle();
  return id;
};
const settle = (kind: "payment" | "repayment", amount: number, reference: string) =>
  world.app.whitelabel.settleShare(world.ctx(), { id: bank.id, kind, currency: "USD", amount, reference });

const asked = (month: string) => ({ month, currency: "USD", format: "csv" as const });
const statementOf = (month: string) =>
  world.app.whitelabel.getShareStatement(world.ctx(), { id: bank.id, ...asked(month) });
async function rowsOf(month: string): Promise<Row[]> {
  return parse(await text((await statementOf(month)).content), { columns: true }) as Row[];
}
const totalsIn = (rows: readonly Row[]) =>
  rows.flatMap(({ section, kind, base, amount }) =>
    section === "total" || section === "of which" ? [[kind, base, amount]] : [],
  );
const linesIn = (rows: readonly Row[]) =>
  rows.flatMap(({ section, kind, base, amount, reference }) =>
    section === "total" || section === "of which" ? [] : [[section, kind, base, amount, reference]],
  );
const asPartner = (partnerId: string): Ctx => ({
  ...world.ctx(),
  actor: { type: "key", keyId: newId(), partnerId, scopes: new Set(["own:fees:read"]) },
});

describe("the statement of a month's share", { timeout: 120_000 }, () => {
  it("says base, share, adjustments, what was paid and what was set off, from one balance to the next, and is what the books say", async () => {
    const march = await sell({ amount: 12_000, tax: 2_000 });
    await sell({ amount: 1_177, tax: 0 });
    await settle("payment", 5_000, "=Wire 1");
    await sell({ kind: "refund", amount: 3_600, tax: 0, originalExternalId: march });
    await expect(statementOf("2026-03")).rejects.toMatchObject({ code: "sub_operator.statement_unavailable" });
    moveTo("2026-04-01T00:59:59Z");
    await expect(statementOf("2026-03")).rejects.toMatchObject({ code: "sub_operator.statement_unavailable" });

    moveTo("2026-04-02T12:00:00Z");
    // All of March that is left is taken back, and a little is sold.
    await sell({ kind: "refund", amount: 8_400, tax: 0, originalExternalId: march });
    await sell({ amount: 3_000, tax: 0 });
    moveTo("2026-05-03T12:00:00Z");
    await settle("repayment", 2_000, "Wire 2");
    await sell({ amount: 10_000, tax: 0 });
    moveTo("2026-06-01T01:00:00Z");

    const first = await rowsOf("2026-03");
    expect(totalsIn(first)).toEqual([
      ["Opening balance", "", "0.00"],
      ["Share of sales", "111.77", "55.88"],
      ["Adjustments by refunds and chargebacks", "-30.00", "-15.00"],
      ["Paid", "", "-50.00"],
      ["Paid back", "", "0.00"],
      ["Closing balance", "", "-9.12"],
      ["Set off against the opening balance", "", "0.00"],
    ]);
    const lines = linesIn(first);
    expect(lines).toHaveLength(4);
    expect(lines).toEqual(
      expect.arrayContaining([
        ["sale", "payment", "100.00", "50.00", ""],
        ["sale", "payment", "11.77", "5.88", ""],
        ["adjustment", "refund", "-30.00", "-15.00", ""],
        // Safe against formulas.
        ["settlement", "payment", "", "-50.00", "'=Wire 1"],
      ]),
    );
    expect(totalsIn(await rowsOf("2026-04"))).toEqual([
      ["Opening balance", "", "-9.12"],
      ["Share of sales", "30.00", "15.00"],
      ["Adjustments by refunds and chargebacks", "-70.00", "-35.00"],
      ["Paid", "", "0.00"],
      ["Paid back", "", "0.00"],
      ["Closing balance", "", "-29.12"],
      ["Set off against the opening balance", "", "0.00"],
    ]);
    expect(totalsIn(await rowsOf("2026-05"))).toEqual([
      ["Opening balance", "", "-29.12"],
      ["Share of sales", "100.00", "50.00"],
      ["Adjustments by refunds and chargebacks", "0.00", "0.00"],
      ["Paid", "", "0.00"],
      ["Paid back", "", "20.00"],
      ["Closing balance", "", "40.88"],
      ["Set off against the opening balance", "", "29.12"],
    ]);
    const [books] = await asOwner<{ owed: number }>(
      database,
      "select balance::int as owed from ledger_accounts where partner_id = $1 and kind = 'share_receivable'",
      [bank.partnerId],
    );
    expect(books?.owed).toBe(4_088);
    // A month in which nothing was has its balance all the same.
    expect(totalsIn(await rowsOf("2026-02")).map(([, , amount]) => amount)).toEqual(Array(7).fill("0.00"));
    expect([...(await breaksIn(world, world.ctx())), ...(await breaksIn(world, bank.ctx()))]).toEqual([]);
  });

  it("is the same to the byte whenever it is asked for, and the same for both sides; as PDF too", async () => {
    const digest = async (format: "pdf" | "csv", own: boolean) => {
      const file = own
        ? await world.app.whitelabel.getOwnShareStatement(asPartner(bank.partnerId), { ...asked("2026-03"), format })
        : await world.app.whitelabel.getShareStatement(world.ctx(), { id: bank.id, ...asked("2026-03"), format });
      const bytes = await buffer(file.content);
      return [file.name, bytes.subarray(0, 5).toString(), createHash("sha256").update(bytes).digest("hex")];
    };
    const before = [await digest("pdf", false), await digest("csv", false)];
    expect(before.map(([name, head]) => [name, head])).toEqual([
      ["share-2026-03-USD.pdf", "%PDF-"],
      ["share-2026-03-USD.csv", "secti"],
    ]);
    await sell({ amount: 500, tax: 0, occurredAt: "2026-03-02T12:00:00Z" });
    expect([await digest("pdf", true), await digest("csv", true)]).toEqual(before);
  });

  it("is the parent's and the partner's alone, of a month and in a currency that there are", async () => {
    const auth = await addAdmin(world);
    const url = (of: string) => `${LIST}/${bank.id}/statement?${of}`;
    const ok = await operator("GET", url("month=2026-03&currency=USD&format=csv"), { auth });
    expect([ok.status, ok.headers["content-disposition"]]).toEqual([
      200,
      'attachment; filename="share-2026-03-USD.csv"',
    ]);
    expect((await operator("GET", url("month=2026-13&currency=USD"), { auth })).body["code"]).toBe("request.invalid");
    expect((await operator("GET", url("month=2026-03&currency=ZZZ"), { auth })).body["code"]).toBe(
      "sub_operator.currency_unknown",
    );
    const other = await addSubOperator(world, auth);
    const theirs = await other.at("GET", url("month=2026-03&currency=USD"), { auth: other.admin });
    expect(theirs.status).toBe(404);
    const stranger = await world.addPartner({ email: `${newId()}@example.com` });
    await expect(
      world.app.whitelabel.getOwnShareStatement(asPartner(stranger.id), asked("2026-03")),
    ).rejects.toMatchObject({ code: "sub_operator.not_found" });
  });

  it("is refused where rows and books differ: an unequal sum is an error and no document", async () => {
    const tamper = (by: number) =>
      asOwner(
        database,
        `begin; alter table sub_operator_settlements disable trigger sub_operator_settlements_append_only;
         update sub_operator_settlements set amount = amount + ${by} where reference = '=Wire 1';
         alter table sub_operator_settlements enable trigger sub_operator_settlements_append_only; commit`,
      );
    await tamper(1);
    await expect(statementOf("2026-03")).rejects.toMatchObject({
      code: "sub_operator.statement_unequal",
      facts: { total: "paid" },
    });
    await tamper(-1);
    expect(await rowsOf("2026-03")).not.toEqual([]);
  });
});
