import { invariant } from "../kernel/invariant.ts";
import {
  dayInWords,
  dayOfInWords,
  instantInWords,
  type Language,
  type MessageKey,
  moneyInWords,
  say,
} from "../platform/language/index.ts";

/**
 * What stands behind a name in a template, as it is kept until the mail is written: only then it is known in which language. A text is said as it is,
 * in the words of whoever wrote it, and so is what an earlier release has kept.
 */
export type Fact =
  | string
  /** Minor units: JSON has no integer that is large enough. */
  | { readonly minor: string; readonly currency: string }
  | { readonly day: string }
  /** As ISO 8601 writes it. */
  | { readonly instant: string }
  /** The day on which it falls where the programme is. */
  | { readonly dayOf: string }
  | { readonly say: MessageKey; readonly values?: Readonly<Record<string, Fact | number>> }
  | { readonly lines: readonly Fact[] };

/** What a template is filled with, by name. */
export type Facts = Readonly<Record<string, Fact>>;
/** The same in somebody's language. */
export type SaidFacts = Readonly<Record<string, string>>;
/** In which language it is said, and in whose time zone days and hours are. */
export type Said = { readonly language: Language; readonly timeZone: string };
/** What an event tells, as the outbox keeps it. */
export type EventData = Readonly<Record<string, unknown>>;

export function factInWords(fact: Fact, how: Said): string {
  const { language, timeZone } = how;
  if (typeof fact === "string") return fact;
  if ("minor" in fact) return moneyInWords(language, BigInt(fact.minor), fact.currency);
  if ("day" in fact) return dayInWords(language, fact.day);
  if ("dayOf" in fact) return dayOfInWords(language, new Date(fact.dayOf), timeZone);
  if ("instant" in fact) return instantInWords(language, new Date(fact.instant), timeZone);
  if ("lines" in fact) return fact.lines.map((line) => factInWords(line, how)).join("\n");
  const values = Object.entries(fact.values ?? {}).map(([name, value]) => [
    name,
    typeof value === "number" ? value : factInWords(value, how),
  ]);
  return say(language, fact.say, Object.fromEntries(values) as Record<string, string | number>);
}

export const factsInWords = (facts: Facts, how: Said): SaidFacts =>
  Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, factInWords(fact, how)]));

export const textOf = (data: EventData, name: string): string => {
  const value = data[name];
  invariant(typeof value === "string", "events tell what the catalogue of webhooks says");
  return value;
};

/** Amounts are integers of minor units on the wire. */
export const amount = (data: EventData): Facts => ({
  amount: { minor: String(data["amount"]), currency: textOf(data, "currency") },
});
export const AMOUNT = { amount: { minor: "1250", currency: "USD" } };
/** What was paid, and whether the bank has yet to be given it: then nobody here knows that it has arrived. */
export const paid = (data: EventData): Facts => ({
  ...amount(data),
  ...(data["bankFile"] === "waiting" && { byBank: { say: "fact.byBank" } }),
});
export const PAID: Facts = { ...AMOUNT, byBank: { say: "fact.byBank" } };
export const nothing = (): Facts => ({});
/** Of what an operator did: why, and what it comes to where an amount is known. */
export const decided = (data: EventData): Facts => ({
  reason: reasonOf(data),
  ...(data["amount"] === undefined ? { amount: { say: "fact.nothing" } } : amount(data)),
});
export const DECIDED = { reason: "Agreed with you", ...AMOUNT };
export const said = (data: EventData): Facts => ({ reason: reasonOf(data) });
export const SAID = { reason: "Which invoice do you mean?" };

/** Of a refusal: why, and until when somebody else can be asked. */
export const refused = (data: EventData): Facts => ({
  reason: textOf(data, "reason"),
  until: { instant: textOf(data, "appealUntil") },
});
export const REFUSED: Facts = refused({
  reason: "The customer pays from your account",
  appealUntil: "2026-03-15T12:00:00Z",
});

/** What somebody wrote, or what the program says of itself: until when something is due, or that nobody answered. */
function reasonOf(data: EventData): Fact {
  const { dueAt, unansweredDays } = data;
  if (typeof dueAt === "string") return { say: "fact.due", values: { time: { instant: dueAt } } };
  if (typeof unansweredDays === "number") return { say: "fact.unanswered", values: { days: unansweredDays } };
  return textOf(data, "reason");
}

/** Of a text that is to be accepted: its heading, and from when on payouts wait for that, where they do. */
export const toAccept = (data: EventData): Facts => {
  const { waitFrom } = data;
  return {
    title: textOf(data, "title"),
    wait:
      typeof waitFrom === "string"
        ? { say: "fact.waits", values: { day: { dayOf: waitFrom } } }
        : { say: "fact.waitsNot" },
  };
};
export const TO_ACCEPT: Facts = toAccept({ title: "Partner agreement", waitFrom: "2026-06-01T12:00:00Z" });

/** From when on something is used; at once where nothing is said. */
export const usableFrom = (instant: unknown): Fact =>
  typeof instant === "string" ? { instant } : { say: "fact.atOnce" };
export const granted = (data: EventData): Facts => amount({ ...data, amount: data["granted"] });

const LEVELS: Readonly<Record<string, string>> = { tier1: "1", tier2: "2", tier3: "3", tier4: "4" };
export const tier = (data: EventData): Facts => {
  const name = textOf(data, "tier");
  return { tier: LEVELS[name] ?? name };
};

/** The day until which something holds. */
export const until = (data: EventData): Facts => ({ until: { dayOf: textOf(data, "endsAt") } });
export const UNTIL = { until: { day: "2026-06-01" } };
/** The last day of something that holds by days. */
export const lastDay = (data: EventData): Facts => ({ day: { day: textOf(data, "validUntil") } });

function listOf(data: EventData, name: string): string[] {
  const value = data[name];
  invariant(Array.isArray(value), "events tell what their publisher says");
  return value.map(String);
}

/** Of what somebody has left behind: a line each, as they are called. */
export const leftBehind = (data: EventData): Facts => ({
  things: {
    lines: [
      ...listOf(data, "endpoints").map((url): Fact => ({ say: "fact.endpoint", values: { url } })),
      ...listOf(data, "keys").map((name): Fact => ({ say: "fact.key", values: { name } })),
    ],
  },
});
export const LEFT_BEHIND: Facts = leftBehind({ endpoints: ["https://hooks.example.com/tributary"], keys: ["Reports"] });
