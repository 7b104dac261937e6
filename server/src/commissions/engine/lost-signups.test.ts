import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AFFILIATE,
  assessBatch,
  at,
  BETTER,
  type Books,
  customerOf,
  emptyBooks,
  partnerWith,
  reasons,
  recordedSequence,
  rowsOf,
} from "../../../test/kit/engine.ts";
import type { EngineEvent } from "./engine-event.ts";
import { NO_LIMIT } from "./spend-facts.ts";

/** A customer whose payment of the first of January earned a signup bonus of 50.00. */
function scene() {
  const sequence = partnerWith(AFFILIATE);
  sequence.pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
  const signupOf = () => customerOf(sequence.run())?.qualification?.signupId ?? "";
  let turn = 0;
  /** Charged back, and won: whole. Returns what was earned as a signup by that. */
  const loseAndWin = (): string[] => {
    turn += 1;
    sequence.chargeBack("ann", "p", `cb ${turn}`, at(`2024-0${turn + 1}-10`), 1_000n);
    sequence.winChargeback("ann", `cb ${turn}`, `won ${turn}`, at(`2024-0${turn + 1}-20`), 1_000n);
    return signupsSince(sequence.run(), sequence.events.at(-1));
  };
  return { ...sequence, signupOf, loseAndWin };
}
const signupsSince = (books: Books, event: EngineEvent | undefined): string[] =>
  books.outcomes.flatMap((one) =>
    one.kind === "earned" && one.commission.rule === "signup" && one.commission.eventId === event?.id
      ? `${one.commission.amount}`
      : [],
  );
const limitedTo = (usd: bigint | undefined): Books => {
  const empty = emptyBooks();
  const limits = new Map(usd === undefined ? [] : [["USD", usd] as const]);
  return { ...empty, facts: { ...empty.facts, spend: { ...NO_LIMIT, limits } } };
};

describe("a signup that comes back with a chargeback that is won", () => {
  it.each<[string, bigint, string[]]>([
    ["more", 2_000n, ["7000"]],
    ["less", -2_000n, ["3000"]],
    ["nothing", -5_000n, []],
  ])("is what a person has made of it: %s, however often it is lost", (_, by, expected) => {
    const { adjustByHand, signupOf, loseAndWin } = scene();
    adjustByHand(signupOf(), by, at("2024-01-05"));
    expect(loseAndWin()).toEqual(expected);
    expect(loseAndWin()).toEqual(expected);
  });

  it("is nothing of what a person has ended, and all of what they had added beside it", () => {
    const { adjustByHand, closeByHand, signupOf, loseAndWin } = scene();
    const signupId = signupOf();
    adjustByHand(signupId, 2_000n, at("2024-01-05"));
    closeByHand([signupId], at("2024-01-06"));
    expect(loseAndWin()).toEqual(["2000"]);
  });

  it("waits with it for the end of a hold", () => {
    const { adjustByHand, signupOf, chargeBack, holdForFraud, winChargeback, release, run } = scene();
    adjustByHand(signupOf(), 2_000n, at("2024-01-05"));
    chargeBack("ann", "p", "cb", at("2024-02-01"), 1_000n);
    holdForFraud("ann", at("2024-02-02"));
    winChargeback("ann", "cb", "won", at("2024-02-03"), 1_000n);
    chargeBack("ann", "p", "cb again", at("2024-02-04"), 1_000n);
    winChargeback("ann", "cb again", "won again", at("2024-02-05"), 1_000n);
    const released = release("ann", at("2024-03-01"));
    expect(signupsSince(run(), released)).toEqual(["7000"]);
    expect(customerOf(run())?.lostSignup).toBeNull();
  });

  it("is decided by the terms where the payment was lost before anybody had decided it", () => {
    const { convert, pay, chargeBack, winChargeback, verify, run } = partnerWith();
    convert("ann", AFFILIATE.id, undefined, true);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    chargeBack("ann", "p", "cb", at("2024-02-01"), 1_000n);
    verify("ann", at("2024-02-02"));
    const won = winChargeback("ann", "cb", "won", at("2024-02-03"), 1_000n);
    expect(signupsSince(run(), won)).toEqual(["5000"]);
  });

  it("is another one where another payment qualifies instead", () => {
    const { adjustByHand, signupOf, chargeBack, pay, run } = scene();
    adjustByHand(signupOf(), 2_000n, at("2024-01-05"));
    chargeBack("ann", "p", "cb", at("2024-02-01"), 1_000n);
    const next = pay("ann", "p2", at("2024-02-02"), { amount: 1_000n });
    expect(signupsSince(run(), next)).toEqual(["5000"]);
  });

  it("is neither cut nor counted again by the limit of the programme", () => {
    const { events, chargeBack, winChargeback } = scene();
    chargeBack("ann", "p", "cb", at("2024-02-01"), 1_000n);
    const won = winChargeback("ann", "cb", "won", at("2024-02-02"), 1_000n);
    const books = assessBatch(limitedTo(5_100n), events, [AFFILIATE]);
    expect(signupsSince(books, won)).toEqual(["5000"]);
    expect([...books.facts.spend.spent.values()].map(({ spent }) => spent)).toEqual([5_100n]);
  });
});

