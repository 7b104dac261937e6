import type { components } from "@tributary/sdk";
import { look } from "../../ui/status-words.ts";

export type Year = components["schemas"]["TaxYear"];

/** What a form is worth. */
export const FORM_STATES = {
  missing: look("open", "wait", "tax.form.missing"),
  valid: look("full", "good", "tax.form.valid"),
  expiring: look("half", "wait", "tax.form.expiring"),
  expired: look("ended", "bad", "tax.form.expired"),
} as const;

/** What becomes of a partner's year. */
export const LINE_STATES = {
  report: look("full", "info", "tax.line.report"),
  form_missing: look("open", "wait", "tax.line.form_missing"),
  rate_missing: look("open", "wait", "tax.line.rate_missing"),
  foreign_review: look("held", "hold", "tax.line.foreign_review"),
  below: look("open", "neutral", "tax.line.below"),
  exempt: look("done", "neutral", "tax.line.exempt"),
  foreign: look("done", "neutral", "tax.line.foreign"),
} as const;

export const FORM_KINDS = ["w9", "w8ben", "w8bene"] as const;
export type FormKind = (typeof FORM_KINDS)[number];
/** As the government names them, in every language. */
export const FORM_NAMES: Readonly<Record<string, string>> = { w9: "W-9", w8ben: "W-8BEN", w8bene: "W-8BEN-E" };
