import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES } from "../kernel/currency.ts";
import { fromStripeAmount, stripeAmount, stripeStep } from "./stripe-amounts.ts";
import type { MadeTransfer, TransferOutcome } from "./transfer-provider.ts";
import { askForTransfer, readTransfers } from "./transfer-rules.ts";

const own = { transferId: "tr_2", attempt: 2, isReversed: false };
const earlier = { transferId: "tr_1", attempt: 1, isReversed: false };
const sent = { attempt: 2, wasSent: true, isKeyEnding: false, isKeyOver: false, isHeld: false };
const over = { ...sent, isKeyEnding: true, isKeyOver: true };
const fresh = { ...sent, wasSent: false };

describe("what the provider has says of an attempt", () => {
  it.each<[string, Parameters<typeof readTransfers>[0], Parameters<typeof readTransfers>[1], object | undefined]>([
    ["its own transfer: it is made", [own], sent, { kind: "confirmed", transferId: "tr_2" }],
    ["its own before any other", [earlier, own], sent, { kind: "confirmed", transferId: "tr_2" }],
    ["its own that came back: both", [{ ...own, isReversed: true }], sent, { kind: "confirmed", isReversed: true }],
    ["nothing, while the key lives: it may be sent", [], sent, undefined],
    [
      "nothing, as the key's life ends: wait",
      [],
      { ...sent, isKeyEnding: true },
      { kind: "unknown", code: "key_ending" },
    ],
    ["nothing, past the key's life: it was never made", [], over, { code: "never_arrived" }],
    ["nothing of one that was never sent: it may be sent", [], { ...over, wasSent: false }, undefined],
    ["nothing of one that may not leave: wait", [], { ...sent, isHeld: true }, { kind: "unknown", code: "held" }],
    ["an earlier attempt's, before it was sent: paid", [earlier], fresh, { kind: "confirmed", transferId: "tr_1" }],
    [
      "an earlier attempt's, while it may be under way: wait",
      [earlier],
      sent,
      { kind: "unknown", code: "paid_by_earlier_attempt" },
    ],
    ["an earlier attempt's, past the key's life: paid", [earlier], over, { transferId: "tr_1" }],
    ["an earlier attempt's that came back: it may be sent", [{ ...earlier, isReversed: true }], fresh, undefined],
  ])("%s", (_what, made, of, outcome) => {
    const read = readTransfers(made, of);
    if (outcome === undefined) expect(read).toBeUndefined();
    else expect(read).toMatchObject(outcome);
  });

  it("never lets anything be sent while a transfer stands that has not come back", () => {
    const transfer = fc.record({
      transferId: fc.string(),
      attempt: fc.integer({ min: 1, max: 3 }),
      isReversed: fc.boolean(),
    });
    const question = fc.record({
      attempt: fc.integer({ min: 1, max: 3 }),
      wasSent: fc.boolean(),
      isKeyEnding: fc.boolean(),
      isKeyOver: fc.boolean(),
      isHeld: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(transfer, { minLength: 1, maxLength: 4 }), question, (made, of) => {
        fc.pre(made.some(({ isReversed }) => !isReversed));
        const read = readTransfers(made, of);
        expect(read).toBeDefined();
        expect(read?.kind).not.toBe("failed");
      }),
    );
  });
});

