import { addDays, type CalendarDate } from "../kernel/calendar.ts";

/**
 * How a date of birth fits those that the list gives of somebody. `agrees`: to the day; `fits`: within the month, year or years that the list says, or
 * with day and month swapped; `near`: a year or less beside; `differs`: further off; `unknown`: either side does not say, or not legibly.
 */
export const BIRTH_FITS = ["agrees", "fits", "near", "differs", "unknown"] as const;
export type BirthFit = (typeof BIRTH_FITS)[number];

type Span = { readonly from: CalendarDate; readonly to: CalendarDate };

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
/** What `circa` leaves open, on either side. */
const CIRCA_YEARS = 2;

const two = (number: number): string => String(number).padStart(2, "0");
const yearsOn = (date: CalendarDate, years: number): CalendarDate =>
  `${String(Number(date.slice(0, 4)) + years).padStart(4, "0")}${date.slice(4)}`;

/** One date as OFAC (`28 Jul 1963`, `Jul 1963`, `1963`) or a screening service (`1963-07-28`) writes it. */
function momentOf(text: string): Span | undefined {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec(text)?.[1];
  if (iso !== undefined) return { from: iso, to: iso };
  const [, day, name, year] = /^(?:(?:(\d{1,2}) )?([A-Za-z]{3}) )?(\d{4})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  if (name === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  if (month === 0) return undefined;
  if (day !== undefined) {
    const date = `${year}-${two(month)}-${two(Number(day))}`;
    return { from: date, to: date };
  }
  const next = month === 12 ? `${two(Number(year) + 1)}-01-01` : `${year}-${two(month + 1)}-01`;
  return { from: `${year}-${two(month)}-01`, to: addDays(next, -1) };
}

/** What a listed date of birth leaves open: a day, a month, a year, a range, or some years around a `circa`. Undefined where it cannot be read. */
export function birthSpanOf(text: string): Span | undefined {
  const isCirca = /\bcirca\b/i.test(text);
  const parts = text.replaceAll(/\bcirca\b/gi, "").trim();
  const range = /^(\d{4})\s*-\s*(\d{4})$/.exec(parts) ?? /^(.+?)\s+to\s+(.+)$/i.exec(parts);
  const [first, last] = [momentOf((range?.[1] ?? parts).trim()), momentOf((range?.[2] ?? parts).trim())];
  if (first === undefined || last === undefined || last.to < first.from) return undefined;
  const span = { from: first.from, to: last.to };
  return isCirca ? { from: yearsOn(span.from, -CIRCA_YEARS), to: yearsOn(span.to, CIRCA_YEARS) } : span;
}

/** Day and month as the other half of the world writes them; undefined where there is no such date. */
function swapped(date: CalendarDate): CalendarDate | undefined {
  const [year = "", month = "", day = ""] = date.split("-");
  return Number(day) <= 12 && day !== month ? `${year}-${day}-${month}` : undefined;
}

function fitOf(born: CalendarDate, { from, to }: Span): BirthFit {
  const isWithin = (date: CalendarDate): boolean => from <= date && date <= to;
  if (isWithin(born)) return from === to ? "agrees" : "fits";
  const other = swapped(born);
  if (from === to && other !== undefined && isWithin(other)) return "fits";
  return yearsOn(from, -1) <= born && born <= yearsOn(to, 1) ? "near" : "differs";
}

/** The best fit with any date that the list gives. What cannot be read may be the right one, so that nothing differs from it. */
export function birthFit(born: CalendarDate | null, listed: readonly string[]): BirthFit {
  if (born === null || listed.length === 0) return "unknown";
  const fits = listed.map((text): BirthFit => {
    const span = birthSpanOf(text);
    return span === undefined ? "unknown" : fitOf(born, span);
  });
  return (["agrees", "fits", "near", "unknown", "differs"] as const).find((fit) => fits.includes(fit)) ?? "unknown";
}
