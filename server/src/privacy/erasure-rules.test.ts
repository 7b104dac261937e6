import { describe, expect, it } from "vitest";
import { ZERO_BALANCES } from "../ledger/account-kinds.ts";
import type { PersonalDataSource } from "../platform/personal-data.ts";
import { certify, isAccountOpen, moneyHindrances } from "./erasure-rules.ts";

describe("money that is open", () => {
  it.each([
    "pending",
    "available",
    "disputed",
    "payout_in_transit",
    "clawback_receivable",
    "fee_receivable",
    "share_receivable",
  ] as const)("hinders an erasure where it is %s, however little", (account) => {
    const balances = new Map([["USD", { ...ZERO_BALANCES, [account]: 1n }]]);
    expect(moneyHindrances(balances)).toEqual([{ kind: "money_open", account, currency: "USD", amount: 1 }]);
  });

  it("hinders it where a share of what a sub-operator sold is to be paid back to it", () => {
    const balances = new Map([["USD", { ...ZERO_BALANCES, share_receivable: -3n }]]);
    expect(moneyHindrances(balances)).toMatchObject([{ account: "share_receivable", amount: -3 }]);
  });

  it("is not what has been paid, taxed or written off", () => {
    const settled = { ...ZERO_BALANCES, commission_expense: 9n, cash: -9n, tax_withheld: 1n, bad_debt: 2n };
    expect(moneyHindrances(new Map([["USD", settled]]))).toEqual([]);
  });
});

it.each([
  [{ role: "customer", status: "active" }, false],
  [{ role: "partner", status: "active", partnerStatus: "active" }, true],
  [{ role: "partner", status: "active", partnerStatus: "suspended" }, true],
  [{ role: "partner", status: "active", partnerStatus: "pending" }, true],
  [{ role: "partner", status: "active", partnerStatus: "terminated" }, false],
  [{ role: "partner", status: "active", partnerStatus: "rejected" }, false],
  [{ role: "admin", status: "active" }, true],
  [{ role: "admin", status: "disabled" }, false],
])("the account of %o is open: %s", (who, isOpen) => {
  expect(isAccountOpen(who)).toBe(isOpen);
});

it("a certificate names what ended, what was erased and what is kept by rule, and leaves out what there was nothing of", () => {
  const source = (name: string, holds: PersonalDataSource["holds"]): PersonalDataSource => ({
    name,
    holds,
    collect: async () => [],
    erase: async () => 0,
  });
  const { ended, erased, kept } = certify(
    [
      { source: source("account", { "users.email": "erased", "users.external_id": "reference" }), rows: 1, found: 1 },
      { source: source("transactions", { "transactions.external_id": "books" }), rows: 0, found: 3 },
      { source: source("tickets", { "support_messages.body": "erased" }), rows: 0, found: 0 },
    ],
    [
      { what: "Sessions that were ended", count: 2 },
      { what: "Cards that were ended", count: 0 },
    ],
  );
  expect(ended).toEqual([{ what: "Sessions that were ended", count: 2 }]);
  expect(erased).toEqual([{ source: "account", rows: 1, columns: ["users.email"] }]);
  expect(kept.map(({ rule, columns }) => [rule, columns])).toEqual([
    ["books", ["transactions.external_id"]],
    ["reference", ["users.external_id"]],
  ]);
});
