import { describe, expect, it } from "vitest";
import {
  AFFILIATE,
  assessBatch,
  at,
  BETTER,
  clientsOf,
  customerOf,
  emptyBooks,
  partnerWith,
  reasons,
  recordedSequence,
  rowsOf,
} from "../../../test/kit/engine.ts";
import { assess } from "./assess.ts";

describe("an act", () => {
  it("leaves a receipt that says that it applies", () => {
    const { convert, holdForFraud, suspend, reinstate, reject, terms, terminate, run } = partnerWith();
    const acts = [
      convert("ann", AFFILIATE.id),
      holdForFraud("ann", at("2024-01-01")),
      suspend(at("2024-01-02")),
      reinstate(at("2024-01-03")),
      terms(at("2024-01-04"), BETTER.id, true),
      reject("ann", at("2024-01-05")),
      terminate(at("2024-01-06")),
    ];
    const books = run();
    for (const act of acts) expect(reasons(books, act)).toEqual([`standing applies: ${act.kind}`]);
    expect(books.facts.partners.get("partner")).toMatchObject({
      terminatedAt: new Date(at("2024-01-06")),
      suspendedBy: null,
      retroactive: [{ number: 6n, at: new Date(at("2024-01-04")), termsId: BETTER.id }],
    });
    expect(customerOf(books)).toMatchObject({ isHeld: true, isRejected: true });
  });
});

