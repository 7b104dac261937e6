import type { CalendarDate } from "../kernel/calendar.ts";
import { keyedHash } from "../platform/crypto/index.ts";
import { type BirthFit, birthFit } from "./birth-dates.ts";
import { type IdentityNumber, isSameNumber, numbersIn } from "./identity-numbers.ts";
import { sha256, staleFrom } from "./list-rules.ts";
import type { SanctionsEntry } from "./ofac-entry.ts";

/** Grows with every change of how names are compared: all partners are compared anew then. */
const WAY_OF_COMPARING = 4;

/** What narrows whom a name may mean. */
export type KnownFacts = {
  readonly birthDate: CalendarDate | null;
  /** ISO 3166: of an address, of citizenship or incorporation. */
  readonly countries: readonly string[];
  readonly numbers: readonly IdentityNumber[];
  /** A keyed hash of all of it: what of it is written down beside a decision; null where nothing is known. */
  readonly key: string | null;
};
const NOTHING_KNOWN: KnownFacts = { birthDate: null, countries: [], numbers: [], key: null };

/** What a partner has signed of itself for the tax office. */
export type SignedFacts = KnownFacts & {
  readonly isIndividual: boolean;
  readonly name: string;
  readonly businessName: string | null;
};

/** What of a partner is compared. */
export type ScreenedFacts = {
  readonly personName: string | null;
  readonly companyName: string | null;
  readonly country: string | null;
  readonly form: SignedFacts | null;
  /** Of the accounts that it is paid to, where the program knows them. */
  readonly holders: readonly string[];
};

export const SUBJECT_KINDS = ["person", "organisation", "either"] as const;
export const SUBJECT_SOURCES = ["profile", "tax_form", "payout_account"] as const;

/** One name of a partner. */
export type Subject = {
  /** `either`: an account does not say whose it is. */
  readonly kind: (typeof SUBJECT_KINDS)[number];
  readonly name: string;
  readonly country: string | null;
  /** Where the partner has given it. */
  readonly source: (typeof SUBJECT_SOURCES)[number];
};

/** The same as it is compared: the facts are asked about and not kept. */
export type AskedName = Subject & { readonly known: KnownFacts };

/**
 * The names of a partner: of the person who signs in and of the company, what its tax form says, and whose accounts it is paid to; each once. A
 * partner without any has one that cannot be read.
 */
export function subjectsOf({ personName, companyName, country, form, holders }: ScreenedFacts): AskedName[] {
  // A form speaks of one: of the person, or of the organisation.
  const formKind = form?.isIndividual === false ? "organisation" : "person";
  const all: readonly (readonly [Subject["kind"], string | null | undefined, Subject["source"]])[] = [
    ["person", personName, "profile"],
    ["organisation", companyName, "profile"],
    [formKind, form?.name, "tax_form"],
    ["organisation", form?.businessName, "tax_form"],
    ...holders.map((holder) => ["either", holder, "payout_account"] as const),
  ];
  const subjects: AskedName[] = [];
  for (const [kind, text, source] of all) {
    const name = text?.trim() ?? "";
    const isKnown = subjects.some(
      (one) => (kind === "either" || one.kind === kind) && one.name.toLowerCase() === name.toLowerCase(),
    );
    if (name === "" || isKnown) continue;
    const known = form !== null && (kind === "either" || kind === formKind) ? form : NOTHING_KNOWN;
    subjects.push({ kind, name, country, source, known });
  }
  return subjects.length === 0
    ? [{ kind: "person", name: "", country, source: "profile", known: form ?? NOTHING_KNOWN }]
    : subjects;
}

/** What of a partner was compared, as far as it can be told without opening what is sealed: a form never changes, an account's details have a revision. */
export type ComparedFacts = Pick<ScreenedFacts, "personName" | "companyName" | "country"> & {
  readonly formId: string | null;
  readonly accountRevision: string | null;
};

/** What hashes of names are made with: one that leaked tells nobody a name, and two tenants have different ones of the same. */
export type NameHashing = { readonly nameKey: Buffer; readonly tenantId: string };

export const nameHash = ({ nameKey, tenantId }: NameHashing, text: string): string =>
  keyedHash(nameKey, `${tenantId} ${text}`).toString("hex");

/** What was compared and how: another of these is screened anew. */
export const subjectHash = (
  of: NameHashing,
  { personName, companyName, country, formId, accountRevision }: ComparedFacts,
  alertAt: number,
): string =>
  nameHash(of, JSON.stringify([WAY_OF_COMPARING, alertAt, personName, companyName, country, formId, accountRevision]));

/** One name with all that narrows it: a clearing holds for this alone. Hashes of before they were keyed go on in these (`sealOldNames`). */
export const subjectKey = (of: NameHashing, { kind, name, country, known }: AskedName): string =>
  nameHash(of, sha256(JSON.stringify([kind, name, country, ...(known.key === null ? [] : [known.key])])));

