import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { type Ctx, systemContext } from "../../src/platform/context.ts";
import { type Database, openDatabase } from "../../src/platform/database/index.ts";
import { createDispatcher, createOutbox } from "../../src/platform/outbox/index.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { seedTenant } from "../kit/seed.ts";
import { until } from "../kit/server-process.ts";

const OBJECTS = 12;
const EVENTS_EACH = 40;
const STRIKES = 3;
const PATIENCE_MS = 120_000;

let database: ClonedDatabase;
let servers: readonly Database[];
let ctx: Ctx;
beforeAll(async () => {
  database = await cloneDatabase();
  servers = [1, 2].map(() => openDatabase({ url: database.serverUrl, poolMax: 5 }));
  ctx = systemContext({
    tenantId: await seedTenant(database, { at: systemClock.now() }),
    job: "test",
    now: systemClock.now(),
  });
});
afterAll(async () => {
  for (const db of servers) await db[Symbol.asyncDispose]();
  await database.drop();
});

/** The same database, whose new connections for the lock wait at a gate. */
function gated(db: Database): { db: Database; shut: () => void; open: () => void } {
  let gate = Promise.resolve();
  let open = (): void => {};
  const connect = async () => {
    await gate;
    return db.pool.connect();
  };
  const pool = new Proxy(db.pool, {
    get: (target, name) => (name === "connect" ? connect : (Reflect.get(target, name, target) as unknown)),
  });
  return {
    db: { ...db, pool },
    shut: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      open = resolve;
    },
    open: () => open(),
  };
}

type Telling = { readonly server: number; readonly objectId: string; readonly n: number };

describe("dispatchers on two servers", () => {
  it(
    "tell every event, those of an object in order; who has lost the lock tells nothing more",
    async () => {
      const objects = Array.from({ length: OBJECTS }, newId);
      const [writer] = servers;
      if (writer === undefined) throw new Error("two servers were opened");
      const outbox = createOutbox(() => ({}));
      for (let n = 1; n <= EVENTS_EACH; n += 1) {
        const events = objects.map((objectId) => ({
          type: "thing.changed",
          objectType: "thing",
          objectId,
          data: { n },
        }));
        await writer.transaction(ctx, (tx) => outbox.publish(tx, events));
      }

      const tellings: Telling[] = [];
      const gates = servers.map(gated);
      let strikes = 0;
      let nextStrike = OBJECTS * 2;
      /** In the midst of telling, a server loses the lock, and the other one goes on. */
      const strike = async (teller: number): Promise<void> => {
        const from = tellings.length;
        gates[teller]?.shut();
        await asOwner(
          database,
          `select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = pg_locks.database
            where datname = current_database() and locktype = 'advisory' and granted`,
        );
        await until(() => tellings.slice(from).some(({ server }) => server !== teller));
        gates[teller]?.open();
      };
      const stopping = new AbortController();
      const running = gates.map(({ db }, server) =>
        createDispatcher({
          db,
          clock: systemClock,
          subscriptions: {
            "*": [
              async (_ctx, event) => {
                tellings.push({ server, objectId: event.object_id, n: (event.data as { n: number }).n });
                if (strikes === STRIKES || tellings.length < nextStrike) return;
                strikes += 1;
                nextStrike = tellings.length + OBJECTS * 2;
                await strike(server);
              },
            ],
          },
          onError: (error) => {
            throw error;
          },
        }).run(stopping.signal),
      );
      await until(
        async () => (await asOwner(database, "select 1 from outbox_events where dispatched_at is null")).length === 0,
      );
      stopping.abort();
      await Promise.all(running);

      const changes = tellings.filter(({ server }, index) => index > 0 && server !== tellings[index - 1]?.server);
      expect(changes).toHaveLength(STRIKES);
      const inOrder = Array.from({ length: EVENTS_EACH }, (_, index) => index + 1);
      // An event may be told again after a loss; what is told of an object for the first time comes in order.
      const heard = Map.groupBy(tellings, ({ objectId }) => objectId);
      for (const id of objects) expect([...new Set(heard.get(id)?.map(({ n }) => n))]).toEqual(inOrder);
    },
    PATIENCE_MS,
  );
});
