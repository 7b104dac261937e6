import { expect, it } from "vitest";
import { planFieldName } from "../features/plans/tier-fields.ts";
import { t } from "../i18n/messages.ts";
import { describeError, refusedField } from "./describe-error.ts";

const refused = (status: number, code: string, title: string) =>
  describeError(Object.assign(new Error(title), { status, code, title, requestId: "r-1" }));

it("what is out of reach reads like what is not there", () => {
  const nothing = refused(404, "partner.not_found", "There is no such partner");
  expect(refused(403, "access.scope_missing", "This needs another scope")).toEqual(nothing);
  expect(nothing).not.toHaveProperty("requestId");
});

it("a refusal for another reason says what it is", () => {
  const reasons = [
    ["partner.registration_closed", "This programme takes no registrations now"],
    ["payout.second_person_needed", "A second person is needed"],
    ["access.looking_only", "You only look"],
  ] as const;
  for (const [code, title] of reasons) expect(refused(403, code, title)).toEqual({ title });
});

it("the number to quote stands where nobody knows what is wrong, and not under a refusal", () => {
  expect(refused(500, "internal.error", "Something failed")).toEqual({ title: "Something failed", requestId: "r-1" });
  expect(refused(400, "payout_method.iban_invalid", "These bank details cannot be right")).not.toHaveProperty(
    "requestId",
  );
});

it("an address that is none of the programme's is refused with those that are", () => {
  const facts = { field: "destination", hosts: ["shop.test", "docs.shop.test"] };
  const error = Object.assign(new Error("x"), { status: 400, code: "made.up", title: "On one of the hosts", facts });
  expect(describeError(error)).toEqual({ title: "On one of the hosts", detail: "shop.test, docs.shop.test" });
});

it("of several names, those that there are not are named", () => {
  const facts = { field: "events", unknown: ["foo.bar"] };
  const error = Object.assign(new Error("x"), { status: 400, code: "made.up", title: "No such event", facts });
  expect(describeError(error)).toEqual({ title: "No such event", detail: "foo.bar" });
});

it("a colour on which nothing can be read is refused with how far off it is", () => {
  const facts = { field: "colour", pair: ["buttonText", "colour"], contrast: 1.17, minimum: 4.5 };
  const error = Object.assign(new Error("x"), { status: 400, code: "made.up", title: "Cannot be read", facts });
  expect(describeError(error).detail).toBe(t("problem.contrast", { found: "1.17", least: "4.5" }));
});

it("a rate that a tier does not allow is refused with those that it allows", () => {
  const facts = { field: "tiers.tier1.recurringRate", minimum: 0.05, maximum: 0.15 };
  const error = Object.assign(new Error("x"), { status: 400, code: "plan.rate_out_of_range", title: "Outside", facts });
  const range = t("problem.range", { least: "5%", most: "15%" });
  expect(describeError(error).detail).toBe(`tiers.tier1.recurringRate: ${range}`);
  expect(refusedField(error)).toEqual({ path: "tiers.tier1.recurringRate", words: range });
});

it("a field is called what the form calls it", () => {
  const facts = { field: "tiers.tier2.recurringRate", minimum: 0.05, maximum: 0.15 };
  const error = Object.assign(new Error("x"), { status: 400, code: "plan.rate_out_of_range", title: "Outside", facts });
  expect(describeError(error, planFieldName).detail).toBe(
    `${t("tier.name", { tier: "2" })} · ${t("clause.recurring")}: ${t("problem.range", { least: "5%", most: "15%" })}`,
  );
  const fields = [{ path: "body.tiers.tier3.volumeBonuses.0.bonus", message: "must be <= 1" }];
  const invalid = Object.assign(new Error("x"), { status: 400, code: "request.invalid", title: "The schema", fields });
  expect(describeError(invalid, planFieldName).detail).toBe(
    `${t("tier.name", { tier: "3" })} · ${t("plan.volumeBonuses")}: ${t("problem.most", { n: "1" })}`,
  );
});

it("what does not fit a field is said of the field, and no pattern is shown to a person", () => {
  const fields = [{ path: "body.code", message: 'must match pattern "^[A-Z]+$"' }];
  const error = Object.assign(new Error("x"), { status: 400, code: "request.invalid", title: "The schema", fields });
  expect(describeError(error)).toEqual({ title: t("problem.invalid"), detail: `code: ${t("problem.pattern")}` });
  const bounds = ["must NOT have fewer than 12 characters", "must be >= 1", 'must match format "email"'].map(
    (message) => describeError(Object.assign(error, { fields: [{ path: "body.code", message }] })).detail,
  );
  expect(bounds).toEqual([
    `code: ${t("problem.short", { n: "12" })}`,
    `code: ${t("problem.least", { n: "1" })}`,
    `code: ${t("problem.format")}`,
  ]);
});
