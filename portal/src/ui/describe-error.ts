import { t } from "../i18n/messages.ts";

type Described = { readonly title: string; readonly detail?: string; readonly requestId?: string };

/** What a person is told of an error. The API says in plain words what is wrong; who gets no answer is told what that means. */
export function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { title: t("problem.unknown") };
  if (error.name === "NoAnswerError") return { title: t("problem.away"), detail: t("problem.awayDetail") };
  const { code, title, status, requestId, fields, facts } = error as Partial<{
    code: string;
    title: string;
    status: number;
    requestId: string;
    fields: readonly { path: string; message: string }[];
    facts: Readonly<Record<string, unknown>>;
  }>;
  // Who only looks is told that, and everybody of a suspended programme; every other refusal says no more than that there is nothing.
  const reason = facts?.["reason"];
  if (code === "tenant.suspended")
    return { title: title ?? t("problem.unknown"), ...(typeof reason === "string" ? { detail: reason } : {}) };
  if ((status === 404 || status === 403) && code !== "access.looking_only") return { title: t("problem.notFound") };
  // A document that is right in form may still be wrong in one place, which the facts name.
  const place = typeof facts?.["field"] === "string" ? facts["field"] : undefined;
  const wrong = fields?.map((field) => `${field.path.replace(/^(body|query)\./, "")}: ${field.message}`).join("; ");
  const detail = wrong || place;
  return {
    title: title ?? t("problem.unknown"),
    ...(detail ? { detail } : {}),
    ...(requestId ? { requestId } : {}),
  };
}
