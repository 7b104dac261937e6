import { wholeDay } from "../ui/dates.ts";
import type { Search } from "./paths.ts";

/** What the address says of a period that is chosen by its days. */
export const FREE = "days";

type Days = Pick<Search, "from" | "until">;
type Range = { readonly from?: string; readonly to?: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const read = (day: string | undefined): string | undefined =>
  day !== undefined && DAY.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined;

/** Whether it ends before it begins. */
export const isInverted = ({ from, until }: Days): boolean =>
  read(from) !== undefined && read(until) !== undefined && `${from}` > `${until}`;

/** The days as instants of the API, both of them whole, in a time zone; what cannot be read as a day bounds nothing. */
export function daysAsRange(days: Days, timeZone: string): Range {
  const [from, until] = [read(days.from), read(days.until)];
  return {
    ...(from && { from: wholeDay(from, timeZone).begins }),
    ...(until && { to: wholeDay(until, timeZone).ends }),
  };
}
