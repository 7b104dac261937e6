/** Payments of a customer: instant, amount less tax, and what was sold where. */
export type Paid = {
  readonly id: string;
  readonly at: string;
  readonly amount: number;
  readonly tax?: number;
  readonly currency?: "USD" | "EUR";
  readonly product?: string;
  readonly planCode?: string;
  readonly country?: string;
};
export type Refunded = { readonly id: string; readonly of: string; readonly at: string; readonly amount: number };
export type PartnerName = "ada" | "rex";
export type Campaign = "spring" | "autumn";

export type Visitor = {
  readonly name: string;
  readonly partner: PartnerName;
  readonly campaign: Campaign;
  readonly click: string;
  /** Comes again through the same link, a minute later. */
  readonly clicksTwice?: boolean;
  readonly signup?: string;
  readonly convert?: string;
  readonly paid?: readonly Paid[];
  readonly refunded?: readonly Refunded[];
};

/** What one partner's first tier earns: 10 % for twelve months and 50.00 once; the second's 25 % and 100.00 once. */
export const TERMS = { ada: { rate: 0.1, signup: 5_000 }, rex: { rate: 0.25, signup: 10_000 } } as const;
export const TIER = { ada: "tier1", rex: "tier2" } as const;

const FIRST_WEDNESDAY = Date.parse("2026-03-11T12:00:00Z");
const WEEK_MS = 7 * 86_400_000;
/** A payment each Wednesday; what it comes to goes up and down, so that a forecast errs. */
const weekly: readonly Paid[] = Array.from({ length: 33 }, (_, week) => ({
  id: `weekly ${week}`,
  at: new Date(FIRST_WEDNESDAY + week * WEEK_MS).toISOString(),
  amount: 10_000 + (week % 3) * 3_000,
  product: "cards",
  planCode: "pro",
  country: "DE",
}));

/**
 * A small programme in Berlin, where clocks go forward on 29 March 2026 at 01:00 UTC and back on 25 October. Instants are UTC; those near
 * midnight lie in another day there, and would in yet another if the change of the clocks were missed.
 */
export const VISITORS: readonly Visitor[] = [
  {
    name: "weekly",
    partner: "ada",
    campaign: "spring",
    click: "2026-03-02T09:00:00Z",
    signup: "2026-03-02T10:00:00Z",
    convert: "2026-03-04T10:00:00Z",
    paid: weekly,
    refunded: [{ id: "weekly back", of: "weekly 5", at: "2026-04-20T08:00:00Z", amount: 8_000 }],
  },
  {
    name: "midnight",
    partner: "ada",
    campaign: "spring",
    click: "2026-03-28T22:30:00Z", // 23:30 of the 28th
    clicksTwice: true,
    signup: "2026-03-28T23:30:00Z", // 00:30 of the 29th
    convert: "2026-03-29T21:30:00Z", // 23:30 of the 29th, in summer time
    paid: [
      // 00:30 of the 30th in summer time; 23:30 of the 29th if the change were missed.
      { id: "night 1", at: "2026-03-29T22:30:00Z", amount: 20_000, tax: 3_000, product: "loans", country: "FR" },
      // 00:15 of 1 May.
      { id: "night 2", at: "2026-04-30T22:15:00Z", amount: 30_000, product: "loans", planCode: "pro", country: "DE" },
      // 23:30 of the 25th of October, in winter time again; 00:30 of the 26th if the change were missed.
      { id: "night 3", at: "2026-10-25T22:30:00Z", amount: 7_000, product: "loans", country: "DE" },
    ],
    refunded: [{ id: "night back", of: "night 1", at: "2026-04-02T12:00:00Z", amount: 10_000 }],
  },
  {
    name: "euro",
    partner: "ada",
    campaign: "autumn",
    click: "2026-04-03T09:00:00Z",
    signup: "2026-04-05T09:00:00Z",
    convert: "2026-04-06T09:00:00Z",
    paid: [
      { id: "euro 1", at: "2026-04-07T09:00:00Z", amount: 50_000, currency: "EUR", product: "cards", country: "FR" },
      { id: "euro 2", at: "2026-06-07T09:00:00Z", amount: 40_000, currency: "EUR", product: "cards", country: "FR" },
    ],
  },
  {
    name: "undecided",
    partner: "ada",
    campaign: "autumn",
    click: "2026-04-10T09:00:00Z",
    signup: "2026-04-14T15:00:00Z",
    convert: "2026-04-20T15:00:00Z",
  },
  { name: "passing", partner: "ada", campaign: "autumn", click: "2026-04-11T09:00:00Z" },
  {
    name: "looking",
    partner: "ada",
    campaign: "spring",
    click: "2026-04-12T09:00:00Z",
    signup: "2026-04-12T09:20:00Z",
  },
  {
    name: "big",
    partner: "rex",
    campaign: "spring",
    click: "2026-04-03T10:00:00Z",
    signup: "2026-04-03T11:00:00Z",
    convert: "2026-04-03T12:00:00Z",
    paid: [
      { id: "big 1", at: "2026-04-04T12:00:00Z", amount: 400_000, tax: 40_000, product: "loans", country: "DE" },
      { id: "big 2", at: "2026-05-04T12:00:00Z", amount: 80_000, currency: "EUR", product: "cards", country: "DE" },
    ],
  },
];

