import { expect, it } from "vitest";
import { EMPTY, isComplete, STEPS, toForm } from "./form-state.ts";

const ADA = {
  ...EMPTY,
  name: " Ada Lovelace ",
  line1: "1 Main St",
  city: "Austin",
  region: "tx",
  postalCode: "78701",
  tin: "123-45-6789",
  signature: "Ada",
  hasAgreed: true,
};

it("a W-9 is sent as the API takes it, in the United States unless another country is named", () => {
  expect(STEPS.map((step) => isComplete(ADA, step))).not.toContain(false);
  expect(toForm(ADA)).toEqual({
    kind: "w9",
    name: "Ada Lovelace",
    businessName: null,
    classification: "individual",
    address: { line1: "1 Main St", line2: null, city: "Austin", region: "TX", postalCode: "78701", country: "US" },
    tinType: "ssn",
    tin: "123-45-6789",
    isSubjectToWithholding: false,
  });
});

it("a step goes on only with what it needs", () => {
  expect(isComplete(EMPTY, "who")).toBe(false);
  expect(isComplete({ ...ADA, tin: "123" }, "number")).toBe(false);
  expect(isComplete({ ...ADA, hasAgreed: false }, "sign")).toBe(false);
  expect(isComplete({ ...ADA, kind: "w8ben" }, "address")).toBe(false);
});

it("a foreign entity says what it is, an individual does not", () => {
  const bob = { ...ADA, kind: "w8ben", country: "gb", countryOfOrigin: "gb" } as const;
  expect(toForm(bob)).not.toHaveProperty("entityType");
  expect(toForm({ ...bob, kind: "w8bene" })).toMatchObject({
    countryOfOrigin: "GB",
    entityType: "Corporation",
    services: "outside_us",
  });
});
