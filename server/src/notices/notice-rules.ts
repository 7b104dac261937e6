import { addDays, type CalendarDate, dateInZone, startOfDay, weekdayOf } from "../kernel/calendar.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import { type Delivery, type KindName, kindOf, type Rhythm } from "./notice-catalogue.ts";

/** How a kind is sent to somebody who chose `wished`. What is sent always is sent at once, whatever was chosen. */
export function deliveryOf(kind: KindName, wished: Delivery | undefined): Delivery {
  const { isAlways, delivery } = kindOf(kind);
  return isAlways ? "at_once" : (wished ?? delivery);
}

/** Digests come so long after their day began: in the morning, but on the two days a year on which clocks are moved, when it is an hour off. */
const MORNING_MS = 8 * HOUR_MS;

export type DigestPeriod = {
  /** The day on which it is due, in the programme's time zone; of a weekly one the Monday. */
  readonly day: CalendarDate;
  /** It tells what happened before. */
  readonly before: Date;
};

/** The newest period of a rhythm whose digests are due. What was missed while the program stood still is told with it. */
export function duePeriod(rhythm: Rhythm, now: Date, timeZone: string): DigestPeriod {
  const today = dateInZone(now, timeZone);
  const isMorning = now.getTime() >= startOfDay(today, timeZone).getTime() + MORNING_MS;
  const last = isMorning ? today : addDays(today, -1);
  const day = rhythm === "daily" ? last : addDays(last, 1 - weekdayOf(last));
  return { day, before: startOfDay(day, timeZone) };
}
