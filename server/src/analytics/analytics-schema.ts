import { type TSchema, Type } from "typebox";
import { Amount, Count, CurrencyCode, Id, Instant, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { EXPORT_FORMATS } from "./export-formats.ts";
import { REPORTS } from "./export-reports.ts";
import { PARTNER_SORTS } from "./partner-figures-repository.ts";
import { GRANULARITIES, NAMED_PERIODS } from "./period-rules.ts";
import { REVENUE_DIMENSIONS } from "./roll-up-revenue-facts.ts";
import { STEPS } from "./step-time-rules.ts";

const Day = (description: string) => Type.String({ format: "date", description, examples: ["2026-03-01"] });
const Rate = (description: string) =>
  Nullable(
    Type.Number({ description: `${description}, as a decimal fraction; null where there is nothing to divide by` }),
  );

const periodFields = {
  period: Type.Optional(
    Type.Enum([...NAMED_PERIODS], { description: "A named period that ends today; 30d when nothing is given" }),
  ),
  from: Type.Optional(Day("First day, in the programme's time zone; with `to`, instead of `period`")),
  to: Type.Optional(Day("Last day, included")),
};

export const PeriodQuery = Type.Object(periodFields, { additionalProperties: false });
export const SeriesQuery = Type.Object(
  {
    ...periodFields,
    granularity: Type.Optional(
      Type.Enum([...GRANULARITIES], {
        description: "Steps of the series; by the period's length when not given. Weeks begin on Monday",
      }),
    ),
  },
  { additionalProperties: false },
);
export const ProgramQuery = Type.Object(
  {
    ...periodFields,
    ...pageQuery(PARTNER_SORTS),
    partnerId: Type.Optional(Id("Only this partner in the list")),
    tier: Type.Optional(
      Type.Enum(["tier1", "tier2", "tier3", "tier4"], { description: "Only partners that have this tier now" }),
    ),
    status: Type.Optional(
      Type.Enum(["pending", "active", "suspended", "terminated", "rejected"], {
        description: "Only partners in this state",
      }),
    ),
    currency: Type.Optional(
      CurrencyCode(
        "The currency in which `revenue` and `commissionEarned` are ordered; the programme's when not given",
      ),
    ),
  },
  { additionalProperties: false },
);

const exportFields = {
  ...periodFields,
  format: Type.Enum([...EXPORT_FORMATS], {
    description: "Amounts are in major units in csv and xlsx, in minor units in json",
  }),
  report: Type.Optional(
    Type.Enum([...REPORTS], {
      default: "daily",
      description:
        "`daily`: figures by day and currency. `referrals`: those that began in the period. `commissions`: those earned in it, reversals and cancelled ones included",
    }),
  ),
};
export const ExportBody = Type.Object(exportFields, {
  additionalProperties: false,
  examples: [{ format: "csv", period: "last_month" }],
});
export const ProgramExportBody = Type.Object(
  { ...exportFields, partnerId: Type.Optional(Id("Only of this partner")) },
  { additionalProperties: false, examples: [{ format: "xlsx", report: "commissions", period: "last_month" }] },
);

const about = {
  period: Type.Object({
    from: Day("First day"),
    to: Day("Last day, included"),
    previous: Type.Object(
      { from: Day("First day"), to: Day("Last day") },
      { description: "The days before, of equal number: what comparisons are with" },
    ),
    granularity: Type.Enum([...GRANULARITIES]),
  }),
  timeZone: Type.String({ description: "Days are cut in this zone", examples: ["Europe/Berlin"] }),
  currency: CurrencyCode("The programme's currency"),
  upTo: Nullable(
    Instant("Everything recorded before this is in the figures; today's go on growing. Null before the first roll-up"),
  ),
};

const countFields = {
  clicks: Count("Clicks without robots and repeats"),
  repeatClicks: Count("Clicks of the same visitor on the same link shortly after another; not among `clicks`"),
  signups: Count("Referrals that began"),
  conversions: Count("Referrals that were tied to the partner, and not rejected since"),
  qualified: Count("Referrals whose customer has paid"),
  rejected: Count("Referrals that were rejected"),
};
const CountFigures = Type.Object(countFields);
const amountFields = {
  currency: CurrencyCode(),
  revenue: Amount("Payments and card revenue, less refunds and chargebacks, plus chargebacks won"),
  payments: Amount("Payments without tax"),
  cardRevenue: Amount("Own revenue of card events"),
  refunds: Amount("What refunds took back of these, on the day of the refund"),
  chargebacks: Amount("What chargebacks took back"),
  chargebacksWon: Amount("What chargebacks that were won gave back"),
  cardVolume: Amount("What customers moved by card; part of no sum"),
  commissionEarned: Amount(
    "Signup, recurring, transaction and bonus commissions, reversals taken off, cancelled ones and debts that were written off left out",
  ),
  commissionSignup: Amount("Of type signup"),
  commissionRecurring: Amount("Of type recurring"),
  commissionTransaction: Amount("Of type transaction"),
  commissionBonus: Amount("Of type bonus"),
};
const AmountFigures = Type.Object(amountFields);
const AmountList = Type.Array(AmountFigures, { description: "One for each currency; never added up" });
const Rates = Type.Object({
  clickToSignup: Rate("Sign-ups by click over clicks"),
  clickToConversion: Rate("Conversions by click over clicks"),
  signupToConversion: Rate("Conversions over sign-ups"),
  conversionToQualified: Rate("Qualified over conversions"),
});

const Seconds = (share: string) =>
  Nullable(Count(`Whole seconds that ${share} of them took at most, up to 19 % too high; null where there is nobody`));
const StepTimes = Type.Array(
  Type.Object({
    step: Type.Enum([...STEPS]),
    referrals: Count("That reached the later step in the period, and have the earlier one"),
    lowerQuartileSeconds: Seconds("a quarter"),
    medianSeconds: Seconds("half"),
    upperQuartileSeconds: Seconds("three quarters"),
    ninthDecileSeconds: Seconds("nine tenths"),
  }),
  { description: "How long it took from step to step" },
);

const compared = (figure: TSchema, description: string) =>
  Type.Object({ value: figure, previous: figure, change: Rate("Difference over what it was") }, { description });
const comparedCount = (description: string) => compared(Count(description), description);
const ComparedCounts = Type.Object({
  clicks: comparedCount("Clicks"),
  signups: comparedCount("Sign-ups"),
  conversions: comparedCount("Conversions"),
  qualified: comparedCount("Qualified"),
  rejected: comparedCount("Rejected"),
});
const ComparedAmounts = Type.Array(
  Type.Object({
    currency: CurrencyCode(),
    revenue: compared(Amount("Revenue"), "Revenue"),
    commissionEarned: compared(Amount("Commission earned"), "Commission earned"),
  }),
  { description: "One for each currency; never added up" },
);
const EarningsPerClick = Type.Array(
  Type.Object({ currency: CurrencyCode(), amount: Amount("Commission earned for each hundred clicks") }),
  {
    description:
      "Commission earned over clicks, times a hundred so that minor units do not swallow it; one for each currency, none where there were no clicks. Commissions count whatever tied their customer, a click or not",
  },
);
const totals = Type.Object({
  counts: ComparedCounts,
  rates: Rates,
  amounts: ComparedAmounts,
  earningsPerHundredClicks: EarningsPerClick,
});
const step = { from: Day("First day of the step"), to: Day("Last day of the step") };
const sourceFields = {
  source: Type.String({
    description: "click, coupon, partner_api, manual, import; `rest` is the sum of what is not listed",
  }),
  linkId: Nullable(Id("Of the link")),
  couponId: Nullable(Id("Of the coupon")),
  code: Nullable(Type.String({ description: "Of the link or the coupon" })),
  campaign: Nullable(Type.String({ description: "Of the link" })),
  counts: CountFigures,
};

export const Overview = Type.Object({
  ...about,
  totals,
  today: Type.Object({ counts: CountFigures, amounts: AmountList }),
  allTime: Type.Object({ counts: CountFigures, amounts: AmountList }),
  balances: Type.Array(
    Type.Object({
      currency: CurrencyCode(),
      pending: Amount("Earned, waits out refunds"),
      available: Amount("Can be paid out"),
      disputed: Amount("Held by a dispute"),
      inTransit: Amount("Being paid out"),
      owed: Amount("Taken back after it was paid; set off first"),
    }),
    { description: "From the books, as of now" },
  ),
  topSources: Type.Array(Type.Object(sourceFields)),
});

export const Performance = Type.Object({
  ...about,
  totals,
  series: Type.Array(Type.Object({ ...step, counts: CountFigures, amounts: AmountList }), {
    description: "Every step of the period, empty ones too; adds up to the totals",
  }),
});

export const Funnel = Type.Object({
  ...about,
  counts: CountFigures,
  comparison: ComparedCounts,
  rates: Rates,
  times: StepTimes,
  sources: Type.Array(Type.Object({ ...sourceFields, rates: Rates }), { description: "Adds up to `counts`" }),
});

export const Revenue = Type.Object({
  ...about,
  totals: AmountList,
  comparison: ComparedAmounts,
  series: Type.Array(Type.Object({ ...step, amounts: AmountList })),
});

const MoneyPair = Type.Object({
  currency: CurrencyCode(),
  revenue: Amount("Revenue"),
  commissionEarned: Amount("Commission earned"),
});

export const ProgramFigures = Type.Object({
  ...about,
  program: Type.Object({
    partners: Type.Object({
      registered: comparedCount("Registered in the period"),
      approved: Count("Approved in the period"),
      activeAtStart: Count("Approved before the period, not terminated"),
      activeAtEnd: Count("Approved, not terminated when it ended"),
      activeDuring: Count("Active on at least one day"),
      lost: Count("Of those active at the start, terminated before the end"),
      dormant: Count("Active at the end, without anything in the period"),
    }),
    registrationRate: Type.Number({ description: "Registrations a day" }),
    churnRate: Rate("Lost over active at the start"),
    counts: ComparedCounts,
    rates: Rates,
    times: StepTimes,
    amounts: ComparedAmounts,
    averageCommission: Type.Array(
      Type.Object({
        currency: CurrencyCode(),
        amount: Amount("Commission earned over partners active in the period"),
      }),
    ),
    earningsPerHundredClicks: EarningsPerClick,
    payoutProcessing: Type.Object({
      payouts: Count("Completed in the period"),
      averageSeconds: Nullable(Count("From request to confirmed transfer")),
      medianSeconds: Nullable(Count("Half took less")),
      slowestSeconds: Nullable(Count("The longest")),
    }),
    tiers: Type.Array(Type.Object({ tier: Type.String(), ...MoneyPair.properties }), {
      description: "By the tier that a partner had on the day",
    }),
  }),
  partners: pageOf(
    Type.Object({
      partnerId: Id("Of the partner"),
      companyName: Nullable(Type.String()),
      referralCode: Type.String(),
      tier: Type.String(),
      status: Type.String(),
      joinedAt: Instant("When it joined"),
      clicks: countFields.clicks,
      signups: countFields.signups,
      conversions: countFields.conversions,
      qualified: countFields.qualified,
      amounts: Type.Array(MoneyPair),
    }),
  ),
});

export const ForecastQuery = Type.Object(
  { partnerId: Type.Optional(Id("Of this partner; of the whole programme when not given")) },
  { additionalProperties: false },
);

const forecastOf = (figure: (description: string) => TSchema) =>
  Type.Object({
    historyWeeks: Count("Whole weeks since the first that had anything, of the two years looked at"),
    historyWeeksNeeded: Count("Below this nothing is forecast"),
    reason: Nullable(
      Type.Enum(["history_too_short"], { description: "Why there is no forecast; null where there is one" }),
    ),
    weeks: Type.Array(
      Type.Object({
        ahead: Count("Weeks after the history; the dates are in `weeks`"),
        value: figure("The mean of the last eight whole weeks"),
        low: figure("`value` less what four of five past forecasts at this distance missed by at most"),
        high: figure("`value` plus that"),
        meanError: figure("Mean absolute error of this method at this distance, tried on every week of the history"),
        repeatError: figure("The same of merely repeating the last week: what a forecast has to beat"),
        trials: Count("Past weeks that it was tried on"),
      }),
    ),
  });

export const ForecastFigures = Type.Object({
  timeZone: about.timeZone,
  currency: about.currency,
  upTo: about.upTo,
  history: Type.Object({ from: Day("First day looked at"), to: Day("The last Sunday that is whole") }),
  weeks: Type.Array(Type.Object({ from: Day("Monday"), to: Day("Sunday") }), {
    description: "What is forecast, in order",
  }),
  clicks: forecastOf(Count),
  signups: forecastOf(Count),
  conversions: forecastOf(Count),
  amounts: Type.Array(
    Type.Object({ currency: CurrencyCode(), revenue: forecastOf(Amount), commissionEarned: forecastOf(Amount) }),
    { description: "One for each currency; never added up" },
  ),
});

const Dimension = Type.Enum([...REVENUE_DIMENSIONS], {
  description:
    "`product`, `plan` and `country` as sales report them, `campaign` of the link, `cohort`: the month in which the customer was tied to the partner",
});
export const RevenueByQuery = Type.Object({ ...periodFields, dimension: Dimension }, { additionalProperties: false });
export const ProgramRevenueByQuery = Type.Object(
  {
    ...RevenueByQuery.properties,
    partnerId: Type.Optional(Id("Of this partner; of the whole programme when not given")),
  },
  { additionalProperties: false },
);
const revenueFields = {
  currency: CurrencyCode(),
  sales: Amount("Payments less tax, and card revenue"),
  takenBack: Amount("Refunds and chargebacks of them, less what was won"),
  revenue: Amount("Sales less what was taken back"),
};
export const RevenueBy = Type.Object({
  ...about,
  dimension: Dimension,
  values: Type.Array(
    Type.Object({ value: Nullable(Type.String({ description: "Null where nothing was reported" })), ...revenueFields }),
    { description: "By currency, the most revenue first: the first 200 of each" },
  ),
  rest: Type.Array(Type.Object(revenueFields), { description: "What all others come to, by currency" }),
});

export const ProgramRetentionQuery = Type.Object(
  { ...periodFields, partnerId: Type.Optional(Id("Of this partner; of the whole programme when not given")) },
  { additionalProperties: false },
);

export const Retention = Type.Object({
  ...about,
  cohorts: Type.Array(
    Type.Object({
      month: Day("First day of the month in which they were tied to the partner"),
      customers: Count("How many they are"),
      months: Type.Array(
        Type.Object({
          month: Day("First day of a month"),
          ahead: Count("Months after the cohort's own, which is 0"),
          paying: Count("Of them, those that paid in it, refunded later or not"),
          rate: Rate("Paying over customers"),
          isWhole: Type.Boolean({ description: "False for the present month, which is still going on" }),
        }),
        { description: "Up to the present month" },
      ),
    }),
    {
      description:
        "Whole months that the period touches, those with a conversion alone; of the last twelve months when nothing is given",
    },
  ),
});
