import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPartners, type PartnerBench } from "../../test/kit/partners.ts";
import { asOwner, cloneDatabase } from "../../test/kit/postgres.ts";
import type { NewPartnerEvent } from "./partner-event.ts";

let bench: PartnerBench;
beforeAll(async () => {
  bench = await openPartners(await cloneDatabase());
});
afterAll(() => bench[Symbol.asyncDispose]());

const take = (counts: readonly (readonly [string, number])[]) =>
  bench.db.transaction(bench.ctx(), (tx) => bench.partners.takeNumbers(tx, new Map(counts)));
const suspension = (partnerId: string): NewPartnerEvent => ({
  partnerId,
  kind: "suspension",
  referralId: null,
  data: {},
  occurredAt: bench.clock.now(),
});
const numbers = async (id: string) =>
  (
    await asOwner<{ number: string }>(
      bench.database,
      "select number from partner_events where partner_id = $1 order by number",
      [id],
    )
  ).map(({ number }) => Number(number));

describe("a partner's recorded sequence", () => {
  it("gives the next numbers, as many as are asked for; none is a lock alone", async () => {
    const id = await bench.register({ isVerified: false });
    expect(await take([[id, 3]])).toEqual(new Map([[id, 2n]]));
    expect(await take([[id, 0]])).toEqual(new Map([[id, 5n]]));
    expect(await take([[id, 1]])).toEqual(new Map([[id, 5n]]));
    expect(await take([])).toEqual(new Map());
  });

  it("has no gap and no number twice, however many record at once and in whichever order they name partners", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => bench.register({ isVerified: false })));
    await Promise.all(
      Array.from({ length: 12 }, (_, round) => {
        const order = round % 2 === 0 ? ids : ids.toReversed();
        return bench.db.transaction(bench.ctx(), (tx) =>
          bench.partners.recordEvents(
            tx,
            order.flatMap((id) => [suspension(id), suspension(id)]),
          ),
        );
      }),
    );
    for (const id of ids) expect(await numbers(id)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  });

  it("keeps nothing of a transaction that fails", async () => {
    const id = await bench.register({ isVerified: false });
    const failing = bench.db.transaction(bench.ctx(), async (tx) => {
      await bench.partners.recordEvents(tx, [suspension(id)]);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await numbers(id)).toEqual([1]);
    expect(await take([[id, 1]])).toEqual(new Map([[id, 2n]]));
  });

  it("tells listeners of each event in its place, in the order given", async () => {
    const [a, b] = [await bench.register({ isVerified: false }), await bench.register({ isVerified: false })];
    bench.recorded.length = 0;
    const returned = await bench.db.transaction(bench.ctx(), (tx) =>
      bench.partners.recordEvents(tx, [suspension(b), suspension(a), suspension(b)]),
    );
    expect(bench.recorded).toEqual(returned);
    expect(returned.map(({ partnerId, number }) => [partnerId, number])).toEqual([
      [b, 2n],
      [a, 2n],
      [b, 3n],
    ]);
  });

  it("is never edited, not even by the database's owner, and not reached from another tenant", async () => {
    const id = await bench.register();
    for (const change of [
      "update partner_events set number = 99 where partner_id = $1",
      "delete from partner_events where partner_id = $1",
    ])
      await expect(asOwner(bench.database, change, [id])).rejects.toThrow(/append-only/);
    const stranger = await bench.neighbour();
    await expect(take([[stranger, 1]])).rejects.toThrow(/foreign key/);
  });
});
