import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";

export const DOMAIN_STATES = ["pending", "active", "failing", "broken", "lapsed"] as const;
export type DomainState = (typeof DOMAIN_STATES)[number];

/** States in which a tenant is served on its domain. */
export const isServed = (state: DomainState): boolean => state === "active" || state === "failing";

/** What a check found: everything there, something missing, or that DNS gave no answer, which decides nothing. */
export type Outcome = "good" | "bad" | "unanswered";

type Next = {
  readonly good: DomainState;
  readonly bad: DomainState;
  /** Of a bad check when the time of the state is over. */
  readonly late: DomainState;
  /** How long the state lasts at most without a good check; null for as long as it likes. */
  readonly lastsMs: number | null;
};

/** The life of a domain. */
export const DOMAIN_LIFE: Readonly<Record<DomainState, Next>> = {
  pending: { good: "active", bad: "pending", late: "lapsed", lastsMs: 14 * DAY_MS },
  active: { good: "active", bad: "failing", late: "failing", lastsMs: null },
  failing: { good: "active", bad: "failing", late: "broken", lastsMs: 3 * DAY_MS },
  broken: { good: "active", bad: "broken", late: "broken", lastsMs: null },
  lapsed: { good: "active", bad: "lapsed", late: "lapsed", lastsMs: null },
};

/** The state that follows a check at `now` in a state that has lasted since `since`. */
export function stateAfter(
  state: DomainState,
  outcome: Outcome,
  { since, now }: { since: Date; now: Date },
): DomainState {
  if (outcome === "unanswered") return state;
  const next = DOMAIN_LIFE[state];
  if (outcome === "good") return next.good;
  const ends = endOf(state, since);
  return ends !== null && ends <= now ? next.late : next.bad;
}

/** When a state ends by itself; null where it does not. */
export function endOf(state: DomainState, since: Date): Date | null {
  const { lastsMs } = DOMAIN_LIFE[state];
  return lastsMs === null ? null : new Date(since.getTime() + lastsMs);
}

const SOONEST_MS = 5 * 60_000;
const LATEST_MS = 6 * HOUR_MS;

/** How long until DNS is asked again, after so many checks in a row that found something missing; null where nobody asks by himself. */
export function pauseBeforeCheck(state: DomainState, failures: number): number | null {
  switch (state) {
    case "pending":
      return Math.min(SOONEST_MS * 2 ** Math.max(0, Math.min(failures, 20) - 1), LATEST_MS);
    case "active":
      return LATEST_MS;
    case "failing":
      return HOUR_MS;
    case "broken":
      return DAY_MS;
    case "lapsed":
      return null;
  }
}

/** A name may have 253 characters (RFC 1035, 2.3.4 without the dots at both ends), and that of its TXT record is longer by its own label. */
export const DOMAIN_LENGTH_MAX = 253 - "_tributary.".length;

/** Names of special use (RFC 6761 and its kin): nobody can own one of them. */
const SPECIAL = ["alt", "arpa", "example", "home", "internal", "invalid", "lan", "local", "localhost", "onion", "test"];
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export type DomainRefusal = "wildcard" | "address" | "too_long" | "no_name" | "special" | "ours";

/**
 * Brings what somebody entered into the form that DNS knows, or says why it is no domain that somebody could have. `ours` are the hosts of the
 * installation; what lies below them is ours too.
 */
