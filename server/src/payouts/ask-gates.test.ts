import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPayer, type Payer } from "../../test/kit/payers.ts";
import { askEach, type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { CatalogueError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { askGates, askingTime } from "./ask-gates.ts";
import type { GateAnswer, PayoutGate } from "./payout-deps.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 8);

let world: PayoutWorld;
let payer: Payer;
beforeAll(async () => {
  world = await payoutWorld();
  payer = await newPayer(world);
});
afterAll(() => world[Symbol.asyncDispose]());

/** How a gate is to one payout. */
const MANNERS = ["allows", "holds", "holds partner", "is silent", "throws", "fails in the database"] as const;
type Manner = (typeof MANNERS)[number];
const ANSWERS: Partial<Record<Manner, GateAnswer>> = {
  allows: { allowed: true },
  holds: { allowed: false, reason: "under review", about: "payout", isLasting: false },
  "holds partner": { allowed: false, reason: "refused", about: "partner", isLasting: true },
};
const NO_ANSWER = { allowed: false, reason: "gate_unavailable", about: "payout", isLasting: false };

/** A gate that has a manner for each payout. */
const gateOf =
  (manners: ReadonlyMap<string, Manner>): PayoutGate =>
  async (tx, payouts) => {
    const met = new Set(payouts.map(({ payoutId }) => manners.get(payoutId)));
    if (met.has("fails in the database")) await sql`select 1 / 0`.execute(tx);
    if (met.has("throws")) throw new Error("it cannot say");
    return new Map(
      payouts.flatMap(({ payoutId }) => {
        const answer = ANSWERS[manners.get(payoutId) ?? "is silent"];
        return answer === undefined ? [] : [[payoutId, answer] as const];
      }),
    );
  };
const ask = async (tx: ReadTx, gates: readonly PayoutGate[], ids: readonly string[]) => {
  const payouts = ids.map((payoutId) => ({ payoutId, partnerId: payoutId, amount: 1n, currency: "USD" }));
  return [...(await askGates(gates, tx, payouts))];
};

describe("gates that are asked about many payouts", () => {
  it("say of each what the first that minds it says, and cost no other its answer where they cannot", async () => {
    const manner = fc.oneof({ weight: 3, arbitrary: fc.constant("allows" as const) }, fc.constantFrom(...MANNERS));
    const mixes = fc.array(fc.tuple(manner, manner, manner), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(mixes, async (mix) => {
        const ids = mix.map(() => newId());
        const gates = [0, 1, 2].map((gate) =>
          gateOf(new Map(ids.map((id, place) => [id, mix[place]?.[gate] ?? "allows"]))),
        );
        const expected = ids.flatMap((id, place) => {
          const minded = mix[place]?.find((one) => one !== "allows");
          return minded === undefined ? [] : [[id, ANSWERS[minded] ?? NO_ANSWER]];
        });
        const { together, alone } = await world.db.read(world.system(), async (tx) => {
          const said = await ask(tx, gates, ids);
          const each = [];
          for (const id of ids) each.push(...(await ask(tx, gates, [id])));
          // The transaction goes on, whatever has failed in it.
          await sql`select 1`.execute(tx);
          return { together: said, alone: each };
        });
        expect(new Map(together)).toEqual(new Map(expected as [string, GateAnswer][]));
        expect(new Map(together)).toEqual(new Map(alone));
      }),
      { numRuns: RUNS * 4 },
    );
  });

  it("are asked once about all, and about few more where one cannot be answered for", async () => {
    let asked = 0;
    const ids = Array.from({ length: 64 }, () => newId());
    const counting =
      (bad: string | undefined): PayoutGate =>
      async (_tx, payouts) => {
        asked += 1;
        if (payouts.some(({ payoutId }) => payoutId === bad)) throw new Error("it cannot say");
        return askEach(payouts, async () => ({ allowed: true }));
      };
    await world.db.read(world.system(), (tx) => ask(tx, [counting(undefined)], ids));
    expect(asked).toBe(1);
    const held = await world.db.read(world.system(), (tx) => ask(tx, [counting(ids[17])], ids));
    expect(held).toEqual([[ids[17], NO_ANSWER]]);
    expect(asked).toBe(1 + 1 + 2 * 6);
  });

  it("have one time for all: one that is too slow for some is asked once, and what is open is held", async () => {
    const ids = Array.from({ length: 64 }, () => newId());
    const asked: string[] = [];
    const gate =
      (name: string, refused: string | undefined, isSlow: boolean): PayoutGate =>
      async (tx, payouts) => {
        asked.push(name);
        await sql`select pg_sleep(${isSlow ? 3_600 : 0})`.execute(tx);
        return new Map(
          payouts.map(({ payoutId }) => [
            payoutId,
            payoutId === refused
              ? { allowed: false, reason: "under review", about: "payout", isLasting: false }
              : { allowed: true },
          ]),
        );
      };
    const gates = [gate("first", ids[0], false), gate("slow", undefined, true), gate("last", undefined, false)];
    const { held, limits } = await world.db.read(world.system(), async (tx) => {
      const payouts = ids.map((payoutId) => ({ payoutId, partnerId: payoutId, amount: 1n, currency: "USD" }));
      const limitOf = async () => (await sql`select current_setting('statement_timeout')`.execute(tx)).rows;
      const before = await limitOf();
      const found = await askGates(gates, tx, payouts, askingTime(1_000));
      return { held: found, limits: [before, await limitOf()] };
    });
    expect(asked).toEqual(["first", "slow"]);
    expect(held.get(ids[0] ?? "")).toEqual(ANSWERS.holds);
    expect(ids.slice(1).map((id) => held.get(id))).toEqual(ids.slice(1).map(() => NO_ANSWER));
    expect(limits[1]).toEqual(limits[0]);
  });
});

/** What stands against a payout, and how it is brought about. */
const STATES = [
  "free",
  "suspended",
  "unfinished",
  "withheld",
  ...MANNERS.filter((one) => one !== "is silent"),
] as const;
type State = (typeof STATES)[number];
type Waiting = { readonly partnerId: string; readonly payoutId: string };

/** Payouts that wait, each in its state. */
async function waitingIn(states: readonly State[]) {
  const manners = new Map<string, Manner>();
  const withheld = new Set<string>();
  const payouts: Waiting[] = [];
  for (const state of states) {
    const partnerId = await world.newBankPartner();
    await world.earn(partnerId, 10_000n);
    const payoutId = await world.request(partnerId);
    payouts.push({ partnerId, payoutId });
    manners.set(payoutId, MANNERS.find((one) => one === state) ?? "allows");
    if (state === "withheld") withheld.add(payoutId);
    if (state === "suspended") await world.setStatus(partnerId, "suspended");
    if (state === "unfinished")
      await asOwner(world.clone, "update payout_methods set status = 'restricted' where partner_id = $1", [partnerId]);
  }
  const gate = gateOf(manners);
  return {
    payouts,
    /** While the gate knows these, and can say nothing of any other. */
    known: <Result>(work: () => Promise<Result>): Promise<Result> => {
      world.said.gates[0] = (tx, asked) =>
        gate(
          tx,
          asked.filter(({ payoutId }) => manners.has(payoutId)),
        );
      world.said.withholding = async (_tx, asked) =>
        new Map(asked.flatMap(({ id }) => (withheld.has(id) ? [[id, 2_400n] as const] : [])));
      return work().finally(forgetGates);
    },
  };
}
let open: PayoutGate | undefined;
beforeAll(() => {
  [open] = world.said.gates;
});
const forgetGates = () => {
  if (open !== undefined) world.said.gates[0] = open;
  world.said.withholding = async () => new Map();
};

/** What has become of a payout, but for its name. */
async function becameOf({ payoutId }: Waiting) {
  const [row] = await asOwner(
    world.clone,
    `select p.status, p.held_code, p.held_reason, p.held_lasts, p.tax_withheld, p.batch_id, p.payment_method, p.released_at is not null as has_left,
            (select jsonb_agg(jsonb_build_array(a.attempt, a.status, a.provider, a.tax_withheld, a.request::jsonb - 'destination' - 'payoutId')
                              order by a.attempt)
               from transfer_attempts a where a.payout_id = p.id) as attempts
       from partner_payouts p where p.id = $1`,
    [payoutId],
  );
  return {
    row,
    acts: (await world.audits(payoutId)).map(({ action }) => action),
    events: await world.events(payoutId),
  };
}
/** Lets them go one by one, each in a transaction of its own, and notes what stands against those that stay. */
async function releaseEach(payouts: readonly Waiting[]) {
  for (const { payoutId } of payouts)
    await world.payouts.processPayout(payer.ctx(), { payoutId }).catch((error: unknown) => {
      if (!(error instanceof CatalogueError)) throw error;
    });
  await world.payouts.lookAtWaiting(world.system());
}

describe("a chunk of payouts in which some are held", () => {
  it("comes to what its payouts come to one by one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STATES), { minLength: 2, maxLength: 7 }), async (states) => {
        const alone = await waitingIn(states);
        await alone.known(() => releaseEach(alone.payouts));
        const one = await Promise.all(alone.payouts.map(becameOf));
        const together = await waitingIn(states);
        const ids = together.payouts.map(({ payoutId }) => payoutId);
        const { held } = await together.known(() => world.payouts.processPayouts(payer.ctx(), {}));
        expect(await Promise.all(together.payouts.map(becameOf))).toEqual(one);
        expect(held.filter(({ payoutId }) => ids.includes(payoutId))).toHaveLength(
          states.filter((state) => !["free", "withheld", "allows"].includes(state)).length,
        );
        await world.expectProven(...together.payouts.map(({ partnerId }) => partnerId));
      }),
      { numRuns: Math.ceil(RUNS / 2), endOnFailure: true },
    );
  }, 120_000);
});

