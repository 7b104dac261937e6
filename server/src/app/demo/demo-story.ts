import { DAY_MS, HOUR_MS } from "../../kernel/clock.ts";
import type { ReportedTransaction } from "../../sales/index.ts";
import { CAST, type CastPartner } from "./demo-cast.ts";
import { type Chance, createChance } from "./demo-random.ts";

/** A customer of the story: who clicked where and when, and whether it bought. */
export type StoryCustomer = {
  readonly externalId: string;
  readonly email: string;
  readonly partner: CastPartner;
  readonly clickedAt: Date;
  /** Null: signed up and never came back. */
  readonly convertedAt: Date | null;
  readonly transactions: readonly ReportedTransaction[];
};

/** One month of the story; everything in it happens between `from` and `to`. */
export type StoryMonth = {
  readonly from: Date;
  readonly to: Date;
  readonly customers: readonly StoryCustomer[];
  /** Visits that led to nothing. */
  readonly idleClicks: readonly { readonly partner: CastPartner; readonly at: Date; readonly campaign: string }[];
  readonly transactions: readonly ReportedTransaction[];
  /** Whose each customer of the story is. */
  readonly partnerOf: ReadonlyMap<string, CastPartner>;
};

export const STORY_MONTHS = 12;
const SEED = 20_260_301;
const CUSTOMERS_TOTAL = 3_000;
/** About one visit in twelve signs up. */
const IDLE_CLICKS_PER_CUSTOMER = 11;
const SIGNED_UP_ONLY_SHARE = 0.06;
const MONTHLY_PRICES = [1_900n, 2_900n, 4_900n, 9_900n];
const CAMPAIGNS = ["newsletter", "homepage", "review", "podcast", "social"];

/** Tells the twelve months before `end`, the same at every call. */
export function tellStory(end: Date): StoryMonth[] {
  const chance = createChance(SEED);
  const borders = Array.from({ length: STORY_MONTHS + 1 }, (_, index) => monthsBefore(end, STORY_MONTHS - index));
  // A programme that grows: the last month brings three times what the first did.
  const shares = Array.from({ length: STORY_MONTHS }, (_, month) => 1 + (2 * month) / (STORY_MONTHS - 1));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let number = 0;
  const months = shares.map((share, month) => {
    const [from, to] = [borders[month] as Date, borders[month + 1] as Date];
    const partners = CAST.filter((partner) => partner.monthsAgo >= STORY_MONTHS - month);
    const customers = Array.from({ length: Math.round((CUSTOMERS_TOTAL * share) / total) }, () => {
      number += 1;
      return tellCustomer(chance, { number, partner: pickByWeight(chance, partners), from, to, end });
    });
    const idleClicks = Array.from({ length: customers.length * IDLE_CLICKS_PER_CUSTOMER }, () => ({
      partner: pickByWeight(chance, partners),
      at: instantIn(chance, from, to),
      campaign: chance.pick(CAMPAIGNS),
    }));
    return { from, to, customers, idleClicks };
  });
  const everybody = months.flatMap(({ customers }) => customers);
  const partnerOf = new Map(everybody.map(({ externalId, partner }) => [externalId, partner]));
  const transactions = everybody.flatMap((customer) => customer.transactions);
  return months.map((month) => ({
    ...month,
    partnerOf,
    transactions: transactions.filter(({ occurredAt }) => occurredAt >= month.from && occurredAt < month.to),
  }));
}

function tellCustomer(
  chance: Chance,
  facts: { number: number; partner: CastPartner; from: Date; to: Date; end: Date },
): StoryCustomer {
  const { number, partner, from, to, end } = facts;
  const externalId = `customer-${String(number).padStart(4, "0")}`;
  const clickedAt = instantIn(chance, from, new Date(to.getTime() - 3 * HOUR_MS));
  const isLost = chance.happens(SIGNED_UP_ONLY_SHARE);
  const delay = chance.between(1, 120) * 60_000;
  const convertedAt = isLost ? null : new Date(clickedAt.getTime() + delay);
  return {
    externalId,
    email: `${externalId}@customers.example`,
    partner,
    clickedAt,
    convertedAt,
    transactions: convertedAt === null ? [] : tellPurchases(chance, { externalId, partner, convertedAt, end }),
  };
}

