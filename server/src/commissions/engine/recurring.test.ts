import { describe, expect, it } from "vitest";
import { assessBatch, at, clause, emptyBooks, partnerWith, termsOfTier } from "../../../test/kit/engine.ts";

const reseller = termsOfTier("tier2");

describe("a recurring commission", () => {
  it("has no end where the duration is null", () => {
    const sequence = partnerWith(reseller);
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    const late = sequence.pay("ann", "p2", at("2044-01-01"), { amount: 1_000n });
    const books = sequence.run();
    expect(clause(books, late, "recurring")).toMatchObject({ outcome: "earned" });
    expect(clause(books, late, "recurring")).not.toHaveProperty("endsOn");
  });

  it("is dated in the programme's time zone", () => {
    const terms = termsOfTier("tier1", { id: "ny", timeZone: "America/New_York" });
    const sequence = partnerWith(terms);
    sequence.pay("ann", "first", "2024-01-31T04:00:00Z", { amount: 1_000n }); // the 30th in New York
    const last = sequence.pay("ann", "last", "2025-01-30T04:59:59Z", { amount: 1_000n });
    const over = sequence.pay("ann", "over", "2025-01-30T05:00:00Z", { amount: 1_000n });
    const books = sequence.run();
    expect([clause(books, last, "recurring")?.outcome, clause(books, over, "recurring")?.outcome]).toEqual([
      "earned",
      "nothing",
    ]);
  });

  it.each<[string, { zone: string; months: number; first: string; last: string; over: string }]>([
    [
      "a leap day and a year is the last day of February",
      {
        zone: "UTC",
        months: 12,
        first: "2024-02-29T12:00:00Z",
        last: "2025-02-27T23:59:59Z",
        over: "2025-02-28T00:00:00Z",
      },
    ],
    [
      "a leap day and four years is the leap day",
      {
        zone: "UTC",
        months: 48,
        first: "2024-02-29T12:00:00Z",
        last: "2028-02-28T23:59:59Z",
        over: "2028-02-29T00:00:00Z",
      },
    ],
    [
      "31 January and a month is the last day of February",
      {
        zone: "UTC",
        months: 1,
        first: "2023-01-31T00:00:00Z",
        last: "2023-02-27T23:59:59Z",
        over: "2023-02-28T00:00:00Z",
      },
    ],
    [
      "thirteen hours ahead the day begins the day before",
      {
        zone: "Pacific/Apia",
        months: 12,
        first: "2024-01-30T11:00:00Z",
        last: "2025-01-30T10:59:59Z",
        over: "2025-01-30T11:00:00Z",
      },
    ],
    [
      "a day that the zone left out ends with the day before it",
      {
        zone: "Pacific/Apia",
        months: 12,
        first: "2010-12-30T20:00:00Z",
        last: "2011-12-30T09:59:59Z",
        over: "2011-12-30T10:00:00Z",
      },
    ],
    [
      "from winter time into summer time",
      {
        zone: "America/New_York",
        months: 8,
        first: "2023-11-10T05:00:00Z",
        last: "2024-07-10T03:59:59Z",
        over: "2024-07-10T04:00:00Z",
      },
    ],
    [
      "onto the day on which the clock is set back",
      {
        zone: "America/New_York",
        months: 8,
        first: "2024-03-03T05:00:00Z",
        last: "2024-11-03T03:59:59Z",
        over: "2024-11-03T04:00:00Z",
      },
    ],
  ])("ends with its months: %s", (_, { zone, months, first, last, over }) => {
    const terms = termsOfTier("tier1", { id: "zoned", timeZone: zone, recurringDuration: months });
    const sequence = partnerWith();
    sequence.events.length = 0;
    sequence.approve("2009-01-01T00:00:00Z");
    sequence.convert("ann", terms.id, "2009-01-02T00:00:00Z");
    sequence.pay("ann", "first", first, { amount: 1_000n });
    const [inside, outside] = [last, over].map((date) => sequence.pay("ann", date, date, { amount: 1_000n }));
    const books = assessBatch(emptyBooks(), sequence.events, [terms]);
    expect([inside, outside].map((event) => event && clause(books, event, "recurring")?.outcome)).toEqual([
      "earned",
      "nothing",
    ]);
  });
});

describe("the bonus for volume", () => {
  it("counts a lost client no more, and again from the payment that qualifies it anew, that payment included", () => {
    const terms = termsOfTier("tier2", { id: "two", volumeBonuses: [{ threshold: 2, bonusPpm: 100_000n }] });
    const sequence = partnerWith(terms);
    const { pay, convert, chargeBack, reject } = sequence;
    for (const customer of ["bob", "cyd"]) convert(customer, terms.id);
    const paid = (customer: string, id: string, day: string) => pay(customer, id, at(day), { amount: 1_000n });
    paid("bob", "of bob", "2024-01-01");
    const events = [paid("ann", "of ann", "2024-01-02"), paid("bob", "b2", "2024-01-03")];
    chargeBack("ann", "of ann", "taken", at("2024-01-04"), 1_000n);
    events.push(paid("bob", "b3", "2024-01-05"), paid("ann", "a2", "2024-01-06"));
    reject("ann", at("2024-01-07"));
    events.push(paid("bob", "b4", "2024-01-08"), paid("cyd", "of cyd", "2024-01-09"));
    const books = assessBatch(emptyBooks(), sequence.events, [terms]);
    expect(events.map((event) => clause(books, event, "recurring")?.amount)).toEqual([
      275n,
      275n,
      250n,
      275n,
      250n,
      275n,
    ]);
  });
});
