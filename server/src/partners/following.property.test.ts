import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPartners, type PartnerBench } from "../../test/kit/partners.ts";
import { cloneDatabase } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { planInForce } from "../programs/index.ts";

let bench: PartnerBench;
beforeAll(async () => {
  bench = await openPartners(await cloneDatabase());
});
afterAll(() => bench[Symbol.asyncDispose]());

const inDays = (days: number) => new Date(bench.clock.now().getTime() + days * DAY_MS);

/** An own rate, by partner; undefined while the partner follows the plan. */
type Followers = Map<string, { since: Date; isOwn: boolean }>;

async function join(followers: Followers, daysAgo: number): Promise<void> {
  const externalId = newId();
  const joinedAt = inDays(-daysAgo);
  const [result] = await bench.partners.importPartners(bench.ctx(), [
    { externalId, email: `${externalId}@people.test`, joinedAt },
  ]);
  if (result?.status === "imported") followers.set(result.partnerId ?? "", { since: joinedAt, isOwn: false });
}

async function publish(days: number): Promise<void> {
  const { id: planId } = await bench.programs.draftPlan(bench.ctx(), {});
  await bench.programs.publishPlan(bench.ctx(), { planId, effectiveFrom: inDays(days).toISOString() });
}

async function agree(followers: Followers, index: number, isOwn: boolean): Promise<void> {
  const partnerId = [...followers.keys()][index % Math.max(followers.size, 1)];
  if (partnerId === undefined) return;
  const overrides = isOwn ? { recurringRate: 0.15 } : {};
  await bench.partners.changeTerms(bench.ctx(), { partnerId, overrides, reason: "agreed" });
  followers.set(partnerId, { since: bench.clock.now(), isOwn });
}

const step = fc.oneof(
  fc.record({ act: fc.constant("publish" as const), days: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ act: fc.constant("join" as const), days: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ act: fc.constant("agree" as const), days: fc.nat({ max: 5 }) }),
  fc.record({ act: fc.constant("follow" as const), days: fc.nat({ max: 5 }) }),
  fc.record({ act: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 15 }) }),
);

describe("whatever is published, agreed and joined in whichever order", () => {
  it("a follower is under the version in force on every day since it follows, and own terms stay", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14, size: "max" }), async (steps) => {
        const followers: Followers = new Map();
        for (const { act, days } of steps) {
          bench.clock.advance(1);
          if (act === "publish") await publish(days);
          if (act === "join") await join(followers, days);
          if (act === "agree") await agree(followers, days, true);
          if (act === "follow") await agree(followers, days, false);
          if (act === "wait") bench.clock.advance(days * DAY_MS);
        }
        await bench.db.read(bench.ctx(), async (tx) => {
          const heads = await bench.programs.findPublishedHeads(tx);
          for (let days = -45; days <= 45; days += 1) {
            const at = inDays(days);
            const terms = await bench.partners.currentTerms(tx, [...followers.keys()], at);
            for (const [id, { since, isOwn }] of followers) {
              if (at < since) continue;
              if (isOwn) expect(terms.get(id)?.recurringRatePpm).toBe(150_000n);
              else expect(terms.get(id)?.planVersion).toBe(planInForce(heads, at)?.version);
            }
          }
        });
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});