describe("asking for a transfer", () => {
  const NOW = new Date("2026-03-02T12:00:00Z");
  const HOUR_MS = 3_600_000;
  type Asked = { sends: number; attempt?: number; sentHoursAgo?: number; requestedHoursAgo?: number; isHeld?: boolean };

  /** Whether the provider was asked what it has, what was sent, and what came of it. */
  async function ask(asked: Asked, made: readonly Partial<MadeTransfer>[] | "fails") {
    const sent: [string, string][] = [];
    let looked = 0;
    const answer: TransferOutcome = { kind: "confirmed", transferId: "new" };
    const outcome = await askForTransfer({
      provider: {
        keyLifetimeMs: 24 * HOUR_MS,
        find: (payoutId) => {
          looked += 1;
          expect(payoutId).toBe("po");
          return made === "fails" ? Promise.reject(new Error("down")) : Promise.resolve(made as MadeTransfer[]);
        },
        send: (request, key) => {
          sent.push([request, key]);
          return Promise.resolve(answer);
        },
      },
      attempt: {
        payout_id: "po",
        attempt: asked.attempt ?? 1,
        request: "bytes",
        idempotency_key: "key",
        sends: asked.sends,
        first_sent_at: asked.sentHoursAgo === undefined ? null : new Date(NOW.getTime() - asked.sentHoursAgo * HOUR_MS),
      },
      isHeld: asked.isHeld ?? false,
      requestedAt: new Date(NOW.getTime() - (asked.requestedHoursAgo ?? 0) * HOUR_MS),
      now: NOW,
    });
    return { looked, sent, outcome };
  }
  const SENT = [["bytes", "key"]];

  it("the first time sends the stored bytes under the stored key, and looks for nothing", async () => {
    expect(await ask({ sends: 1, sentHoursAgo: 0 }, "fails")).toMatchObject({ looked: 0, sent: SENT });
  });

  it("the first time looks first where its key may have been used, and forgotten by both sides", async () => {
    const own = { transferId: "tr_1", attempt: 1, isReversed: false };
    expect(await ask({ sends: 1, requestedHoursAgo: 23.74 }, [own])).toMatchObject({ looked: 0, sent: SENT });
    expect(await ask({ sends: 1, requestedHoursAgo: 23.75 }, [])).toMatchObject({ looked: 1, sent: SENT });
    expect(await ask({ sends: 1, requestedHoursAgo: 48 }, [own])).toMatchObject({
      sent: [],
      outcome: { kind: "confirmed", transferId: "tr_1" },
    });
  });

  it("again looks first, and sends the same under the same key where nothing was made", async () => {
    expect(await ask({ sends: 2, sentHoursAgo: 1 }, [])).toMatchObject({ looked: 1, sent: SENT });
  });

  it("for a later attempt looks first, though it was never sent", async () => {
    expect(await ask({ sends: 1, attempt: 2 }, [])).toMatchObject({ looked: 1, sent: SENT });
    expect(await ask({ sends: 1, attempt: 2 }, [{ transferId: "tr_1", attempt: 1, isReversed: false }])).toMatchObject({
      sent: [],
      outcome: { kind: "confirmed", transferId: "tr_1" },
    });
  });

  it("sends nothing where it cannot look", async () => {
    expect(await ask({ sends: 2, sentHoursAgo: 1 }, "fails")).toEqual({
      looked: 1,
      sent: [],
      outcome: { kind: "unknown", code: "lookup_failed" },
    });
  });

  it("sends nothing of what may not leave", async () => {
    expect(await ask({ sends: 2, sentHoursAgo: 1, isHeld: true }, [])).toMatchObject({
      sent: [],
      outcome: { kind: "unknown", code: "held" },
    });
  });

  it("sends nothing in the last quarter of an hour of the key's life, so that nothing is under way when it ends", async () => {
    expect(await ask({ sends: 2, sentHoursAgo: 23.74 }, [])).toMatchObject({ sent: SENT });
    for (const sentHoursAgo of [23.75, 23.99])
      expect(await ask({ sends: 2, sentHoursAgo }, [])).toMatchObject({
        looked: 1,
        sent: [],
        outcome: { kind: "unknown", code: "key_ending" },
      });
  });

  it("sends nothing from the last instant of the key's life on", async () => {
    expect(await ask({ sends: 2, sentHoursAgo: 24 }, [])).toMatchObject({
      sent: [],
      outcome: { kind: "failed", code: "never_arrived", next: "retry_now" },
    });
  });

  it("counts the key's life from the first sending, which one that was never noted has not had", async () => {
    expect(await ask({ sends: 2 }, [])).toMatchObject({ sent: SENT });
  });
});

describe("an amount at Stripe", () => {
  it.each([
    ["USD", 1_234n, 1_234],
    ["JPY", 1_234n, 1_234],
    ["ISK", 5n, 500],
    ["UGX", 5n, 500],
    ["MGA", 500n, 5],
    ["KWD", 1_230n, 1_230],
    ["HUF", 1_234n, 1_234],
  ])("of %s %d is %d", (currency, amount, wire) => {
    expect(stripeAmount(amount, currency)).toBe(wire);
    expect(fromStripeAmount(wire, currency.toLowerCase())).toBe(amount);
  });

  it("comes back as it went, in every currency", () => {
    const amounts = fc.tuple(fc.constantFrom(...CURRENCIES), fc.bigInt({ min: 1n, max: 10n ** 11n }));
    fc.assert(
      fc.property(amounts, ([currency, units]) => {
        const amount = units * stripeStep(currency);
        expect(fromStripeAmount(stripeAmount(amount, currency), currency)).toBe(amount);
      }),
    );
  });
});
