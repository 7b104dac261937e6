import { type CalendarDate, dateInZone } from "../../kernel/calendar.ts";
import { formatMajor } from "../../kernel/money.ts";
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from "./languages.ts";

/** An amount of minor units as somebody reads it, exactly: all decimals of the currency, whose code stands behind. */
export function moneyInWords(language: Language | null, minor: bigint, currency: string): string {
  const decimal = formatMajor(minor, currency);
  const digits = decimal.split(".")[1]?.length ?? 0;
  const format = new Intl.NumberFormat(language ?? DEFAULT_LANGUAGE, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // A text is formatted exactly, where a number would go through binary fractions.
  const { direction } = LANGUAGES[language ?? DEFAULT_LANGUAGE];
  // Unseen, so that the code stands behind the number where text runs from right to left, also behind one below zero.
  const mark = direction === "rtl" ? "\u200f" : "";
  return `${format.format(decimal as Intl.StringNumericLiteral)}${mark} ${currency}`;
}

/** A day, the same wherever it is read: `1 June 2026`. */
export const dayInWords = (language: Language | null, day: CalendarDate): string =>
  formatOf(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

/** The day on which an instant falls in a time zone (IANA name). */
export const dayOfInWords = (language: Language | null, instant: Date, timeZone: string): string =>
  dayInWords(language, dateInZone(instant, timeZone));

/** An instant in a time zone (IANA name), to the minute, with the zone beside it. */
export const instantInWords = (language: Language | null, instant: Date, timeZone: string): string =>
  formatOf(language, { ...TO_THE_MINUTE, timeZone }).format(instant);

const TO_THE_MINUTE = {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
} as const;

/** English as most of the world writes days. */
const formatOf = (language: Language | null, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language === "he" ? "he" : "en-GB", options);
