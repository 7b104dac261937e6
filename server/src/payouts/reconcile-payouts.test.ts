import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PayoutWorld, payoutWorld, SHORT_SILENCE } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import { runDueJobs } from "../platform/jobs/index.ts";
import { instantInWords } from "../platform/language/index.ts";
import { payoutJobs } from "./payout-jobs.ts";
import { createPayoutService } from "./payout-service.ts";
import { DIFFERENCES, REMEDIES } from "./reconcile-rules.ts";
import type { StripeClient } from "./stripe-client.ts";
import { createStripeTransfers } from "./stripe-connect.ts";

let world: PayoutWorld;
beforeAll(async () => {
  world = await payoutWorld(SHORT_SILENCE);
});
afterAll(() => world[Symbol.asyncDispose]());

type Sent = { readonly partnerId: string; readonly payoutId: string };
const sent = async (): Promise<Sent> => {
  const released = await world.released();
  await world.send(released.payoutId);
  return released;
};
const transferOf = (payoutId: string) => {
  const [made] = world.transfersOf(payoutId);
  if (made === undefined) throw new Error("the payout was transferred");
  return made;
};
const found = async (payoutId: string): Promise<string[]> => {
  const now = world.clock.now().getTime();
  const { differences } = await world.payouts.reconcilePayouts(world.operator(), {
    from: new Date(now - DAY_MS).toISOString(),
    to: new Date(now + DAY_MS).toISOString(),
  });
  for (const { difference, action } of differences) expect(action).toBe(REMEDIES[difference]);
  return differences.filter((one) => one.payoutId === payoutId).map(({ difference }) => difference);
};

/** Each difference as it comes about at Stripe, at the stand-in, or by a hand in the database. */
const INJECTED: Readonly<Record<(typeof DIFFERENCES)[number], () => Promise<string>>> = {
  missing_at_provider: async () => {
    const { payoutId } = await sent();
    await asOwner(
      world.clone,
      "update transfer_attempts set provider_transfer_id = 'tr_' || payout_id where payout_id = $1",
      [payoutId],
    );
    return payoutId;
  },
  unknown_here: async () => {
    const { payoutId } = await sent();
    await world.transferByHand(transferOf(payoutId));
    return payoutId;
  },
  status_differs: async () => {
    const { payoutId } = await world.released();
    world.stripe.faults.inject({ kind: "timeout_after_acting" }, { on: "POST /v1/transfers" });
    await world.send(payoutId);
    return payoutId;
  },
  amount_differs: async () => {
    const { payoutId } = await sent();
    await asOwner(world.clone, "update partner_payouts set amount = amount + 1 where id = $1", [payoutId]);
    return payoutId;
  },
  reversed_there: async () => {
    const { payoutId } = await sent();
    await world.reverse(transferOf(payoutId).id);
    return payoutId;
  },
  reversed_in_part: async () => {
    const { payoutId } = await sent();
    await world.reverse(transferOf(payoutId).id, 4_000);
    return payoutId;
  },
  returned_here: async () => {
    const { payoutId } = await sent();
    const transfer = transferOf(payoutId);
    await world.hear("transfer.reversed", { ...transfer, reversed: true });
    return payoutId;
  },
};