const HOUR_MS = 3_600_000;
const SUMMER = { from: "2026-03-29T01:00:00.000Z", to: "2026-10-25T01:00:00.000Z" };

/** The day in Berlin, by its offsets written out. */
export function berlinDay(at: string): string {
  const instant = new Date(at).toISOString();
  const hours = instant >= SUMMER.from && instant < SUMMER.to ? 2 : 1;
  return new Date(Date.parse(instant) + hours * HOUR_MS).toISOString().slice(0, 10);
}

/** An amount that came in or went back, as a plain line. */
export type Line = {
  readonly partner: PartnerName;
  readonly visitor: string;
  readonly day: string;
  readonly currency: string;
  readonly revenue: number;
  readonly earned: number;
  readonly campaign: string;
  readonly product: string | null;
  readonly plan: string | null;
  readonly country: string | null;
  readonly cohort: string | null;
  readonly isSale: boolean;
};

const monthOf = (day: string): string => day.slice(0, 7);

/** Every amount of the story by itself; a signup bonus is a line without revenue, in dollars. */
export const LINES: readonly Line[] = VISITORS.flatMap((visitor) => {
  const { partner, name, campaign, convert, paid = [], refunded = [] } = visitor;
  const { rate, signup } = TERMS[partner];
  const about = {
    partner,
    visitor: name,
    campaign,
    cohort: convert === undefined ? null : monthOf(berlinDay(convert)),
  };
  const sold = (one: Paid | undefined) => ({
    currency: one?.currency ?? "USD",
    product: one?.product ?? null,
    plan: one?.planCode ?? null,
    country: one?.country ?? null,
  });
  const payments = paid.map((one): Line => {
    const base = one.amount - (one.tax ?? 0);
    return { ...about, ...sold(one), day: berlinDay(one.at), revenue: base, earned: base * rate, isSale: true };
  });
  const refunds = refunded.map((one): Line => {
    const payment = paid.find(({ id }) => id === one.of);
    const base = -(
      (one.amount * (payment === undefined ? 0 : payment.amount - (payment.tax ?? 0))) /
      (payment?.amount ?? 1)
    );
    return { ...about, ...sold(payment), day: berlinDay(one.at), revenue: base, earned: base * rate, isSale: false };
  });
  const first = paid[0];
  const bonus: Line[] =
    first === undefined
      ? []
      : [
          {
            ...about,
            ...sold(first),
            currency: "USD",
            day: berlinDay(first.at),
            revenue: 0,
            earned: signup,
            isSale: false,
          },
        ];
  return [...bonus, ...payments, ...refunds];
});

export type Days = { readonly from: string; readonly to: string };
export const isIn = ({ from, to }: Days, day: string): boolean => day >= from && day <= to;

/** Sums of lines by currency, those that came to nothing left out. */
export function sums(lines: readonly Line[]): Record<string, { revenue: number; earned: number }> {
  const by = Object.groupBy(lines, ({ currency }) => currency);
  return Object.fromEntries(
    Object.entries(by).map(([currency, of = []]) => [
      currency,
      {
        revenue: of.reduce((sum, { revenue }) => sum + revenue, 0),
        earned: of.reduce((sum, { earned }) => sum + earned, 0),
      },
    ]),
  );
}

type Stage = "clicks" | "signups" | "conversions" | "qualified";
/** The days on which visitors reached a stage of the funnel. */
export function stages(of: (visitor: Visitor) => boolean, days: Days): Record<Stage, number> {
  const count = (at: (visitor: Visitor) => string | undefined): number =>
    VISITORS.filter(of).filter((visitor) => {
      const instant = at(visitor);
      return instant !== undefined && isIn(days, berlinDay(instant));
    }).length;
  return {
    clicks: count(({ click }) => click),
    signups: count(({ signup }) => signup),
    conversions: count(({ convert }) => convert),
    qualified: count(({ paid }) => paid?.[0]?.at),
  };
}

/** Seconds from one stage to the next, of those that reached the later in the days. */
export function secondsBetween(
  of: (visitor: Visitor) => boolean,
  days: Days,
  [earlier, later]: readonly [(visitor: Visitor) => string | undefined, (visitor: Visitor) => string | undefined],
): number[] {
  return VISITORS.filter(of)
    .flatMap((visitor) => {
      const [from, to] = [earlier(visitor), later(visitor)];
      return from === undefined || to === undefined || !isIn(days, berlinDay(to))
        ? []
        : [(Date.parse(to) - Date.parse(from)) / 1_000];
    })
    .toSorted((a, b) => a - b);
}
