import { newId } from "../../src/kernel/id.ts";
import type { WellFormed } from "./request-parts.ts";

/** How a field is another one, as well formed. */
const CHANGES: readonly [field: string, change: (value: never) => unknown][] = [
  ["reason", (text: string) => `${text}, and another`],
  ["resolution", (text: string) => `${text}, and another`],
  ["subject", (text: string) => `${text} II`],
  ["name", (text: string) => `${text} II`],
  ["email", (text: string) => `other-${text}`],
  ["emails", () => ["other@partners.test"]],
  ["externalId", (text: string) => `${text}-other`],
  ["amount", (amount: number) => amount + 1],
  ["payoutId", () => newId()],
  ["payoutIds", () => [newId()]],
  ["code", (text: string) => `${text}x`],
  ["tier", () => "tier1"],
  ["campaign", (text: string) => `${text}-other`],
  ["effectiveFrom", () => "2026-10-01T00:00:00Z"],
  ["transactions", (rows: { amount: number }[]) => rows.map((row) => ({ ...row, amount: row.amount + 1 }))],
  ["tiers", () => undefined],
  ["includeDelivered", (isAsked: boolean) => !isAsked],
  ["url", (text: string) => `${text}/other`],
  ["includeExported", (isAsked: boolean) => !isAsked],
  ["company", (text: string) => `${text}-other`],
  ["alt", (text: string) => `${text}-other`],
  ["quantity", (quantity: number) => quantity + 1],
  ["lines", (lines: readonly object[]) => [...lines, ...lines]],
  ["signature", (signature: { name: string }) => ({ ...signature, name: `${signature.name} II` })],
  ["leaveOutMissing", (isLeftOut: boolean) => !isLeftOut],
  ["partnerIds", () => [newId()]],
  ["rhythm", () => "weekly"],
  ["restores", (version: number) => version + 1],
  ["limits", (limits: object) => ({ ...limits, perAuthorization: 7 })],
  ["message", (text: string) => `${text} Ask them.`],
  ["domain", (text: string) => `other-${text}`],
  ["title", (text: string) => `${text} II`],
  ["to", () => "2026-10-01T00:00:00Z"],
];

/** Another request, as well formed: other in one field, or about another thing. */
export function otherwise(request: WellFormed): WellFormed {
  const { body } = request;
  const [field, change] = CHANGES.find(([name]) => body?.[name] !== undefined) ?? [];
  if (body === undefined || field === undefined || change === undefined) return { ...request, params: { id: newId() } };
  return { ...request, body: { ...body, [field]: change(body[field] as never) } };
}
