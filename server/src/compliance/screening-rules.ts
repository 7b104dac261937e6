import { sha256, staleFrom } from "./list-rules.ts";
import type { EntryKind } from "./ofac-entry.ts";

/** Grows with every change of how names are compared: all partners are compared anew then. */
const WAY_OF_COMPARING = 1;

/** What of a partner is compared. */
export type ScreenedFacts = {
  readonly personName: string | null;
  readonly companyName: string | null;
  readonly country: string | null;
};

/** One name that is compared. */
export type Subject = {
  readonly kind: "person" | "organisation";
  readonly name: string;
  readonly country: string | null;
};

/** The names of a partner: of the person who signs in and of the company. A partner without any has one that cannot be read. */
export function subjectsOf({ personName, companyName, country }: ScreenedFacts): Subject[] {
  const named = (kind: Subject["kind"], name: string | null): Subject[] =>
    name === null || name.trim() === "" ? [] : [{ kind, name: name.trim(), country }];
  const subjects = [...named("person", personName), ...named("organisation", companyName)];
  return subjects.length === 0 ? [{ kind: "person", name: "", country }] : subjects;
}

/** What was compared and how: another of these is screened anew. */
export const subjectHash = (subjects: readonly Subject[], alertAt: number): string =>
  sha256(JSON.stringify([WAY_OF_COMPARING, alertAt, subjects.map(({ kind, name, country }) => [kind, name, country])]));

/** One name with what narrows it: a clearing holds for this alone. */
export const subjectKey = ({ kind, name, country }: Subject): string => sha256(JSON.stringify([kind, name, country]));

/** Another country or another kind makes a match less likely, and never rules it out: people move, and companies bear names of people. */
const DIFFERENCE = 0.02;

/** A score by names, lowered by what speaks against it. */
export function weigh(
  score: number,
  subject: Subject,
  entry: { readonly kind: EntryKind; readonly countries: readonly string[] },
) {
  const countryDiffers =
    subject.country !== null && entry.countries.length > 0 && !entry.countries.includes(subject.country);
  const kindDiffers = entry.kind !== subject.kind;
  return {
    score: score - (countryDiffers ? DIFFERENCE : 0) - (kindDiffers ? DIFFERENCE : 0),
    countryDiffers,
    kindDiffers,
  };
}

export const VERDICTS = ["clear", "confirm"] as const;
export type Verdict = (typeof VERDICTS)[number];
export const CASE_STATUSES = ["open", "escalated", "cleared", "confirmed"] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];
export type Vote = { readonly userId: string; readonly verdict: Verdict };

/** As many people have to say the same. */
const PEOPLE_NEEDED = 2;

/** What the votes of a round come to, in the order in which they were given: of one person the last counts. */
export function decideCase(votes: readonly Vote[]): CaseStatus {
  const last = new Map(votes.map(({ userId, verdict }) => [userId, verdict]));
  const count = (verdict: Verdict): number => [...last.values()].filter((one) => one === verdict).length;
  const [clear, confirm] = [count("clear"), count("confirm")];
  // Whoever has a doubt is not outvoted: they talk, and one of them votes again.
  if (clear > 0 && confirm > 0) return "escalated";
  if (clear >= PEOPLE_NEEDED) return "cleared";
  return confirm >= PEOPLE_NEEDED ? "confirmed" : "open";
}

/** What the books know of a partner's screening when money is to leave. */
export type Standing = {
  readonly settings: {
    readonly isEnabled: boolean;
    readonly listMaxAgeDays: number;
    readonly blockedCountries: readonly string[];
  };
  readonly list: { readonly version: bigint; readonly confirmedAt: Date } | undefined;
  readonly openCase: "open" | "escalated" | "confirmed" | undefined;
  readonly country: string | null;
  /** The version up to which the partner's names, as they are now, were compared. */
  readonly screenedThrough: bigint | undefined;
};

/** `isLasting`: people, or the programme's settings, have refused the partner; otherwise it waits for something. */
export type GateAnswer =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string; readonly isLasting?: true };

const no = (reason: string): GateAnswer => ({ allowed: false, reason });
const refused = (reason: string): GateAnswer => ({ allowed: false, reason, isLasting: true });

/** Whether a partner may be approved or paid. What is not known says no; a case holds even where screening was turned off after it. */
export function decideStanding(
  { settings, list, openCase, country, screenedThrough }: Standing,
  now: Date,
): GateAnswer {
  if (openCase === "confirmed") return refused("Sanctions: two people have confirmed a match with the list");
  if (openCase !== undefined) return no("Sanctions: a possible match waits for two people");
  if (!settings.isEnabled) return { allowed: true };
  // A country that nobody has told may be one of these.
  if (country === null && settings.blockedCountries.length > 0)
    return no("Sanctions: the partner's country is not known, and some countries are blocked");
  if (country !== null && settings.blockedCountries.includes(country))
    return refused("Sanctions: the partner's country is blocked");
  if (list === undefined) return no("Sanctions: there is no list to compare with");
  if (now >= staleFrom(list.confirmedAt, settings.listMaxAgeDays))
    return no(
      `Sanctions: the list was last confirmed on ${list.confirmedAt.toISOString().slice(0, 10)} and is too old`,
    );
  if (screenedThrough === undefined || screenedThrough < list.version)
    return no("Sanctions: the partner's names are not compared with the newest list yet");
  return { allowed: true };
}
