import { describe, expect, it } from "vitest";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { type KeptTransaction, type ReportedTransaction, TRANSACTION_KINDS } from "./transaction.ts";
import { importOrder, isReversal, isSameEvent, isSettled, mismatchOf, refusalOf } from "./transaction-rules.ts";

const sound: ReportedTransaction = {
  externalId: "invoice 1",
  customerExternalId: "customer 1",
  kind: "payment",
  amount: 12_000n,
  currency: "USD",
  occurredAt: new Date("2026-03-01T12:00:00Z"),
  originalExternalId: null,
  tax: 2_000n,
  revenue: 0n,
  product: null,
  planCode: null,
  country: null,
  createCustomer: false,
};
const refund: Partial<ReportedTransaction> = { kind: "refund", originalExternalId: "invoice 0" };

const refused = (fields: Partial<ReportedTransaction>) => {
  const error = refusalOf({ ...sound, ...fields }, (code) => code === "USD");
  return error && [error.code, error.facts["field"]];
};

describe("an event by itself", () => {
  it.each<[string, Partial<ReportedTransaction>]>([
    ["a payment with tax", {}],
    ["a payment of nothing", { amount: 0n, tax: 0n }],
    ["a payment that is all tax", { tax: 12_000n }],
    ["the largest amount", { amount: AMOUNT_MAX_MINOR }],
    ["a card event with revenue above its volume", { kind: "card", tax: 0n, revenue: 20_000n }],
    ["a refund with tax", refund],
    ["a chargeback", { ...refund, kind: "chargeback" }],
    ["a chargeback won", { ...refund, kind: "chargeback_won" }],
    ["an external id of 255 characters, none of them ASCII", { externalId: "é".repeat(255) }],
  ])("is taken: %s", (_, fields) => {
    expect(refused(fields)).toBeUndefined();
  });

  it.each<[string, Partial<ReportedTransaction>, string, string]>([
    ["an empty external id", { externalId: "" }, "external_id_invalid", "externalId"],
    ["an external id of 256 characters", { externalId: "x".repeat(256) }, "external_id_invalid", "externalId"],
    ["a NUL in an external id", { externalId: "a\0b" }, "external_id_invalid", "externalId"],
    ["half a surrogate pair", { externalId: "a\ud800" }, "external_id_invalid", "externalId"],
    ["a line break in the customer", { customerExternalId: "a\nb" }, "external_id_invalid", "customerExternalId"],
    ["an unknown currency", { currency: "XYZ" }, "currency_unknown", "currency"],
    ["a negative amount", { amount: -1n, tax: 0n }, "amount_invalid", "amount"],
    ["a refund of nothing", { ...refund, amount: 0n, tax: 0n }, "amount_invalid", "amount"],
    ["an amount beyond the largest", { amount: AMOUNT_MAX_MINOR + 1n }, "amount_too_large", "amount"],
    ["a negative tax", { tax: -1n }, "tax_invalid", "tax"],
    ["a tax above the amount", { tax: 12_001n }, "tax_invalid", "tax"],
    ["a negative revenue", { revenue: -1n }, "revenue_invalid", "revenue"],
    ["a revenue beyond the largest amount", { revenue: AMOUNT_MAX_MINOR + 1n }, "amount_too_large", "revenue"],
    ["a refund of nothing named", { kind: "refund" }, "original_missing", "originalExternalId"],
    [
      "a refund of itself",
      { kind: "refund", originalExternalId: "invoice 1" },
      "original_unexpected",
      "originalExternalId",
    ],
    ["a NUL in the original", { ...refund, originalExternalId: "\0" }, "external_id_invalid", "originalExternalId"],
    ["a payment that names an original", { originalExternalId: "x" }, "original_unexpected", "originalExternalId"],
    ["no instant", { occurredAt: new Date(Number.NaN) }, "occurred_at_invalid", "occurredAt"],
    ["an instant before 1970", { occurredAt: new Date(-1) }, "occurred_at_invalid", "occurredAt"],
    ["an instant after 9999", { occurredAt: new Date("+010000-01-01T00:00:00Z") }, "occurred_at_invalid", "occurredAt"],
  ])("is refused: %s", (_, fields, code, field) => {
    expect(refused(fields)).toEqual([`transaction.${code}`, field]);
  });
});

