import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, type Books, partnerWith, termsOfTier } from "../../../test/kit/engine.ts";
import { inDateOrder } from "./date-order.ts";
import type { ReassessmentData } from "./engine-event.ts";

/** Whatever depends on the order of sales does so here: who qualifies, months that run out, a bonus for the second client, caps, a rate for the first payment. */
const ORDERED = termsOfTier("tier1", {
  id: "ordered",
  recurringDuration: 1,
  volumeBonuses: [{ threshold: 2, bonusPpm: 200_000n }],
  caps: { commission: new Map(), customer: new Map([["USD", 900n]]), month: new Map([["USD", 1_200n]]) },
});
const CUSTOMERS = ["ann", "bob", "cay"] as const;

const salesOf = (amount: fc.Arbitrary<number>, part: fc.Arbitrary<number>) =>
  fc.array(
    fc.record({
      customer: fc.constantFrom(...CUSTOMERS),
      /** Three instants for all of them. */
      second: fc.nat(2),
      amount,
      back: fc.option(fc.record({ second: fc.nat(2), part, isCharged: fc.boolean() })),
      place: fc.nat(1_000),
    }),
    { minLength: 2, maxLength: 12 },
  );
type Sales = ReturnType<typeof salesOf> extends fc.Arbitrary<infer All> ? All : never;
/** Every share of these is whole. */
const roundSales = salesOf(
  fc.integer({ min: 1, max: 10 }).map((count) => count * 500),
  fc.constantFrom(50, 100),
);
const anySales = salesOf(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 100 }));
const instant = (second: number): string => `2024-03-01T12:00:0${second}Z`;

type Sequence = ReturnType<typeof partnerWith>;
type Step = { readonly place: number; readonly name: string; readonly tell: (sequence: Sequence) => unknown };

const stepsOf = (sales: Sales): Step[] =>
  sales.flatMap(({ customer, second, amount, back, place }, index) => {
    // The name says nothing of the place in which it was told.
    const name = `${String.fromCharCode(97 + ((index * 7) % 26))}${index}`;
    const paid: Step = {
      place,
      name,
      tell: (sequence) => sequence.pay(customer, name, instant(second), { amount: BigInt(amount) }),
    };
    if (back === null) return [paid];
    const taken = BigInt(Math.max(1, Math.floor((amount * back.part) / 100)));
    const reversal: Step = {
      place: place + back.part,
      name: `r of ${name}`,
      tell: (sequence) =>
        back.isCharged
          ? sequence.chargeBack(customer, name, `r of ${name}`, instant(back.second), taken)
          : sequence.refund(customer, name, `r of ${name}`, instant(back.second), taken),
    };
    return [paid, reversal];
  });

type Words = Pick<ReassessmentData, "ties" | "rounds">;

/** The same steps told in an order of their own, each reversal after its original, and put in order at the end, and after steps in between. */
function told(steps: readonly Step[], words: Words, putInOrderAfter: readonly number[] = []): Books {
  const sequence = partnerWith(ORDERED);
  for (const customer of CUSTOMERS.slice(1)) sequence.convert(customer, ORDERED.id);
  for (const [index, { tell }] of steps.entries()) {
    tell(sequence);
    if (putInOrderAfter.includes(index)) sequence.reassess(at("2024-03-02"), `after ${index}`, undefined, words);
  }
  sequence.reassess(at("2024-03-02"), "in order", undefined, words);
  return sequence.run(() => false);
}

/** What stands of each sale by rule, and of each customer's signup. */
function standing({ facts }: Books): Map<string, bigint> {
  const net = new Map<string, bigint>([["clients", BigInt(facts.partners.get("partner")?.clients ?? 0)]]);
  for (const { transactionId, referralId, rule, amount, reversed, closedBy } of facts.commissions.values()) {
    const key = rule === "signup" ? `signup of ${referralId}` : `${rule} of ${transactionId}`;
    const left = closedBy === null ? amount - reversed : 0n;
    if (left !== 0n) net.set(key, (net.get(key) ?? 0n) + left);
  }
  return new Map([...net].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

describe("sales of one instant", () => {
  const tied = (ties: "external_id" | undefined) => {
    const { pay, verify, events } = partnerWith(ORDERED);
    pay("ann", "b", at("2024-01-01"), { amount: 1n });
    pay("ann", "a", at("2024-01-01"), { amount: 1n });
    verify("ann", at("2024-01-01"));
    pay("ann", "B", at("2024-01-01"), { amount: 1n });
    return inDateOrder(events, ties).flatMap((event) => ("amount" in event ? event.id : event.kind));
  };

  it("come in the order of the bytes of their external ids, where an act says so, behind acts of that instant", () => {
    expect(tied("external_id").slice(-4)).toEqual(["verification", "B", "a", "b"]);
  });

  it("come in the recorded order where it does not: what was recorded before is replayed as it was", () => {
    expect(tied(undefined).slice(-4)).toEqual(["verification", "b", "a", "B"]);
  });

  const bothWays = (sales: Sales, words: Words, putInOrderAfter: readonly number[] = []) => {
    const steps = stepsOf(sales);
    const anyhow = steps.toSorted((a, b) => a.place - b.place);
    return [standing(told(steps, words)), standing(told(anyhow, words, putInOrderAfter))] as const;
  };

  it("earn the same in whatever order they were told, once they are put in order", () => {
    fc.assert(
      fc.property(roundSales, (sales) => {
        const [one, other] = bothWays(sales, { ties: "external_id" });
        expect(other).toEqual(one);
      }),
      { numRuns: 300 },
    );
  });

  it("earn the same to the minor unit, however often they were put in order meanwhile, where an act says that refunds are rounded by sale", () => {
    const between = fc.array(fc.nat(20), { maxLength: 3 });
    fc.assert(
      fc.property(anySales, between, (sales, putInOrderAfter) => {
        const [one, other] = bothWays(sales, { ties: "external_id", rounds: "sale" }, putInOrderAfter);
        expect(other).toEqual(one);
      }),
      { numRuns: 1_000 },
    );
  });

  it("earn the same but for a minor unit of a sale that was refunded in part, by acts from before refunds were rounded by sale", () => {
    fc.assert(
      fc.property(anySales, (sales) => {
        const [one, other] = bothWays(sales, { ties: "external_id" });
        const names = [...new Set([...one.keys(), ...other.keys()])];
        const apart = names.map((name) => ({ name, by: (one.get(name) ?? 0n) - (other.get(name) ?? 0n) }));
        expect(apart.filter(({ name, by }) => by !== 0n && !(name.startsWith("recurring") && by * by === 1n))).toEqual(
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  it("would not without it: the order in which they were told shows in what they earn", () => {
    const pair = ["a", "b"].map((name, index) => ({
      name,
      place: index,
      tell: (sequence: Sequence) => sequence.pay("ann", name, instant(0), { amount: 6_000n }),
    }));
    const both = (ties: "external_id" | undefined) =>
      [pair, pair.toReversed()].map((steps) => standing(told(steps, ties === undefined ? {} : { ties })));
    const [one, other] = both(undefined);
    expect(one).not.toEqual(other);
    const [same, again] = both("external_id");
    expect(same).toEqual(again);
  });
});