/** Scores are compared as whole millionths: a difference of two decimals is not one itself, and 0.82 less 0.02 would be below 0.8. */
const MILLION = 1_000_000;
const millionths = (fraction: number): number => Math.round(fraction * MILLION);
const sumOf = (...fractions: readonly number[]): number =>
  fractions.reduce((sum, one) => sum + millionths(one), 0) / MILLION;

/** Another country or another kind makes a match less likely, and never rules it out: people move, and companies bear names of people. */
const DIFFERENCE = 0.02;

/** Who was born on the same day is looked at with a name that is this much less alike. */
export const BIRTH_AGREES = 0.05;

/** What a date of birth does to the order in which people look. It never takes a match away: dates of lists are often wrong, and of partners sometimes a lie. */
const BIRTH_RANK: Readonly<Record<BirthFit, number>> = {
  agrees: BIRTH_AGREES,
  fits: 0.02,
  near: 0,
  unknown: 0,
  differs: -0.1,
};
const COUNTRY_RANK = 0.01;

export type Weight = {
  /** How alike the names are, lowered by another country or kind: what an alert is decided by. Null where the name could not be compared. */
  readonly score: number | null;
  /** The same with all that is known, 0 to 1: the order in which people look. */
  readonly rank: number | null;
  readonly countryDiffers: boolean;
  readonly countryAgrees: boolean;
  readonly kindDiffers: boolean;
  readonly birthDate: BirthFit;
  /** A number of the partner is one of the entry. */
  readonly numberAgrees: boolean;
};

const NOT_WEIGHED: Weight = {
  score: null,
  rank: null,
  countryDiffers: false,
  countryAgrees: false,
  kindDiffers: false,
  birthDate: "unknown",
  numberAgrees: false,
};

/** What speaks for and against an entry being whom a name means. */
export function weigh(
  byName: number | null,
  { kind, country, known }: AskedName,
  entry: Pick<SanctionsEntry, "kind" | "countries" | "birthDates" | "remarks"> | null,
): Weight {
  if (byName === null || entry === null) return NOT_WEIGHED;
  const countries = country === null ? known.countries : [country, ...known.countries];
  const isSaid = countries.length > 0 && entry.countries.length > 0;
  const countryAgrees = isSaid && countries.some((code) => entry.countries.includes(code));
  const countryDiffers = isSaid && !countryAgrees;
  const kindDiffers = kind !== "either" && entry.kind !== kind;
  const birthDate = birthFit(known.birthDate, entry.birthDates);
  const listed = known.numbers.length === 0 ? [] : numbersIn(entry.remarks);
  const numberAgrees = known.numbers.some((own) => listed.some((other) => isSameNumber(own, other)));
  const score = Math.max(0, sumOf(byName, countryDiffers ? -DIFFERENCE : 0, kindDiffers ? -DIFFERENCE : 0));
  const rank = numberAgrees ? 1 : sumOf(score, BIRTH_RANK[birthDate], countryAgrees ? COUNTRY_RANK : 0);
  return {
    score,
    rank: Math.min(1, Math.max(0, rank)),
    countryDiffers,
    countryAgrees,
    kindDiffers,
    birthDate,
    numberAgrees,
  };
}

/**
 * Whether people look at it: by the names; with a date of birth that agrees to the day, by names that are less alike; with a number that agrees,
 * whatever the names. Nothing that differs clears.
 */
export const isAlert = ({ score, birthDate, numberAgrees }: Weight, alertAt: number): boolean =>
  score === null || numberAgrees || score >= sumOf(alertAt, birthDate === "agrees" ? -BIRTH_AGREES : 0);

/** How alike names have to be for anybody to be weighed at all. */
export const searchFrom = (subjects: readonly AskedName[], alertAt: number): number =>
  sumOf(alertAt, subjects.some(({ known }) => known.birthDate !== null) ? -BIRTH_AGREES : 0);

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
  /** Of the address on its tax form. */
  readonly formCountry: string | null;
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
  { settings, list, openCase, country, formCountry, screenedThrough }: Standing,
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
  if (formCountry !== null && settings.blockedCountries.includes(formCountry))
    return refused("Sanctions: the country of the partner's tax form is blocked");
  if (list === undefined) return no("Sanctions: there is no list to compare with");
  if (now >= staleFrom(list.confirmedAt, settings.listMaxAgeDays))
    return no(
      `Sanctions: the list was last confirmed on ${list.confirmedAt.toISOString().slice(0, 10)} and is too old`,
    );
  if (screenedThrough === undefined || screenedThrough < list.version)
    return no("Sanctions: the partner's names are not compared with the newest list yet");
  return { allowed: true };
}