describe("a conversion", () => {
  it("ties a customer once: a second one changes nothing, so that nothing qualifies twice", () => {
    const { convert, pay, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-02"), { amount: 1_000n });
    const again = convert("ann", BETTER.id);
    pay("ann", "p2", at("2024-01-03"), { amount: 1_000n });
    const books = run();
    expect(reasons(books, again)).toEqual(["standing nothing: converted_before"]);
    expect(rowsOf(books)).toEqual(["qualified ann", "signup 5000 USD", "recurring 100 USD", "recurring 100 USD"]);
  });
});

describe("a rejection", () => {
  it("cancels what is in hold, takes back nothing that was approved, and lowers the count", () => {
    const { convert, pay, reject, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    pay("ann", "p2", at("2024-06-01"), { amount: 2_000n });
    reject("ann", at("2024-06-02"));
    const books = run();
    expect(rowsOf(books).slice(4)).toEqual(["cancelled 200"]);
    expect(clientsOf(books)).toBe(0);
  });

  it("takes back what was approved where the admin says so: what is left of it, by rows", () => {
    const { convert, pay, refund, reject, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    refund("ann", "p1", "r", at("2024-04-01"), 400n);
    pay("ann", "p2", at("2024-06-01"), { amount: 2_000n });
    reject("ann", at("2024-06-02"), true);
    const late = refund("ann", "p1", "r2", at("2024-06-03"), 600n);
    const books = run();
    expect(rowsOf(books).slice(5)).toEqual([
      "signup.rejection -5000 USD",
      "recurring.rejection -60 USD",
      "cancelled 200",
    ]);
    expect(reasons(books, late)).toEqual(["reversal nothing: closed"]);
  });

  it("is final: a second one counts nobody, and a lost payment does not make the customer converted again", () => {
    const { convert, pay, reject, chargeBack, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    reject("ann", at("2024-06-02"));
    const second = reject("ann", at("2024-06-03"));
    chargeBack("ann", "p1", "cb", at("2024-06-04"), 1_000n);
    const books = run();
    expect(reasons(books, second)).toEqual(["standing nothing: rejected"]);
    expect(rowsOf(books)).toEqual([
      "qualified ann",
      "signup 5000 USD",
      "recurring 100 USD",
      "recurring.reversal -100 USD",
      "signup.reversal -5000 USD",
    ]);
    expect(clientsOf(books)).toBe(0);
  });

  it("of a customer that is with another partner reaches what had stayed, and counts nobody again", () => {
    const { convert, pay, depart, reject, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    pay("ann", "p2", at("2024-05-20"), { amount: 2_000n });
    depart("ann", at("2024-06-01"), []);
    const rejected = reject("ann", at("2024-06-02"));
    const again = reject("ann", at("2024-06-03"), true);
    const books = run();
    expect(reasons(books, rejected)).toEqual(["standing nothing: rejected", "reversal cancelled: in_hold"]);
    expect(reasons(books, again)).toEqual([
      "standing nothing: rejected",
      "reversal reversed: approved",
      "reversal reversed: approved",
    ]);
    expect(clientsOf(books)).toBe(0);
  });

  it("keeps a won chargeback from bringing the signup back", () => {
    const { convert, pay, reject, chargeBack, winChargeback, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    chargeBack("ann", "p1", "cb", at("2024-06-01"), 1_000n);
    reject("ann", at("2024-06-02"));
    winChargeback("ann", "cb", "won", at("2024-06-04"), 1_000n);
    expect(rowsOf(run()).slice(6)).toEqual(["recurring.restoration 100 USD"]);
  });
});

describe("suspension and termination", () => {
  it("lets a suspended partner go on earning, and cancels that when it is terminated; what was earned before stays", () => {
    const { convert, pay, suspend, terminate, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    suspend(at("2024-01-02"));
    const held = pay("ann", "p2", at("2024-01-03"), { amount: 2_000n });
    suspend(at("2024-01-04"));
    const ended = terminate(at("2024-01-05"));
    const books = run();
    expect(reasons(books, held)?.[0]).toBe("window applies: suspended");
    expect(rowsOf(books)).toEqual([
      "qualified ann",
      "signup 5000 USD",
      "recurring 100 USD",
      "recurring 200 USD",
      "cancelled 200",
    ]);
    expect(reasons(books, ended)).toEqual(["standing applies: termination", "reversal cancelled: in_hold"]);
  });

  it("cancels nothing that was earned before a reinstatement, nor what was approved", () => {
    const { convert, pay, suspend, reinstate, terminate, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    suspend(at("2024-01-02"));
    pay("ann", "p1", at("2024-01-03"), { amount: 1_000n });
    reinstate(at("2024-01-04"));
    pay("ann", "p2", at("2024-01-05"), { amount: 2_000n });
    terminate(at("2024-01-06"));
    expect(rowsOf(run()).some((row) => row.startsWith("cancelled"))).toBe(false);

    const other = partnerWith();
    other.convert("ann", AFFILIATE.id);
    other.suspend(at("2024-01-02"));
    other.pay("ann", "p1", at("2024-01-03"), { amount: 1_000n });
    other.terminate(at("2024-06-01"));
    expect(rowsOf(other.run()).some((row) => row.startsWith("cancelled"))).toBe(false);
  });

  it("falls on refunds of what was earned before, and cancels a family whole", () => {
    const { convert, pay, refund, suspend, terminate, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    suspend(at("2024-01-02"));
    pay("ann", "p1", at("2024-01-03"), { amount: 2_000n });
    refund("ann", "p1", "r", at("2024-01-04"), 500n);
    terminate(at("2024-01-05"));
    const books = run();
    const [reversal, ...cancelled] = rowsOf(books).slice(3);
    expect([reversal, new Set(cancelled)]).toEqual([
      "recurring.reversal -50 USD",
      new Set(["cancelled 5000", "cancelled 150"]),
    ]);
  });

  it("cancels once, and nothing of another partner that earned at the same time", () => {
    const { convert, pay, suspend, reject, terminate, events } = partnerWith(AFFILIATE);
    suspend(at("2024-01-02"));
    pay("ann", "p1", at("2024-01-03"), { amount: 1_000n });
    reject("ann", at("2024-01-04"));
    convert("bob", AFFILIATE.id);
    pay("bob", "p2", at("2024-01-05"), { amount: 2_000n });
    const other = recordedSequence("other");
    for (let number = 1; number <= events.length; number += 1) other.approve();
    other.convert("cay", AFFILIATE.id);
    other.pay("cay", "p3", at("2024-01-05"), { amount: 3_000n });
    const before = [...events, ...other.events];
    const ended = terminate(at("2024-01-06"));
    const books = assessBatch(emptyBooks(), [...before, ended], [AFFILIATE]);
    expect(reasons(books, ended)).toEqual([
      "standing applies: termination",
      "reversal cancelled: in_hold",
      "reversal cancelled: in_hold",
    ]);
    expect(new Set(rowsOf(books).slice(-2))).toEqual(new Set(["cancelled 5000", "cancelled 200"]));
  });

  it("cancels in the order in which it was earned, whatever the order of the facts", () => {
    const { pay, suspend, terminate, events } = partnerWith(AFFILIATE);
    suspend(at("2024-01-02"));
    for (const day of [3, 4, 5]) pay("ann", `p${day}`, at(`2024-01-0${day}`), { amount: BigInt(day) * 1_000n });
    const { facts } = assessBatch(emptyBooks(), events, [AFFILIATE]);
    const reversed = { ...facts, commissions: new Map([...facts.commissions].reverse()) };
    const ended = terminate(at("2024-01-06"));
    const rows = rowsOf(assess([ended], new Map([[AFFILIATE.id, AFFILIATE]]), reversed));
    expect(rows.slice(-2)).toEqual(["cancelled 400", "cancelled 500"]);
    expect(new Set(rows)).toEqual(new Set(["cancelled 5000", "cancelled 300", "cancelled 400", "cancelled 500"]));
  });
});

describe("terms", () => {
  it("are those of the conversion: later ones do not reach existing customers", () => {
    const { convert, pay, terms, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    const published = terms(at("2024-01-01"), BETTER.id, false);
    pay("ann", "p", at("2024-01-02"), { amount: 1_000n });
    const books = run();
    expect(rowsOf(books)).toEqual(["qualified ann", "signup 5000 USD", "recurring 100 USD"]);
    expect(reasons(books, published)).toEqual(["standing nothing: for_later_conversions"]);
  });

  it("published as retroactive hold for existing customers from the act's date on", () => {
    const { convert, pay, terms, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    terms("2024-02-01T00:00:00Z", BETTER.id, true);
    const before = pay("ann", "p1", "2024-01-31T23:59:59Z", { amount: 1_000n });
    const after = pay("ann", "p2", "2024-02-01T00:00:00Z", { amount: 1_000n });
    const books = run();
    expect(rowsOf(books)).toEqual(["qualified ann", "signup 5000 USD", "recurring 100 USD", "recurring 150 USD"]);
    expect(books.receipts.map(({ terms: of }) => of?.id).slice(-2)).toEqual([AFFILIATE.id, BETTER.id]);
    expect([before.number, after.number]).toEqual([4n, 5n]);
  });

  it("published as retroactive before a conversion do not change what that conversion agreed", () => {
    const { convert, pay, terms, run } = partnerWith();
    terms(at("2019-01-01"), BETTER.id, true);
    convert("ann", AFFILIATE.id);
    pay("ann", "p", at("2024-01-02"), { amount: 1_000n });
    expect(rowsOf(run())).toContain("recurring 100 USD");
  });

  it("published as retroactive reach a conversion that is dated before them and recorded after them, from the act's date on", () => {
    const { convert, pay, terms, run } = partnerWith();
    terms("2024-02-01T00:00:00Z", BETTER.id, true);
    convert("imported", AFFILIATE.id, "2023-01-01T00:00:00Z");
    convert("by a slow clock", AFFILIATE.id, "2024-01-31T23:59:59Z");
    convert("later", AFFILIATE.id, "2024-02-01T00:00:00Z");
    pay("imported", "p1", "2024-01-31T00:00:00Z", { amount: 1_000n });
    for (const [index, customer] of ["imported", "by a slow clock", "later"].entries())
      pay(customer, `p${index + 2}`, "2024-02-01T00:00:01Z", { amount: 1_000n });
    expect(rowsOf(run()).filter((row) => row.startsWith("recurring"))).toEqual([
      "recurring 100 USD",
      "recurring 150 USD",
      "recurring 150 USD",
      "recurring 100 USD",
    ]);
  });

  it("published as retroactive reach a conversion that a fast clock dates after them, where it was recorded before", () => {
    const { convert, pay, terms, run } = partnerWith();
    convert("ann", AFFILIATE.id, "2024-02-01T00:00:05Z");
    terms("2024-02-01T00:00:00Z", BETTER.id, true);
    pay("ann", "p", "2024-02-02T00:00:00Z", { amount: 1_000n });
    expect(rowsOf(run())).toContain("recurring 150 USD");
  });

  it("published as retroactive twice hold by the date of the event, the later act where both do", () => {
    const { convert, pay, terms, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    terms(at("2024-02-01"), BETTER.id, true);
    terms(at("2024-03-01"), AFFILIATE.id, true);
    pay("ann", "p1", at("2024-02-15"), { amount: 1_000n });
    pay("ann", "p2", at("2024-03-15"), { amount: 1_000n });
    expect(rowsOf(run()).filter((row) => row.startsWith("recurring"))).toEqual([
      "recurring 150 USD",
      "recurring 100 USD",
    ]);
  });
});

describe("what a person has closed", () => {
  it("is not taken back again, nor given back", () => {
    const { convert, pay, refund, chargeBack, winChargeback, closeByHand, events, run } = partnerWith();
    convert("ann", AFFILIATE.id);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    chargeBack("ann", "p", "cb", at("2024-05-01"), 300n);
    const commission = run().outcomes.find((one) => one.kind === "earned" && one.commission.rule === "recurring");
    const id = commission?.kind === "earned" ? commission.commission.id : "";
    const closed = closeByHand([id], at("2024-05-02"));
    const stands = closeByHand([], at("2024-05-02"));
    const resolved = { ...stands, id: "resolved", data: {} } as typeof stands;
    events.push({ ...resolved, number: BigInt(events.length + 1) });
    const elsewhere = closeByHand(["of another history"], at("2024-05-02"));
    winChargeback("ann", "cb", "won", at("2024-05-03"), 300n);
    refund("ann", "p", "r", at("2024-05-04"), 1_000n);
    const books = run();
    expect(rowsOf(books).slice(3)).toEqual(["recurring.reversal -30 USD"]);
    expect([closed, stands, resolved, elsewhere].flatMap((act) => reasons(books, act))).toEqual([
      "standing applies: closed_by_hand",
      "standing applies: stands",
      "standing applies: stands",
      "standing applies: closed_by_hand",
    ]);
  });
});
