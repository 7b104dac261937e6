import { userErrors } from "./identity-errors.ts";

/** NIST SP 800-63B-4, 3.1.1.2: length is what counts, and 15 where the password is the only factor. We ask for 12, and refuse the obvious. */
export const PASSWORD_LENGTH_MIN = 12;
/** Longer ones cost the server, not the attacker. */
export const PASSWORD_LENGTH_MAX = 200;

/** What must be left of a password when everything that guessing tools try first has been taken out of it. */
const REST_LENGTH_MIN = 8;
const DISTINCT_MIN = 5;
/** Shorter runs and mailboxes occur in good passwords by chance. */
const RUN_LENGTH_MIN = 4;
const OWN_LENGTH_MIN = 3;

/** The words that lists of leaked passwords are made of. A long list would refuse little more: what is long and on it is made of these. */
const COMMON_WORDS =
  `password passwort passwd pass iloveyou letmein welcome admin administrator login master secret default changeme
  monkey dragon football baseball superman batman sunshine princess shadow trustno1 whatever qwerty qwertz azerty test guest root user
  hello flower freedom michael jordan charlie summer winter spring autumn partner tributary company money love god sex abc xyz`
    .split(/\s+/)
    .toSorted((left, right) => right.length - left.length);

/** Along these people walk with a finger. */
const RUNS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "qwertzuiop",
  "asdfghjkl",
  "zxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn",
];

/** How people spell letters with what is on the number row. */
const SPELLINGS: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "!": "i",
  "0": "o",
  $: "s",
  "5": "s",
  "7": "t",
};

/** Refuses a password that is short, or that guessing tools try first. Throws `user.password_weak`. */
export function requireStrongPassword(password: string, email: string): void {
  if (!isStrongPassword(password, email))
    throw userErrors.password_weak({ lengthMin: PASSWORD_LENGTH_MIN, lengthMax: PASSWORD_LENGTH_MAX });
}

/** Whether enough is left of a password without its owner's address, common words, runs and repetitions. */
export function isStrongPassword(password: string, email: string): boolean {
  const length = Array.from(password).length;
  if (length < PASSWORD_LENGTH_MIN || password.length > PASSWORD_LENGTH_MAX) return false;
  const text = password.normalize("NFKC").toLowerCase();
  return [text, spelledOut(text)].every((spelling) => {
    const rest = withoutObvious(spelling, email.toLowerCase());
    return rest.length >= REST_LENGTH_MIN && new Set(spelling).size >= DISTINCT_MIN;
  });
}

const spelledOut = (text: string): string =>
  Array.from(text, (character) => SPELLINGS[character] ?? character).join("");

function withoutObvious(text: string, email: string): string {
  const [mailbox = "", domain = ""] = email.split("@");
  const own = [email, domain, mailbox, ...mailbox.split(/[^a-z0-9]+/), ...domain.split(".")];
  const words = [...own.filter((word) => word.length >= OWN_LENGTH_MIN), ...COMMON_WORDS];
  const bare = words.reduce((rest, word) => rest.replaceAll(word, ""), text);
  return withoutRuns(bare).replaceAll(/(.)\1{2,}/gu, "$1");
}

/** Takes out stretches of four or more that follow a run, forwards or backwards. */
function withoutRuns(text: string): string {
  let kept = "";
  for (let at = 0; at < text.length; ) {
    const stretch = Math.max(...RUNS.map((run) => stretchAlong(text, at, run)));
    if (stretch < RUN_LENGTH_MIN) kept += text[at];
    at += stretch < RUN_LENGTH_MIN ? 1 : stretch;
  }
  return kept;
}

/** How far the text from `at` goes along a run, in whichever direction it goes further. */
function stretchAlong(text: string, at: number, run: string): number {
  const lengthIn = (direction: string): number => {
    let length = 0;
    while (at + length < text.length && direction.includes(text.slice(at, at + length + 1))) length += 1;
    return length;
  };
  return Math.max(lengthIn(run), lengthIn(Array.from(run).reverse().join("")));
}
