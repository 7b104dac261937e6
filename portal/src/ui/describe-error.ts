import { errorWords } from "../i18n/error-messages.ts";
import { t } from "../i18n/messages.ts";
import { toPercent } from "./numbers.ts";

type Described = { readonly title: string; readonly detail?: string; readonly requestId?: string };

/** What is wrong with a field; a rule that is written for programs is said in other words. */
function inWords(message: string): string {
  if (message.startsWith("must match pattern")) return t("problem.pattern");
  if (message.startsWith("must match format")) return t("problem.format");
  if (message.startsWith("must have required")) return t("problem.missing");
  for (const [said, key] of BOUNDS) {
    const n = said.exec(message)?.[1];
    if (n !== undefined) return t(key, { n });
  }
  return message;
}
const BOUNDS = [
  [/^must NOT have fewer than (\d+) characters$/, "problem.short"],
  [/^must NOT have more than (\d+) characters$/, "problem.long"],
  [/^must be >= (\S+)$/, "problem.least"],
  [/^must be <= (\S+)$/, "problem.most"],
] as const;

/** The range that a value of a plan has to lie in: rates are fractions, everything else is counted. */
function rangeOf(code: string | undefined, facts: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const { minimum, maximum } = facts ?? {};
  if (typeof minimum !== "number" || typeof maximum !== "number") return undefined;
  const show = code === "plan.rate_out_of_range" ? (fraction: number) => `${toPercent(fraction)}%` : String;
  return t("problem.range", { least: show(minimum), most: show(maximum) });
}

/** What a form calls the field that the API names by a path; undefined where it has no such field. */
export type NameOf = (path: string) => string | undefined;
const unnamed: NameOf = () => undefined;

/** The one field that was refused, by its path, and why. */
export function refusedField(error: unknown): { readonly path: string; readonly words: string } | undefined {
  const { code, facts, fields } = (error ?? {}) as Refusal;
  const [first] = fields ?? [];
  if (first) return { path: first.path, words: inWords(first.message) };
  const path = facts?.["field"];
  if (typeof path !== "string") return undefined;
  return { path, words: rangeOf(code, facts) ?? describeError(error).title };
}

/** What the API says of a refusal. */
type Refusal = Partial<{
  code: string;
  title: string;
  status: number;
  requestId: string;
  fields: readonly { path: string; message: string }[];
  facts: Readonly<Record<string, unknown>>;
}>;

/** What an error names: where only some are taken, whoever typed another cannot know them; of several, which was meant; how far off a colour is. */
function namedIn(facts: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const { hosts, unknown, contrast, minimum } = facts ?? {};
  for (const names of [hosts, unknown]) if (Array.isArray(names)) return names.join(", ");
  if (typeof contrast === "number" && typeof minimum === "number")
    return t("problem.contrast", { found: String(contrast), least: String(minimum) });
  return undefined;
}

/** What a person is told of an error. The API says in plain words what is wrong, and the portal says it in other languages; who gets no answer is told what that means. */
export function describeError(error: unknown, nameOf: NameOf = unnamed): Described {
  if (!(error instanceof Error)) return { title: t("problem.unknown") };
  if (error.name === "NoAnswerError") return { title: t("problem.away"), detail: t("problem.awayDetail") };
  const { code, title: said, status, requestId, fields, facts } = error as Refusal;
  const title = errorWords(code) ?? said;
  // A suspended programme says why it is. What is missing and what is out of reach are the same to whoever asks; a refusal for another reason says its own.
  const reason = facts?.["reason"];
  if (code === "tenant.suspended")
    return { title: title ?? t("problem.unknown"), ...(typeof reason === "string" ? { detail: reason } : {}) };
  const isOutOfReach = status === 403 && code?.startsWith("access.") && code !== "access.looking_only";
  if (status === 404 || isOutOfReach) return { title: t("problem.notFound") };
  // A document that is right in form may still be wrong in one place, which the facts name; the field of a small form is in sight.
  const field = facts?.["field"];
  const range = rangeOf(code, facts);
  const named = typeof field === "string" && field.includes(".") ? (nameOf(field) ?? field) : undefined;
  const place = named && range ? `${named}: ${range}` : (named ?? range);
  const wrong = fields
    ?.map(({ path, message }) => {
      const own = path.replace(/^(body|query)\./, "");
      return `${nameOf(own) ?? own}: ${inWords(message)}`;
    })
    .join("; ");
  const detail = wrong || place || namedIn(facts);
  return {
    title: wrong ? t("problem.invalid") : (title ?? t("problem.unknown")),
    ...(detail ? { detail } : {}),
    // Who is told what is wrong needs no number to quote.
    ...(requestId && !(status !== undefined && status < 500) ? { requestId } : {}),
  };
}
