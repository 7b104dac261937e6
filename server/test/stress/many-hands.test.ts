import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prove } from "../../src/app/prove/prove.ts";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { CatalogueError } from "../../src/kernel/errors.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { ACTS, record, report, sell, takeBack } from "./acts.ts";
import { type Ground, NOBODY, newGround } from "./ground.ts";

/** Hands that act at once, and what each of them does. More acts and other seeds: `STRESS_ACTS=400 STRESS_SEEDS=7,8,9`. */
const HANDS = 8;
const ACTS_OF_A_HAND = Number(process.env["STRESS_ACTS"] ?? 25);
const SEEDS = (process.env["STRESS_SEEDS"] ?? "1").split(",").map(Number);
const reason = "stress";

let database: ClonedDatabase;
let world: WholeApp;
beforeEach(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
});
afterEach(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const WHEEL = Object.entries(ACTS).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));

/** A refusal of the catalogue leaves no trace; anything else is a fault. An overdrawn account is one too: verbs decide under locks. */
async function perform(ground: Ground, name: string): Promise<string | undefined> {
  try {
    await ACTS[name]?.act(ground);
    return undefined;
  } catch (error) {
    if (error instanceof CatalogueError && !error.code.startsWith("ledger.")) return undefined;
    return `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

const expectProven = async (): Promise<void> => {
  const broken = [];
  for await (const finding of prove({ db: world.app.db, ctx: world.ctx(), moduleChecks: world.app.moduleChecks })) {
    if (finding.broken > 0) broken.push(finding);
  }
  expect(broken).toEqual([]);
};

it("what several commissions lose by one event is no commission too many", async () => {
  const ground = await newGround(world, database, 0);
  const customerExternalId = "reseller 0";
  await record(
    ground,
    [1, 2].map(() => report(ground, { customerExternalId, currency: "USD", amount: 5_000n })),
  );
  world.clock.advance(31 * DAY_MS);
  await world.app.commissions.approveDue(world.ctx());
  const [referral] = await asOwner<{ referral_id: string }>(database, "select referral_id from transactions limit 1");
  await world.app.referrals.rejectReferral(world.ctx(), {
    referralId: referral?.referral_id ?? NOBODY,
    reason,
    takesBackApproved: true,
  });
  expect(await asOwner(database, "select from commissions where rule = 'recurring.rejection'")).toHaveLength(2);
  await expectProven();
});

describe("many hands at once, over few partners", () => {
  it.each(SEEDS)(
    "leave books that prove, whatever came between what (seed %i)",
    async (seed) => {
      const ground = await newGround(world, database, seed);
      await sell(ground);
      const faults: string[] = [];
      const hand = async (): Promise<void> => {
        for (let done = 0; done < ACTS_OF_A_HAND; done += 1) {
          const fault = await perform(ground, ground.numbers.pick(WHEEL));
          if (fault !== undefined) faults.push(fault);
        }
      };
      await Promise.all(Array.from({ length: HANDS }, hand));
      expect(faults).toEqual([]);
      await expectProven();

      // Then one partner after the other ends, in whatever state, and what is left is paid: the books still prove.
      await Promise.all([
        ...ground.partnerIds.map((partnerId) =>
          world.app.partners.terminatePartner(world.ctx(), { partnerId, reason }),
        ),
        takeBack(ground),
        sell(ground),
      ]);
      world.clock.advance(400 * DAY_MS);
      await world.app.commissions.approveDue(world.ctx());
      await expectProven();
      const [jams] = await asOwner<{ deadlocks: string }>(
        database,
        "select deadlocks::text from pg_stat_database where datname = current_database()",
      );
      expect(jams).toEqual({ deadlocks: "0" });
    },
    300_000,
  );
});
