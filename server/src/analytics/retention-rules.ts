import { addMonths, type CalendarDate } from "../kernel/calendar.ts";
import { rateOf } from "./figure-rules.ts";

/** Customers that were tied to a partner in a month; `month` is its first day. */
export type CohortSize = { readonly month: CalendarDate; readonly customers: bigint };
/** How many customers of a cohort paid in a month. */
export type CohortMonth = { readonly cohort: CalendarDate; readonly month: CalendarDate; readonly paying: bigint };

type Cohort = CohortSize & {
  /** From the month of the cohort, which is 0, to the present one. */
  readonly months: { month: CalendarDate; ahead: number; paying: bigint; rate: number | null; isWhole: boolean }[];
};

/** Cohorts with each of their months up to the present one, months in which nobody paid too. The present month is not whole yet. */
export function cohortsOf(
  sizes: readonly CohortSize[],
  { paying, presentMonth }: { readonly paying: readonly CohortMonth[]; readonly presentMonth: CalendarDate },
): Cohort[] {
  const known = new Map(paying.map((of) => [`${of.cohort} ${of.month}`, of.paying]));
  return sizes.map((cohort) => {
    const months: Cohort["months"] = [];
    for (let ahead = 0; addMonths(cohort.month, ahead) <= presentMonth; ahead += 1) {
      const month = addMonths(cohort.month, ahead);
      const count = known.get(`${cohort.month} ${month}`) ?? 0n;
      months.push({
        month,
        ahead,
        paying: count,
        rate: rateOf(count, cohort.customers),
        isWhole: month < presentMonth,
      });
    }
    return { ...cohort, months };
  });
}