describe("reconciliation with Stripe", () => {
  it("has nothing to say of what both sides know alike", async () => {
    const { payoutId } = await sent();
    expect(await found(payoutId)).toEqual([]);
  });

  it.each(DIFFERENCES)("names %s, with what to do", async (difference) => {
    const payoutId = await INJECTED[difference]();
    const names = await found(payoutId);
    // What was renamed here is unknown there by its new name, and here by its old.
    expect(names).toEqual(
      difference === "missing_at_provider" ? ["missing_at_provider", "unknown_here"] : [difference],
    );
  });

  it("knows a transfer that it sent while its clock was weeks off: no money is said to have left twice", async () => {
    const { payoutId } = await sent();
    for (const away of ["-40 days", "+80 days"]) {
      const shift = "update transfer_attempts set first_sent_at = first_sent_at + $2::interval where payout_id = $1";
      await asOwner(world.clone, shift, [payoutId, away]);
      expect(await found(payoutId)).toEqual([]);
    }
  });

  it("of a transfer whose answer was lost ends by itself: it is looked up and paid once", async () => {
    const payoutId = await INJECTED.status_differs();
    await world.send(payoutId);
    expect(await found(payoutId)).toEqual([]);
    expect(world.transfersOf(payoutId)).toHaveLength(1);
  });

  it("is not made of half a list, however few of it are ours", async () => {
    const foreign = { id: "tr_1", amount: 1, currency: "usd", created: 0, metadata: {}, reversed: false };
    const endless = {
      transfers: {
        list: () => ({
          async *[Symbol.asyncIterator]() {
            while (true) yield foreign;
          },
        }),
      },
    } as unknown as StripeClient;
    const { providers } = world.payoutDeps;
    const service = createPayoutService({
      ...world.payoutDeps,
      providers: { ...providers, stripe_connect: createStripeTransfers(endless) },
    });
    const period = { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" };
    await expect(service.reconcilePayouts(world.operator(), period)).rejects.toMatchObject({
      code: "payout.period_too_long",
    });
  });

  it("by day says aloud what differs, and tells who pays; where nothing does it says nothing", async () => {
    await world.advance(30 * DAY_MS);
    const payout = await sent();
    await world.advance(2 * HOUR_MS);
    expect(await world.payouts.reconcileDaily(world.system())).toEqual({ differences: 0 });
    await world.reverse(transferOf(payout.payoutId).id);
    expect(await world.payouts.reconcileDaily(world.system())).toEqual({ differences: 1 });
    expect((await world.events(payout.payoutId)).at(-1)).toBe("payout.reconciliation_differed");
    await runDueJobs({ db: world.db, clock: world.clock, jobs: payoutJobs(world.payouts), onError: () => {} });
    expect(world.said.mails.filter(({ subject }) => subject === "Payouts and Stripe differ")).toMatchObject([
      { to: "finance@team.test" },
    ]);
    // It changes nothing by itself.
    expect(await world.story(payout.payoutId)).toMatchObject({ status: "completed" });
  });

  it("by day compares each day by itself where the week is too long, and tells who pays which could not be", async () => {
    await world.advance(30 * DAY_MS);
    const payout = await sent();
    await world.reverse(transferOf(payout.payoutId).id);
    await world.advance(3 * DAY_MS);
    const { providers } = world.payoutDeps;
    const provider = providers.stripe_connect;
    const noon = world.clock.now().getTime() - 5 * DAY_MS;
    const service = createPayoutService({
      ...world.payoutDeps,
      providers: {
        ...providers,
        ...(provider && {
          stripe_connect: {
            ...provider,
            list: async (range: { from: Date; to: Date }) => {
              const isDay = range.to.getTime() - range.from.getTime() <= 7 * DAY_MS;
              const middle = (range.to.getTime() + range.from.getTime()) / 2;
              const { made } = (await provider.list?.(range)) ?? { made: [] };
              return { made, isWhole: isDay && Math.abs(middle - noon) > DAY_MS / 2 };
            },
          },
        }),
      },
    });
    expect(await service.reconcileDaily(world.system())).toEqual({ differences: 1 });
    await runDueJobs({ db: world.db, clock: world.clock, jobs: payoutJobs(world.payouts), onError: () => {} });
    const [mail] = world.said.mails.filter(({ subject }) => subject === "Payouts were not all compared with Stripe");
    expect(mail).toMatchObject({ to: "finance@team.test" });
    const time = (after: number) => instantInWords("en", new Date(noon - HOUR_MS + after), "UTC");
    expect(mail?.text).toContain(`${time(0)} to ${time(DAY_MS)} could not be compared: payout.period_too_long`);
  });
});
