import { expect, it } from "vitest";
import { t } from "../../i18n/messages.ts";
import { closingWords, typeWords } from "./commission-words.ts";

it("a share of the revenue is called that, though the API counts it among what recurs", () => {
  expect(typeWords({ type: "recurring", rule: "share", reversesId: null })).toBe(t("clause.share"));
  expect(typeWords({ type: "recurring", rule: "recurring", reversesId: null })).toBe(t("commissionType.recurring"));
  expect(typeWords({ type: "recurring", rule: "share.reversal", reversesId: "c" })).toBe(t("commissionType.reversal"));
});

it("what was cancelled without a word of anybody says by which rule, and in general where that is not known", () => {
  const closing = { by: "event", reason: null } as const;
  expect(closingWords({ ...closing, event: "refund" })).toBe(t("commission.closed.refund"));
  expect(closingWords({ ...closing, event: null })).toBe(t("commission.closed.event"));
  expect(closingWords({ ...closing, event: "of_tomorrow" })).toBe(t("commission.closed.event"));
});
