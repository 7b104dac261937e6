import { describe, expect, it } from "vitest";
import { compareTransfers, REMEDIES } from "./reconcile-rules.ts";
import type { MadeTransfer } from "./transfer-provider.ts";

type Here = Parameters<typeof compareTransfers>[0]["here"][number];

const SENT = new Date("2026-03-05T10:00:00Z");
const BEFORE = new Date("2026-02-28T23:59:59Z");
const here = (fields: Partial<Here> = {}): Here =>
  ({
    payout_id: "po1",
    attempt: 1,
    status: "succeeded",
    provider_transfer_id: "tr1",
    first_sent_at: SENT,
    amount: 10_000n,
    fee: 300n,
    tax_withheld: 200n,
    currency: "USD",
    ...fields,
  }) as Here;
const there = (fields: Partial<MadeTransfer> = {}): MadeTransfer => ({
  transferId: "tr1",
  payoutId: "po1",
  attempt: 1,
  amount: 9_500n,
  amountReversed: 0n,
  currency: "USD",
  destination: "acct",
  isReversed: false,
  madeAt: SENT,
  ...fields,
});
const compare = (ours: readonly Here[], theirs: readonly MadeTransfer[]) =>
  compareTransfers({
    here: ours,
    theirs,
    isWithin: (instant) => instant !== null && instant >= new Date("2026-03-01T00:00:00Z"),
    isOpen: ({ payoutId }) => payoutId === "open",
  });

describe("reconciling transfers with the provider's list", () => {
  it("says nothing of what both sides know alike: what left is the payout without fee and tax", () => {
    expect(compare([here()], [there()])).toEqual([]);
  });

  it("names what the provider does not know", () => {
    expect(compare([here()], [])).toEqual([
      {
        difference: "missing_at_provider",
        action: REMEDIES.missing_at_provider,
        payoutId: "po1",
        transferId: "tr1",
        amountHere: 9_500n,
        amountThere: null,
        currency: "USD",
      },
    ]);
  });

  it("names what is completed here and bears no transfer's name, which no transfer there can be", () => {
    expect(compare([here({ provider_transfer_id: null })], [])).toMatchObject([
      { difference: "missing_at_provider", payoutId: "po1", transferId: "" },
    ]);
  });

  it("names what was made there while its outcome is open here: it is looked up by itself", () => {
    expect(compare([], [there({ payoutId: "open" })])).toMatchObject([
      { difference: "status_differs", payoutId: "open", action: REMEDIES.status_differs },
    ]);
  });

  it("names what no attempt of ours ended in: money may have left twice", () => {
    expect(compare([], [there({ amountReversed: 500n })])).toEqual([
      {
        difference: "unknown_here",
        action: REMEDIES.unknown_here,
        payoutId: "po1",
        transferId: "tr1",
        amountHere: null,
        amountThere: 9_000n,
        currency: "USD",
      },
    ]);
    expect(compare([here()], [there(), there({ transferId: "tr2" })])).toMatchObject([
      { difference: "unknown_here", transferId: "tr2" },
    ]);
  });

  it("lets be what was made there, unknown here, and has come back whole", () => {
    expect(compare([], [there({ isReversed: true, amountReversed: 9_500n })])).toEqual([]);
  });

  it.each<[keyof typeof REMEDIES, Partial<Here>, Partial<MadeTransfer>]>([
    ["amount_differs", {}, { amount: 10_000n }],
    ["amount_differs", {}, { currency: "EUR" }],
    ["returned_here", { status: "returned" }, {}],
    ["reversed_there", {}, { isReversed: true, amountReversed: 9_500n }],
    ["reversed_in_part", {}, { amountReversed: 1n }],
  ])("names %s", (difference, ours, theirs) => {
    const made = there(theirs);
    expect(compare([here(ours)], [made])).toEqual([
      {
        difference,
        action: REMEDIES[difference],
        payoutId: "po1",
        transferId: "tr1",
        amountHere: 9_500n,
        amountThere: made.amount - made.amountReversed,
        currency: "USD",
      },
    ]);
  });

  it("agrees that a transfer came back", () => {
    const back = there({ isReversed: true, amountReversed: 9_500n });
    expect(compare([here({ status: "returned" })], [back])).toEqual([]);
  });

  it("tells of its period alone, though either side's record of the same transfer may lie outside", () => {
    expect(compare([here({ first_sent_at: BEFORE })], [])).toEqual([]);
    expect(compare([here({ first_sent_at: null })], [])).toEqual([]);
    expect(compare([], [there({ madeAt: BEFORE })])).toEqual([]);
    expect(compare([here({ first_sent_at: BEFORE })], [there()])).toEqual([]);
    expect(compare([here()], [there({ madeAt: BEFORE })])).toEqual([]);
  });

  it("goes by the books first, then by the provider's list", () => {
    const ours = [here({ provider_transfer_id: "b" }), here({ provider_transfer_id: "a" })];
    const theirs = [there({ transferId: "z" }), there({ transferId: "y" })];
    expect(compare(ours, theirs).map(({ transferId }) => transferId)).toEqual(["b", "a", "z", "y"]);
  });
});