describe("an import", () => {
  it("is ordered by instant, then originals first, then the bytes of the external id", () => {
    const at = (hour: number, kind: ReportedTransaction["kind"], id: string) => ({
      occurredAt: new Date(Date.UTC(2026, 2, 1, hour)),
      kind,
      externalId: id,
    });
    const ordered = [
      at(1, "refund", "z"),
      at(2, "card", "B"),
      at(2, "payment", "a"),
      // U+FF5E sorts after U+1F600 by UTF-16 units, and before it by bytes.
      at(2, "payment", "\uff5e"),
      at(2, "payment", "\u{1f600}"),
      at(2, "chargeback", "a"),
      at(2, "refund", "b"),
      at(2, "chargeback_won", "0"),
      at(3, "payment", "0"),
    ];
    expect(ordered.toReversed().sort(importOrder)).toEqual(ordered);
  });
});

describe("an event that comes again", () => {
  const kept = { ...sound, customerId: "c1", originalId: null } as unknown as KeptTransaction;
  it("is the same where all that it says is the same", () => {
    expect(isSameEvent(kept, sound, "c1")).toBe(true);
    expect(isSameEvent(kept, { ...sound, occurredAt: new Date(sound.occurredAt) }, "c1")).toBe(true);
  });

  it("is the same whatever it says then of product, plan and country", () => {
    const described = { ...sound, product: "cloud", planCode: "pro", country: "DE" };
    expect(isSameEvent(kept, described, "c1")).toBe(true);
    expect(isSameEvent({ ...kept, product: "cards", country: "AT" }, described, "c1")).toBe(true);
  });

  it.each<[string, Partial<ReportedTransaction>, string?]>([
    ["of another kind", { kind: "card" }],
    ["of somebody else", {}, "c2"],
    ["of another amount", { amount: 12_001n }],
    ["in another currency", { currency: "EUR" }],
    ["of another instant", { occurredAt: new Date("2026-03-01T12:00:01Z") }],
    ["of another original", { originalExternalId: "invoice 0" }],
    ["with another tax", { tax: 1_999n }],
    ["with another revenue", { revenue: 1n }],
  ])("is another where it is %s", (_what, fields, customerId = "c1") => {
    expect(isSameEvent(kept, { ...sound, ...fields }, customerId)).toBe(false);
  });
});

describe("a reversal", () => {
  const of = { currency: "USD", customerId: "c1" };
  it("takes back sales, and a chargeback that was won takes back the chargeback", () => {
    const may = Object.fromEntries(
      TRANSACTION_KINDS.map((kind) => [
        kind,
        TRANSACTION_KINDS.filter((original) => mismatchOf({ kind, ...of }, { kind: original, ...of }) === undefined),
      ]),
    );
    expect(may).toEqual({
      payment: [],
      card: [],
      refund: ["payment", "card"],
      chargeback: ["payment", "card"],
      chargeback_won: ["chargeback"],
    });
    expect(TRANSACTION_KINDS.filter(isReversal)).toEqual(["refund", "chargeback", "chargeback_won"]);
  });

  it("is in its original's currency and of its customer, and is told what is wrong", () => {
    const told = (original: Parameters<typeof mismatchOf>[1]) => {
      const error = mismatchOf({ kind: "refund", ...of }, original);
      return error && [error.code, error.facts];
    };
    expect(told({ kind: "refund", ...of })).toEqual([
      "transaction.original_not_reversible",
      { field: "originalExternalId", originalKind: "refund" },
    ]);
    expect(told({ kind: "payment", ...of, currency: "EUR" })).toEqual([
      "transaction.currency_mismatch",
      { field: "currency", originalCurrency: "EUR" },
    ]);
    expect(told({ kind: "payment", ...of, customerId: "c2" })).toEqual([
      "transaction.customer_mismatch",
      { field: "customerExternalId" },
    ]);
  });

  it("has its place once its original is there; a sale always has", () => {
    expect(isSettled({ kind: "payment", originalId: null })).toBe(true);
    expect(isSettled({ kind: "refund", originalId: null })).toBe(false);
    expect(isSettled({ kind: "refund", originalId: "t1" })).toBe(true);
  });
});
