import { beforeAll, expect, it, vi } from "vitest";
import { loadMessages, loadPageMessages } from "../../i18n/messages.ts";
import { effectWords, type Outcome } from "./dispute-effect.ts";
import type { Evidence } from "./evidence-type.ts";

beforeAll(async () => {
  vi.stubGlobal("localStorage", { getItem: () => null });
  vi.stubGlobal("navigator", { languages: ["en-GB"] });
  vi.stubGlobal("document", { documentElement: {} });
  await loadMessages();
  await loadPageMessages();
});

const evidence = { commission: { amount: 1000, currency: "USD" } } as Evidence;
const effect = (outcome: Outcome, amount?: number) =>
  effectWords({ dispute: { kind: "commission", amountHeld: 700 }, evidence, outcome, amount });

it("a change says the number before, the number after, and what is booked between them", () => {
  expect(effect("adjust", 1250)).toContain("10.00 USD becomes 12.50 USD: 2.50 USD is booked on top");
  expect(effect("adjust", 400)).toContain("10.00 USD becomes 4.00 USD: 6.00 USD is taken back");
});

it("a change to the same number books nothing, and says that another is asked for", () => {
  expect(effect("adjust", 1000)).toBe(effect("adjust"));
});

it("letting it stand and cancelling it say what is held", () => {
  expect(effect("uphold")).toContain("10.00 USD stands. 7.00 USD that is held goes back");
  expect(effect("cancel")).toContain("7.00 USD of what is held");
});