describe("a signup of a customer that was rejected", () => {
  const signupSum = (books: Books): bigint => {
    const signups = books.outcomes.flatMap((one) =>
      "commission" in one && one.commission.rule.startsWith("signup") ? one.commission : [],
    );
    const ids = new Set(signups.map(({ id }) => id));
    const cancelled = books.outcomes.flatMap((one) =>
      one.kind === "cancelled" && ids.has(one.commissionId) ? one.left : [],
    );
    const total = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);
    return total(signups.map(({ amount }) => amount)) - total(cancelled);
  };

  it("comes back with a chargeback that is won where the rejection had left it: approved, and not taken back on anybody's word", () => {
    const { reject, loseAndWin, run } = scene();
    reject("ann", at("2024-02-05"));
    expect(loseAndWin()).toEqual(["5000"]);
    expect(loseAndWin()).toEqual(["5000"]);
    expect(signupSum(run())).toBe(5_000n);
  });

  it.each<[string, string, boolean]>([
    ["was pending, which a rejection cancels", "2024-01-05", false],
    ["was approved, and taken back on the admin's word", "2024-02-05", true],
  ])("does not come back where the rejection took it: it %s", (_, on, takesBackApproved) => {
    const { reject, loseAndWin, run } = scene();
    reject("ann", at(on), takesBackApproved);
    expect(loseAndWin()).toEqual([]);
    expect(loseAndWin()).toEqual([]);
    expect(signupSum(run())).toBe(0n);
  });

  it("does not come back where it was lost before the rejection, nor is earned by another payment after it", () => {
    const { chargeBack, reject, winChargeback, pay, run } = scene();
    chargeBack("ann", "p", "cb", at("2024-02-01"), 1_000n);
    reject("ann", at("2024-02-02"));
    const won = winChargeback("ann", "cb", "won", at("2024-02-03"), 1_000n);
    const next = pay("ann", "p2", at("2024-02-04"), { amount: 1_000n });
    const books = run();
    expect([signupsSince(books, won), signupsSince(books, next), signupSum(books)]).toEqual([[], [], 0n]);
  });

  it("is never earned where it waited for verification as its customer was rejected, whatever clears later", () => {
    const { convert, pay, reject, chargeBack, winChargeback, verify, run } = partnerWith();
    convert("ann", AFFILIATE.id, undefined, true);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    reject("ann", at("2024-01-02"));
    verify("ann", at("2024-01-03"));
    chargeBack("ann", "p", "cb", at("2024-02-01"), 1_000n);
    winChargeback("ann", "cb", "won", at("2024-02-03"), 1_000n);
    expect(signupSum(run())).toBe(0n);
  });
});

describe("a signup that stands where its customer has ended", () => {
  const ACTS = ["turn", "turn", "turn", "hold", "release", "reject"] as const;

  it("is lost and comes back with its payment, whatever is held and won in whatever order; a rejection leaves it as it stands", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.constantFrom(...ACTS), { maxLength: 14 }), (isRejected, acts) => {
        const sequence = scene();
        const day = (number: number): string => at(`2024-03-${String(number).padStart(2, "0")}`);
        // Its hold is over: it is approved, and an end leaves it.
        if (isRejected) sequence.reject("ann", day(1));
        else sequence.depart("ann", day(1), []);
        let [stands, isOwed, isLost, isHeld, turns] = [true, false, false, false, 0];
        acts.forEach((act, index) => {
          const on = day(index + 2);
          if (act === "hold") {
            sequence.holdForFraud("ann", on);
            isHeld = true;
          } else if (act === "release") {
            sequence.release("ann", on);
            isHeld = false;
          } else if (act === "reject") {
            sequence.reject("ann", on);
            isOwed = false;
          } else if (isLost) {
            sequence.winChargeback("ann", `cb ${turns}`, `won ${turns}`, on, 1_000n);
            isLost = false;
          } else {
            turns += 1;
            sequence.chargeBack("ann", "p", `cb ${turns}`, on, 1_000n);
            [isOwed, stands, isLost] = [isOwed || stands, false, true];
          }
          if (isOwed && !isLost && !isHeld) [stands, isOwed] = [true, false];
        });
        const books = sequence.run();
        const signups = books.outcomes.flatMap((one) =>
          "commission" in one && one.commission.rule.startsWith("signup") ? one.commission.amount : [],
        );
        expect(signups.reduce((sum, amount) => sum + amount, 0n)).toBe(stands ? 5_000n : 0n);
        expect(books.facts.partners.get("partner")?.clients).toBe(0);
      }),
    );
  });
});

