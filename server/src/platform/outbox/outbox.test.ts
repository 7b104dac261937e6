import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { seedTenant } from "../../../test/kit/seed.ts";
import { DAY_MS, HOUR_MS, movableClock } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { type Ctx, systemContext } from "../context.ts";
import {
  type Database,
  type OutboxRow,
  openDatabase,
  readOutboxFigures,
  retryOutboxEvents,
} from "../database/index.ts";
import { createDispatcher, TELLING_ATTEMPTS_MAX } from "./dispatcher.ts";
import { EVENTS_KEPT_DAYS, forgetEvents } from "./forget-events.ts";
import { findGivenUpEvents } from "./given-up-events.ts";
import { createOutbox, type DomainEvent, type InsideSubscriptions } from "./outbox.ts";

const at = new Date("2026-01-01T00:00:00Z");
const clock = movableClock(at);
let clone: ClonedDatabase;
let db: Database;
let ctx: Ctx;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = openDatabase({ url: clone.serverUrl });
  ctx = systemContext({ tenantId: await seedTenant(clone, { at }), job: "test", now: at });
});
beforeEach(async () => {
  clock.moveTo(at);
  await asOwner(clone, "delete from outbox_events");
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await clone.drop();
});

const event = (objectId: string, n: number, type = "thing.changed"): DomainEvent => ({
  type,
  objectType: "thing",
  objectId,
  data: { n },
});
const publish = (events: DomainEvent[], inside: InsideSubscriptions = {}) =>
  db.transaction(ctx, (tx) => createOutbox(() => inside).publish(tx, events));

/** A dispatcher whose listener hears everything and fails as often as it is told to. */
function listening(failures: (event: OutboxRow) => boolean = () => false) {
  const heard: unknown[] = [];
  const errors: unknown[] = [];
  const dispatcher = createDispatcher({
    db,
    clock,
    subscriptions: {
      "*": [
        async (_ctx, row) => {
          if (failures(row)) throw new Error("listener down");
          heard.push((row.data as { n: number }).n);
        },
      ],
    },
    onError: (error, _event, isGivenUp) => errors.push(isGivenUp ? "given up" : error),
  });
  return { heard, errors, dispatcher };
}

