import { addDays, addMonths, dateInZone, startOfDay } from "../kernel/calendar.ts";
import { derivedId } from "../kernel/id.ts";
import { assessOne } from "./engine/assess.ts";
import type { EngineEvent } from "./engine/engine-event.ts";
import type { Fold } from "./engine/fold.ts";
import { periodEndingWith } from "./engine/true-up-period.ts";

/** Which terms were in force when, as the events of a partner say. */
export type TermsOverTime = { readonly at: Date; readonly termsId: string; readonly isAnnounced: boolean }[];

/** The terms that an event brings into force; undefined where it brings none. */
export function termsOfEvent(event: EngineEvent): TermsOverTime[number] | undefined {
  if (event.kind !== "terms" && event.kind !== "conversion") return undefined;
  return { at: event.occurredAt, termsId: event.data.termsId, isAnnounced: event.kind === "terms" };
}

const AFTER_ALL = 2n ** 62n;

/**
 * Settles the periods that ended by `to` as the terms of a draft ask for it, each at its end. Their recorded settlements have been left out: the draft may have
 * other periods, or none; where its tiers have different ones, what was settled once earns no more. All that is known by now counts, as it does where a period is settled again.
 */
export function settleSimulated(
  fold: Fold,
  partnerId: string,
  over: { readonly terms: TermsOverTime; readonly to: Date },
): void {
  // A customer's terms may be older than those of its partner: they tell only where nothing else does.
  const announced = over.terms.filter(({ isAnnounced }) => isAnnounced);
  const terms = announced.length > 0 ? announced : over.terms;
  const first = terms[0];
  if (first === undefined) return;
  const zoneOf = (termsId: string): string => fold.terms.get(termsId)?.timeZone ?? "UTC";
  const earliest = over.terms.reduce((least, { at }) => (at < least ? at : least), first.at);
  const began = dateInZone(earliest, zoneOf(first.termsId)).slice(0, 7);
  for (let month = `${began}-01`, turn = 0n, open = ""; ; month = addMonths(month, 1), turn += 1n) {
    const zone = zoneOf(terms.findLast(({ at }) => at <= over.to)?.termsId ?? first.termsId);
    const end = startOfDay(addMonths(month, 1), zone);
    if (end > over.to) return;
    const termsId = terms.findLast(({ at }) => at < end)?.termsId ?? first.termsId;
    const rule = fold.terms.get(termsId)?.volumeTrueUp;
    const period = rule && periodEndingWith(rule, month);
    if (!period) continue;
    const periodStart = open > period.periodStart ? open : period.periodStart;
    open = addDays(period.periodEnd, 1);
    assessOne(fold, {
      kind: "true_up",
      id: derivedId(partnerId, "simulated true-up", period.periodEnd),
      partnerId,
      referralId: null,
      number: AFTER_ALL + turn,
      occurredAt: startOfDay(addDays(period.periodEnd, 1), zone),
      data: { termsId, ...period, periodStart },
    });
  }
}