describe("a signup that the limit of the programme withheld", () => {
  /** What was recorded under a limit, and then, with none, the rest. */
  const lifted = (events: readonly EngineEvent[], under: number): Books => {
    const before = assessBatch(limitedTo(1_000n), events.slice(0, under), [AFFILIATE, BETTER]);
    const spend = { ...before.facts.spend, limits: new Map() };
    return assessBatch({ ...before, facts: { ...before.facts, spend } }, events.slice(under), [AFFILIATE, BETTER]);
  };

  it("is not given back by a chargeback that is won, though there is no limit any more", () => {
    const { events, chargeBack, winChargeback } = scene();
    const under = events.length;
    chargeBack("ann", "p", "cb", at("2024-02-01"), 1_000n);
    const won = winChargeback("ann", "cb", "won", at("2024-02-02"), 1_000n);
    const books = lifted(events, under);
    expect(reasons(books, won)).toEqual([
      "reversal restored: given_back",
      "qualification applies: qualified",
      "signup nothing: nothing_was_lost",
    ]);
  });

  it("is not earned by the end of a hold at another partner", () => {
    const from = scene();
    const under = from.events.length;
    const to = recordedSequence("other");
    to.approve();
    from.chargeBack("ann", "p", "cb", at("2024-02-01"), 1_000n);
    from.holdForFraud("ann", at("2024-02-02"));
    from.winChargeback("ann", "cb", "won", at("2024-02-03"), 1_000n);
    const history = from.events.filter((one) => "amount" in one);
    const moved = history.map(({ id }) => id);
    from.depart("ann", at("2024-03-01"), moved);
    const arrived = to.arrive("ann again", at("2024-03-01"), {
      act: "handover",
      termsId: BETTER.id,
      convertedAt: "2020-01-02T00:00:00Z",
      isVerificationOpen: false,
      isHeld: true,
      isSettled: false,
      isSignupTaken: false,
      history: moved,
      moved,
    });
    const released = to.release("ann again", at("2024-04-01"));
    const { spend } = lifted(from.events, under).facts;
    const empty = emptyBooks();
    const books = assessBatch(
      {
        ...empty,
        facts: { ...empty.facts, spend: { ...spend, cuts: new Map() }, histories: new Map([[arrived.id, history]]) },
      },
      to.events,
      [BETTER],
    );
    expect(reasons(books, released)).toEqual([
      "qualification applies: qualified",
      "signup nothing: spend_limit_reached",
    ]);
  });

  it("is not earned by a re-assessment at another partner that ties the customer to another payment", () => {
    const to = recordedSequence("other");
    to.approve();
    const from = partnerWith(AFFILIATE);
    from.pay("ann", "p", at("2024-01-10"), { amount: 1_000n });
    const history = from.events.filter((one) => "amount" in one);
    const arrived = to.arrive("ann again", at("2024-03-01"), {
      act: "handover",
      termsId: BETTER.id,
      convertedAt: "2020-01-02T00:00:00Z",
      isVerificationOpen: false,
      isHeld: false,
      isSettled: true,
      isSignupTaken: false,
      history: ["p"],
      moved: ["p"],
    });
    const strict = { ...BETTER, id: "strict", qualifyingMinimum: 2_000n };
    to.pay("ann again", "p2", at("2024-03-02"), { amount: 4_000n });
    to.reassess(at("2024-04-01"), "strict", strict.id);
    const { spend } = assessBatch(limitedTo(1_000n), from.events, [AFFILIATE]).facts;
    const empty = emptyBooks();
    const facts = {
      ...empty.facts,
      spend: { ...spend, limits: new Map(), cuts: new Map() },
      histories: new Map([[arrived.id, history]]),
    };
    const books = assessBatch({ ...empty, facts }, to.events, [BETTER, strict]);
    expect(customerOf(books, "ann again")?.qualification).toMatchObject({ paymentId: "p2", signupId: null });
    expect(rowsOf(books).filter((row) => row.startsWith("signup"))).toEqual([]);
  });
});