describe("an event", () => {
  it("is heard inside the transaction and, if that fails, never outside", async () => {
    const refusing = publish([event(newId(), 1)], { "thing.changed": [() => Promise.reject(new Error("no"))] });
    await expect(refusing).rejects.toThrow("no");
    const { heard, dispatcher } = listening();
    await dispatcher.dispatchBatch();
    expect(heard).toEqual([]);
  });

  it("is told once committed, in the order in which it was written, and not again", async () => {
    const id = newId();
    await publish([event(id, 1), event(id, 2), event(newId(), 3)]);
    const { heard, dispatcher } = listening();
    await dispatcher.dispatchBatch();
    await dispatcher.dispatchBatch();
    expect(heard).toEqual([1, 2, 3]);
  });

  it("that a listener could not take is told again, before the later ones of its object, and holds back no other", async () => {
    const stuck = newId();
    await publish([event(stuck, 1), event(stuck, 2), event(newId(), 3)]);
    let isDown = true;
    const { heard, errors, dispatcher } = listening((row) => isDown && row.object_id === stuck);
    await dispatcher.dispatchBatch();
    await dispatcher.dispatchBatch();
    expect(heard).toEqual([3]);
    expect(errors).toHaveLength(1);
    isDown = false;
    clock.advance(5_000);
    await dispatcher.dispatchBatch();
    expect(heard).toEqual([3, 1, 2]);
  });

  it("of many that can never be told holds back none of other objects", async () => {
    const poisoned = Array.from({ length: 600 }, newId);
    await publish(poisoned.map((id) => event(id, 1)));
    await publish([event(newId(), 2)]);
    const { heard, dispatcher } = listening((row) => poisoned.includes(row.object_id));
    await dispatcher.dispatchBatch();
    await dispatcher.dispatchBatch();
    expect(heard).toEqual([2]);
  });

  it("has its age by the database's clock, wherever the clock of its tenant has been moved", async () => {
    const [{ now } = { now: at }] = await asOwner<{ now: Date }>(clone, "select now()");
    for (const moved of [new Date("1999-01-01T00:00:00Z"), new Date("2099-01-01T00:00:00Z")]) {
      await db.transaction({ ...ctx, now: moved }, (tx) => createOutbox(() => ({})).publish(tx, [event(newId(), 1)]));
    }
    const { waiting, oldest } = await readOutboxFigures(db);
    expect([waiting, (oldest ?? at) >= now]).toEqual([2n, true]);
  });

  it("is given up after a day of attempts, with its error; later ones of its object go on, and it can be told after all", async () => {
    const id = newId();
    await publish([event(id, 1), event(id, 2)]);
    let isBroken = true;
    const { heard, errors, dispatcher } = listening((row) => isBroken && (row.data as { n: number }).n === 1);
    for (let attempt = 1; attempt < TELLING_ATTEMPTS_MAX; attempt += 1) {
      await dispatcher.dispatchBatch();
      clock.advance(HOUR_MS);
    }
    expect(heard).toEqual([]);
    expect(await readOutboxFigures(db)).toMatchObject({ waiting: 2n, given_up: 0n });
    await dispatcher.dispatchBatch();
    expect(errors.at(-1)).toBe("given up");
    await dispatcher.dispatchBatch();
    expect(heard).toEqual([2]);
    expect(await readOutboxFigures(db)).toEqual({ waiting: 0n, given_up: 1n, oldest: null });
    expect(await db.read(ctx, (tx) => findGivenUpEvents(tx, 10))).toMatchObject([
      { type: "thing.changed", objectId: id, lastError: "listener down" },
    ]);

    isBroken = false;
    expect(await retryOutboxEvents(db)).toBe(1n);
    await dispatcher.dispatchBatch();
    expect(heard).toEqual([2, 1]);
    expect(await readOutboxFigures(db)).toEqual({ waiting: 0n, given_up: 0n, oldest: null });
  });

  it("that was told is forgotten after its time, and not a moment sooner; one that was not told never is", async () => {
    const [told, untold] = [newId(), newId()];
    await publish([event(told, 1), event(untold, 2)]);
    const { dispatcher } = listening((row) => row.object_id === untold);
    await dispatcher.dispatchBatch();
    const kept = () => asOwner<{ object_id: string }>(clone, "select object_id from outbox_events order by position");
    clock.advance(EVENTS_KEPT_DAYS * DAY_MS);
    await forgetEvents({ db, clock }, ctx);
    expect(await kept()).toHaveLength(2);
    clock.advance(1);
    await forgetEvents({ db, clock }, ctx);
    expect(await kept()).toEqual([{ object_id: untold }]);
  });

  it("is told together with others where a listener takes many, and one by one where it cannot take them all", async () => {
    const [one, other] = [newId(), newId()];
    await publish([event(one, 1), event(other, 2), event(one, 3)]);
    const heard: number[][] = [];
    const errors: string[] = [];
    let isBroken = true;
    const dispatcher = createDispatcher({
      db,
      clock,
      subscriptions: {},
      batches: [
        async (_ctx, rows) => {
          const numbers = rows.map(({ data }) => (data as { n: number }).n);
          if (isBroken && numbers.includes(1)) throw new Error("cannot take 1");
          heard.push(numbers);
        },
      ],
      onError: (error) => errors.push(String(error)),
    });
    await dispatcher.dispatchBatch();
    expect([heard, errors]).toEqual([[[2]], ["Error: cannot take 1"]]);
    isBroken = false;
    clock.advance(HOUR_MS);
    await dispatcher.dispatchBatch();
    expect(heard).toEqual([[2], [1, 3]]);
  });

  it("that is only told inside is not kept", async () => {
    const inside: DomainEvent[] = [];
    await db.transaction(ctx, (tx) =>
      createOutbox(() => ({
        "thing.seen": [
          async (_tx, events) => {
            inside.push(...events);
          },
        ],
      })).tell(tx, [event(newId(), 9, "thing.seen")]),
    );
    const { heard, dispatcher } = listening();
    await dispatcher.dispatchBatch();
    expect(inside).toHaveLength(1);
    expect(heard).toEqual([]);
  });
});
