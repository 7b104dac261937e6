import { invariant } from "../kernel/invariant.ts";
import { formatMajor } from "../kernel/money.ts";

/** What a template is filled with, by name. */
export type Facts = Readonly<Record<string, string>>;
/** What an event tells, as the outbox keeps it. */
export type EventData = Readonly<Record<string, unknown>>;

export const textOf = (data: EventData, name: string): string => {
  const value = data[name];
  invariant(typeof value === "string", "events tell what the catalogue of webhooks says");
  return value;
};

/** Amounts are integers of minor units on the wire. */
export const amount = (data: EventData): Facts => ({
  amount: `${formatMajor(BigInt(data["amount"] as number), textOf(data, "currency"))} ${textOf(data, "currency")}`,
});
export const AMOUNT = { amount: "12.50 USD" };
export const nothing = (): Facts => ({});
/** Of what an operator did: why, and what it comes to where an amount is known. */
export const decided = (data: EventData): Facts => ({
  reason: textOf(data, "reason"),
  amount: data["amount"] === undefined ? "nothing" : (amount(data)["amount"] ?? ""),
});
export const DECIDED = { reason: "Agreed with you", ...AMOUNT };
export const said = (data: EventData): Facts => ({ reason: textOf(data, "reason") });
export const SAID = { reason: "Which invoice do you mean?" };

/** The parts of an instant that people read, in UTC. */
export const inWords = (instant: unknown): string =>
  typeof instant === "string" ? `${instant.slice(0, 16).replace("T", " ")} UTC` : "nothing: it is used at once";
export const granted = (data: EventData): Facts => amount({ ...data, amount: data["granted"] });

const LEVELS: Readonly<Record<string, string>> = { tier1: "1", tier2: "2", tier3: "3", tier4: "4" };
export const tier = (data: EventData): Facts => {
  const name = textOf(data, "tier");
  return { tier: LEVELS[name] ?? name };
};

/** The day until which something holds, in UTC. */
export const until = (data: EventData): Facts => ({ until: textOf(data, "endsAt").slice(0, 10) });
export const UNTIL = { until: "2026-06-01" };

/** Of what somebody has left behind: a line each, as they are called. */
export const leftBehind = (data: EventData): Facts => ({
  things: [
    ...listOf(data, "endpoints").map((url) => `Webhook endpoint ${url}`),
    ...listOf(data, "keys").map((name) => `API key ${name}`),
  ].join("\n"),
});

const listOf = (data: EventData, name: string): string[] => {
  const value = data[name];
  invariant(Array.isArray(value), "events tell what their publisher says");
  return value.map(String);
};
