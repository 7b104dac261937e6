import { expect, it } from "vitest";
import { PAYER, W9_OF_ADA } from "../../test/kit/tax.ts";
import type { FilingRow } from "./filing-repository.ts";
import { recipientPdf } from "./recipient-pdf.ts";

const filing: FilingRow = {
  id: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42",
  year: 2026,
  partner_id: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42",
  number: 1,
  run: 0,
  kind: "original",
  corrects_id: null,
  form_id: "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42",
  amount: 250_000n,
  withheld: 60_000n,
  made_at: new Date("2027-01-15T12:00:00Z"),
};
const form = { ...W9_OF_ADA, signature: { name: "Ada", at: "2026-01-01T00:00:00Z", ip: null } };
const payer = { ...PAYER, ein: "123456789" };

it.each(["Ada Lovelace", "עדה לאבלייס", "王小明", "علي", "\u{20BB7}野家"])(
  "a recipient's copy is made for a name in any script: %s",
  async (businessName) => {
    const pdf = await recipientPdf({ filing, form: { ...form, businessName }, payer });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    // The same return gives the same bytes.
    expect((await recipientPdf({ filing, form: { ...form, businessName }, payer })).equals(pdf)).toBe(true);
  },
);