describe("workers who let go overlapping payouts at once", () => {
  it("let each go once, and hold alone what is held", async () => {
    const states: State[] = Array.from({ length: 8 }, (_, place) => (place % 4 === 1 ? "throws" : "free"));
    const { payouts, known } = await waitingIn(states);
    const free = payouts.filter((_, place) => states[place] === "free");
    const everybody = () => world.payouts.processPayouts(payer.ctx(), {});
    const one = (of: Waiting | undefined) =>
      world.payouts.processPayout(payer.ctx(), { payoutId: of?.payoutId ?? "" }).then(
        () => ({ processed: 1 }),
        () => ({ processed: 0 }),
      );
    const done = await known(() =>
      Promise.all([
        everybody(),
        one(free[0]),
        world.payouts.processPayouts(payer.ctx(), { limit: 5 }),
        one(free.at(-1)),
        everybody(),
      ]),
    );
    expect(done.reduce((sum, { processed }) => sum + processed, 0)).toBe(free.length);
    for (const [place, payout] of payouts.entries())
      expect(await world.story(payout.payoutId)).toMatchObject(
        states[place] === "free"
          ? { status: "processing", attempts: ["created"] }
          : { status: "pending", attempts: [] },
      );
    await world.expectProven(...payouts.map(({ partnerId }) => partnerId));
  });
});