export function readDomain(
  entered: string,
  ours: readonly string[],
): { readonly domain: string } | { readonly refusal: DomainRefusal } {
  const text = entered.trim();
  if (text.includes("*")) return { refusal: "wildcard" };
  // What belongs to an address and not to a name: the parser would cut it off.
  if (/[/\\?#@:%[\]\s]/.test(text)) return { refusal: isIP(text.replace(/^\[|\]$/g, "")) ? "address" : "no_name" };
  // Of what is no name at all, and of one that ends like an address, nothing is left.
  const domain = domainToASCII(text).replace(/\.$/, "");
  if (isIP(domain)) return { refusal: "address" };
  if (domain.length > DOMAIN_LENGTH_MAX) return { refusal: "too_long" };
  const labels = domain.split(".");
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return { refusal: "no_name" };
  const isOf = (host: string): boolean => domain === host || domain.endsWith(`.${host}`);
  if (SPECIAL.some(isOf)) return { refusal: "special" };
  if (ours.some(isOf)) return { refusal: "ours" };
  return { domain };
}

/** Where the record stands that shows whose a domain is: a name of its own, since beside a CNAME nothing else may stand. */
export const txtNameOf = (domain: string): string => `_tributary.${domain}`;
const TXT_PREFIX = "tributary-domain=";
export const txtValueOf = (token: string): string => `${TXT_PREFIX}${token}`;

/** What DNS answered to one question; undefined where it did not. Nothing there is an empty answer. */
export type Answer = readonly string[] | undefined;

export type DnsFacts = {
  /** Values of the TXT record. */
  readonly txt: Answer;
  /** What the domain is another name of. */
  readonly aliases: Answer;
  /** Where the domain leads in the end. */
  readonly addresses: Answer;
  /** Where the installation is. */
  readonly targetAddresses: Answer;
};

export const DOMAIN_PROBLEMS = [
  "txt_missing",
  "txt_other",
  "points_nowhere",
  "points_elsewhere",
  "taken",
  "unanswered",
] as const;

/** What a check found wrong, with what it found and what should be there. */
export type DomainProblem = {
  readonly code: (typeof DOMAIN_PROBLEMS)[number];
  readonly found: readonly string[];
  readonly expected: readonly string[];
};

/** What is found is shown to people, and says whatever its owner wants. */
const SHOWN_MAX = 5;
const SHOWN_LENGTH_MAX = 255;
const shown = (found: readonly string[]): string[] =>
  found.slice(0, SHOWN_MAX).map((text) => text.replaceAll(/[^ -~]/g, "?").slice(0, SHOWN_LENGTH_MAX));

/** What of a domain's records is not as it should be, for a token and the host that it should lead to. */
export function problemsOf(facts: DnsFacts, { token, target }: { token: string; target: string }): DomainProblem[] {
  return [...ownershipProblems(facts.txt, token), ...pointingProblems(facts, target)];
}

function ownershipProblems(txt: Answer, token: string): DomainProblem[] {
  const expected = [txtValueOf(token)];
  if (txt === undefined) return [{ code: "unanswered", found: [], expected }];
  if (txt.includes(txtValueOf(token))) return [];
  const others = txt.filter((value) => value.startsWith(TXT_PREFIX));
  return [{ code: others.length > 0 ? "txt_other" : "txt_missing", found: shown(others), expected }];
}

function pointingProblems({ aliases, addresses, targetAddresses }: DnsFacts, target: string): DomainProblem[] {
  if (aliases?.some((alias) => alias.replace(/\.$/, "").toLowerCase() === target)) return [];
  const here = targetAddresses ?? [];
  const expected = [target, ...here];
  if (addresses === undefined || aliases === undefined || (addresses.length > 0 && targetAddresses === undefined))
    return [{ code: "unanswered", found: [], expected }];
  if (addresses.length === 0 && aliases.length === 0) return [{ code: "points_nowhere", found: [], expected }];
  const elsewhere = addresses.filter((address) => !here.includes(address));
  return addresses.length > 0 && elsewhere.length === 0
    ? []
    : [{ code: "points_elsewhere", found: shown([...aliases, ...elsewhere]), expected }];
}

/** Of problems: something that is missing counts, whatever else was not answered. */
export function outcomeOf(problems: readonly DomainProblem[]): Outcome {
  if (problems.length === 0) return "good";
  return problems.every(({ code }) => code === "unanswered") ? "unanswered" : "bad";
}
