import { DAY_MS } from "../kernel/clock.ts";
import type { AuditFilter } from "./audit-repository.ts";

/** Words are looked for in every act of a period: without one, in this many days. */
export const WORDS_SEARCHED_DAYS = 90;

/** From when on acts are looked at. */
export const periodOf = (
  { words, occurredFrom }: Pick<AuditFilter, "words" | "occurredFrom">,
  now: Date,
): Pick<AuditFilter, "occurredFrom"> =>
  words === undefined || occurredFrom !== undefined
    ? {}
    : { occurredFrom: new Date(now.getTime() - WORDS_SEARCHED_DAYS * DAY_MS) };
