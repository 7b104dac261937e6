import { describe, expect, it } from "vitest";
import {
  AFFILIATE,
  assessBatch,
  at,
  customerOf,
  emptyBooks,
  late,
  partnerWith,
  recordedSequence,
  termsOfTier,
} from "../../../test/kit/engine.ts";

describe("an event that arrives late", () => {
  it("says that it would have qualified its customer, where the months would have run from it", () => {
    const { convert, pay, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const missed = pay("ann", "p0", at("2024-02-01"), { amount: 1_000n });
    const nothing = pay("ann", "p00", at("2024-02-01"), { amount: 0n });
    const inTime = pay("ann", "p2", at("2024-04-01"), { amount: 1_000n });
    const books = run();
    expect([late(books, missed), late(books, nothing), late(books, inTime)]).toEqual([
      ["would_have_qualified"],
      [],
      [],
    ]);
  });

  it("says that it would have been the first payment, where a rule asks for that", () => {
    const facts = { product: null, planCode: null, country: null, currency: null, payment: new Set(["first"]) };
    const rule = { name: "first", when: { facts, fromDays: 0, toDays: null }, pays: { ratePpm: 300_000n } };
    const lifetime = termsOfTier("tier4", { rateRules: [rule] });
    const { convert, pay, events } = partnerWith();
    convert("ann", lifetime.id);
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const missed = pay("ann", "p0", at("2024-02-01"), { amount: 1_000n });
    expect(late(assessBatch(emptyBooks(), events, [lifetime]), missed)).toEqual(["would_have_qualified"]);
  });

  it("says nothing where the duration has no end", () => {
    const lifetime = termsOfTier("tier4");
    const { convert, pay, events } = partnerWith();
    convert("ann", lifetime.id);
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const missed = pay("ann", "p0", at("2024-02-01"), { amount: 1_000n });
    expect(late(assessBatch(emptyBooks(), events, [lifetime]), missed)).toEqual([]);
  });

  it("says that it would have raised the bonus of what was earned on a later date", () => {
    const volume = termsOfTier("tier2", { volumeBonuses: [{ threshold: 2, bonusPpm: 50_000n }] });
    const sequence = partnerWith();
    for (const name of ["ann", "bob", "cay"]) sequence.convert(name, volume.id);
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const second = sequence.pay("bob", "p2", at("2024-02-01"), { amount: 1_000n });
    const third = sequence.pay("cay", "p3", at("2024-02-02"), { amount: 1_000n });
    const books = assessBatch(emptyBooks(), sequence.events, [volume]);
    expect([late(books, second), late(books, third)]).toEqual([["would_have_counted"], []]);
  });

  it("says nothing of a bonus where what it would have raised is of the same instant: the recorded order decides", () => {
    const volume = termsOfTier("tier2", { volumeBonuses: [{ threshold: 2, bonusPpm: 50_000n }] });
    const sequence = partnerWith();
    for (const name of ["ann", "bob"]) sequence.convert(name, volume.id);
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const second = sequence.pay("bob", "p2", at("2024-03-01"), { amount: 1_000n });
    expect(late(assessBatch(emptyBooks(), sequence.events, [volume]), second)).toEqual([]);
  });

  it("says nothing where it takes back a part, and the customer stays qualified", () => {
    const { pay, refund, run } = partnerWith(AFFILIATE);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    pay("ann", "p2", at("2024-02-01"), { amount: 1_000n });
    const inPart = refund("ann", "p1", "r", at("2024-01-20"), 999n);
    expect(late(run(), inPart)).toEqual([]);
  });

  it("says nothing where it is an act, or card volume: neither qualifies anybody", () => {
    const { pay, spend, verify, run } = partnerWith(AFFILIATE);
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const card = spend("ann", "c", at("2024-02-01"), { amount: 1_000n });
    const verified = verify("ann", at("2024-02-01"));
    const books = run();
    expect([late(books, card), late(books, verified)]).toEqual([[], []]);
  });

  it("says nothing where it qualifies nobody, and its partner has never been approved", () => {
    const { convert, pay, events } = recordedSequence();
    convert("ann", AFFILIATE.id);
    const payment = pay("ann", "p", at("2024-02-01"), { amount: 0n });
    expect(late(assessBatch(emptyBooks(), events, [AFFILIATE]), payment)).toEqual([]);
  });

  it("says that a later payment would have qualified anew, had the loss been known", () => {
    const { convert, pay, refund, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    pay("ann", "p2", at("2024-02-01"), { amount: 1_000n });
    const lost = refund("ann", "p1", "r", at("2024-01-20"), 1_000n);
    const again = refund("ann", "p2", "r2", at("2024-01-20"), 1_000n);
    const books = run();
    expect([late(books, lost), late(books, again)]).toEqual([["would_have_unqualified"], []]);
  });

  it("says nothing where it is the last, or of the same instant", () => {
    const { convert, pay, refund, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    const same = pay("ann", "p2", at("2024-01-01"), { amount: 1_000n });
    const lost = refund("ann", "p1", "r", at("2024-01-20"), 1_000n);
    const books = run();
    expect([late(books, same), late(books, lost)]).toEqual([[], []]);
    expect(customerOf(books)?.qualification).toBeNull();
  });
});
