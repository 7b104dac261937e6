import { describe, expect, it } from "vitest";
import { isFormDue } from "./form-due.ts";

describe("a partner's tax form", () => {
  it.each([
    { state: "missing", payoutsWait: "always", isDue: true },
    { state: "expired", payoutsWait: "at_threshold", isDue: true },
    { state: "missing", payoutsWait: "never", isDue: false },
    { state: "expiring", payoutsWait: "always", isDue: false },
    { state: "valid", payoutsWait: "always", isDue: false },
  ] as const)("that is $state is due where payouts wait $payoutsWait: $isDue", ({ isDue, ...tax }) => {
    expect(isFormDue(tax)).toBe(isDue);
  });
});
