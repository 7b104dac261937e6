import type { Got } from "../kit/two-tenants.ts";

/** What no caller may read: SQL, names of the database, stacks, files, and what the program is made of. */
const INSIDES =
  /\b(select|insert into|update .* set|delete from|relation|column|constraint|violates|syntax error|invalid input|tributary_server|pg_\w+|postgres|kysely|fastify|ajv|node_modules|TypeError|RangeError|SyntaxError)\b|\.ts:\d|\n\s+at /i;

export type Refusal = { readonly isRefused: boolean; readonly why: string };

/** Whether an answer refuses as every refusal does: 4xx, RFC 9457, a stable code, nothing of the inside; a wrong field by its path. */
export function refusal({ status, text, body, headers }: Got, field?: readonly string[]): Refusal {
  const no = (why: string): Refusal => ({ isRefused: false, why: `${why}: ${status} ${text.slice(0, 250)}` });
  if (status >= 500) return no("a failure of ours");
  if (status < 400) return no("taken");
  if (!String(headers["content-type"]).startsWith("application/problem+json")) return no("no problem document");
  if (!/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/.test(String(body["code"])) || body["status"] !== status)
    return no("no stable code");
  if (typeof body["title"] !== "string" || typeof body["requestId"] !== "string") return no("an incomplete problem");
  if (INSIDES.test(text)) return no("the inside shows");
  if (field === undefined || body["code"] !== "request.invalid") return { isRefused: true, why: "" };
  const paths = ((body["errors"] ?? []) as { path: string }[]).map(({ path }) => path);
  return paths.some(
    (path) => path === field.join(".") || path.startsWith(`${field.join(".")}.`) || field.join(".").startsWith(path),
  )
    ? { isRefused: true, why: "" }
    : no(`the path ${field.join(".")} is not named`);
}