type Buyer = { externalId: string; partner: CastPartner; convertedAt: Date; end: Date };

/** A subscription with its renewals, and now and then a refund, a chargeback, or card spend. */
function tellPurchases(chance: Chance, { externalId, partner, convertedAt, end }: Buyer): ReportedTransaction[] {
  const price = chance.pick(MONTHLY_PRICES);
  const isTaxed = ["DE", "FR", "IE", "NL", "SE", "GB"].includes(partner.country);
  const months = chance.happens(0.35) ? chance.between(1, 4) : STORY_MONTHS;
  const events: ReportedTransaction[] = [];
  const add = (
    event: Partial<ReportedTransaction> & Pick<ReportedTransaction, "externalId" | "kind" | "amount" | "occurredAt">,
  ): void => {
    if (event.occurredAt >= end) return;
    events.push({
      customerExternalId: externalId,
      currency: "USD",
      originalExternalId: null,
      tax: 0n,
      revenue: 0n,
      createCustomer: false,
      ...event,
    });
  };

  for (let month = 0; month < months; month += 1) {
    const occurredAt = new Date(convertedAt.getTime() + month * 30 * DAY_MS + chance.between(5, 50) * 60_000);
    const tax = isTaxed ? price / 5n : 0n;
    const id = `${externalId}-payment-${month + 1}`;
    add({ externalId: id, kind: "payment", amount: price + tax, tax, occurredAt });
    const later = (days: number) => new Date(occurredAt.getTime() + days * DAY_MS);
    const original = { originalExternalId: id };
    if (chance.happens(0.012))
      add({
        externalId: `${id}-refund`,
        kind: "refund",
        amount: (price + tax) / 2n,
        occurredAt: later(6),
        ...original,
      });
    else if (chance.happens(0.008))
      add({ externalId: `${id}-refund`, kind: "refund", amount: price + tax, occurredAt: later(9), ...original });
    else if (chance.happens(0.002)) {
      add({
        externalId: `${id}-chargeback`,
        kind: "chargeback",
        amount: price + tax,
        occurredAt: later(21),
        ...original,
      });
      if (chance.happens(0.4))
        add({
          externalId: `${id}-chargeback-won`,
          kind: "chargeback_won",
          amount: price + tax,
          occurredAt: later(40),
          originalExternalId: `${id}-chargeback`,
        });
    }
  }
  if (partner.tier === "tier2" || partner.tier === "tier3") {
    for (let month = 0; month < Math.min(months, 3); month += 1) {
      const amount = BigInt(chance.between(20, 900)) * 100n;
      const occurredAt = new Date(convertedAt.getTime() + (month * 30 + 11) * DAY_MS);
      add({ externalId: `${externalId}-card-${month + 1}`, kind: "card", amount, revenue: amount / 100n, occurredAt });
    }
  }
  return events;
}

function pickByWeight(chance: Chance, partners: readonly CastPartner[]): CastPartner {
  let rest = chance.next() * partners.reduce((sum, partner) => sum + partner.weight, 0);
  for (const partner of partners) {
    rest -= partner.weight;
    if (rest < 0) return partner;
  }
  return partners[0] as CastPartner;
}

const instantIn = (chance: Chance, from: Date, to: Date): Date =>
  new Date(from.getTime() + Math.floor(chance.next() * (to.getTime() - from.getTime())));

function monthsBefore(end: Date, months: number): Date {
  const date = new Date(end);
  date.setUTCMonth(date.getUTCMonth() - months, 1);
  return months === 0 ? end : date;
}
