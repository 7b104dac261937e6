import { describe, expect, it } from "vitest";
import { DAY_MS } from "../kernel/clock.ts";
import {
  conversionOrder,
  type ImportedReferral,
  isSameConversion,
  refusalByPartner,
  refusalOfRow,
} from "./import-rules.ts";

const NOW = new Date("2026-06-01T00:00:00Z");
const CONVERTED = new Date("2026-03-31T12:00:00Z");
const row = (fields: Partial<ImportedReferral> = {}): ImportedReferral => ({
  externalId: "c1",
  referralCode: "Ada",
  clickedAt: new Date("2026-03-01T12:00:00Z"),
  convertedAt: CONVERTED,
  email: "cust@example.com",
  ...fields,
});
const later = (ms: number): Date => new Date(CONVERTED.getTime() + ms);
const told = (error: { code: string; facts?: unknown } | undefined) =>
  error && [error.code, (error.facts as { field?: string }).field];

describe("a conversion that happened elsewhere", () => {
  it.each<Partial<ImportedReferral>>([
    {},
    { clickedAt: null },
    { email: null },
    { clickedAt: CONVERTED },
    { convertedAt: NOW },
    { clickedAt: new Date(0) },
    { email: `${"a".repeat(64)}@${"b".repeat(189)}` },
  ])("is taken: %j", (fields) => expect(refusalOfRow(row(fields), NOW)).toBeUndefined());

  it.each<[Partial<ImportedReferral>, string, string]>([
    [{ externalId: "" }, "referral.external_id_invalid", "externalId"],
    [{ referralCode: "a b" }, "referral.code_unknown", "referralCode"],
    [{ email: "nobody" }, "referral.email_invalid", "email"],
    [{ email: "a b@example.com" }, "referral.email_invalid", "email"],
    [{ email: "a@b\u0000c.example" }, "referral.email_invalid", "email"],
    [{ email: "x a@example.com" }, "referral.email_invalid", "email"],
    [{ email: "a@example.com x" }, "referral.email_invalid", "email"],
    [{ email: `${"a".repeat(65)}@b.example` }, "referral.email_invalid", "email"],
    [{ email: `a@${"b".repeat(190)}` }, "referral.email_invalid", "email"],
    [{ convertedAt: new Date(NOW.getTime() + 1) }, "referral.instant_invalid", "convertedAt"],
    [{ convertedAt: new Date(Number.NaN) }, "referral.instant_invalid", "convertedAt"],
    [{ convertedAt: new Date(-1) }, "referral.instant_invalid", "convertedAt"],
    [{ clickedAt: new Date(Number.NaN) }, "referral.instant_invalid", "clickedAt"],
    [{ clickedAt: new Date(-1) }, "referral.instant_invalid", "clickedAt"],
    [{ clickedAt: later(1) }, "referral.click_after_conversion", "clickedAt"],
  ])("is refused with its field: %j", (fields, code, field) =>
    expect(told(refusalOfRow(row(fields), NOW))).toEqual([code, field]),
  );

  it("is refused after the last year that four digits write", () => {
    const farOff = new Date(Date.UTC(10_000, 0, 1));
    expect(refusalOfRow(row({ convertedAt: new Date(farOff.getTime() - 1) }), farOff)).toBeUndefined();
    expect(told(refusalOfRow(row({ convertedAt: farOff }), farOff))).toEqual([
      "referral.instant_invalid",
      "convertedAt",
    ]);
  });
});

describe("conversions of a file", () => {
  it("are recorded by instant, then by the bytes of the external id", () => {
    const rows = [row({ externalId: "ä" }), row({ externalId: "b" }), row({ externalId: "z", convertedAt: later(-1) })];
    expect(rows.toSorted(conversionOrder).map(({ externalId }) => externalId)).toEqual(["z", "b", "ä"]);
  });
});

describe("a conversion and its partner", () => {
  const facts = {
    partner: { id: "p", userId: "u1", status: "active", referralCode: "ada", terminatedAt: null },
    partnerEmail: "ada@example.com",
    windowDays: 30,
    customer: { id: "u2", emails: ["cust@example.com"] },
  };
  const decide = (change: Partial<typeof facts> & { partner?: object }, fields: Partial<ImportedReferral> = {}) =>
    told(refusalByPartner(row(fields), { ...facts, ...change } as typeof facts));
  const partner = (change: object) => ({ partner: { ...facts.partner, ...change } });
  const INACTIVE = ["referral.partner_inactive", "referralCode"];

  it("fit where the partner was there, and the click within the window, its limit included", () => {
    expect(decide({})).toBeUndefined();
    expect(decide({}, { clickedAt: later(-30 * DAY_MS) })).toBeUndefined();
    expect(decide({}, { clickedAt: later(-30 * DAY_MS - 1) })).toEqual(["referral.out_of_window", "clickedAt"]);
  });

  it("fit where the other system decided without a click", () => {
    expect(decide({ windowDays: 0 }, { clickedAt: null })).toBeUndefined();
  });

  it("do not where the partner was refused, had gone by then, or had no terms yet", () => {
    expect(decide(partner({ status: "rejected" }))).toEqual(INACTIVE);
    expect(decide(partner({ status: "terminated", terminatedAt: CONVERTED }))).toEqual(INACTIVE);
    expect(decide(partner({ status: "terminated", terminatedAt: later(1) }))).toBeUndefined();
    expect(decide({ windowDays: undefined } as never)).toEqual(INACTIVE);
  });

  it("do not where both are one", () => {
    const self = ["referral.self", "externalId"];
    expect(decide({ customer: { id: "u1", emails: [] } })).toEqual(self);
    expect(decide({ customer: { id: "u2", emails: ["Ada+x@example.com"] } })).toEqual(self);
  });
});

describe("a conversion that comes again", () => {
  const kept = { source: "import", referralCode: "ada", convertedAt: CONVERTED } as const;
  it("is known by where it came from, its code in either case, and its instant", () => {
    expect(isSameConversion(kept, row())).toBe(true);
    expect(isSameConversion({ ...kept, source: "click" } as never, row())).toBe(false);
    expect(isSameConversion({ ...kept, referralCode: "bob" }, row())).toBe(false);
    expect(isSameConversion({ ...kept, convertedAt: later(1) }, row())).toBe(false);
    expect(isSameConversion({ ...kept, convertedAt: null }, row())).toBe(false);
  });
});
