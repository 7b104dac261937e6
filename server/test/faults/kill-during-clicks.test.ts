import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FaultSite, openFaultSite, type Reply, tidOf } from "../kit/fault-site.ts";
import { asOwnerOf } from "../kit/installations.ts";
import { breathe, until } from "../kit/server-process.ts";

const PATIENCE_MS = 240_000;
const VISITORS = 24;
const CLICKS = 3_000;

let site: FaultSite;
beforeAll(async () => {
  site = await openFaultSite({ partners: 3 });
}, PATIENCE_MS);
afterAll(() => site?.[Symbol.asyncDispose](), PATIENCE_MS);

/** A crowd that goes on visiting, outage or not, until so many clicks were acknowledged. `strike` happens in the midst of it. */
async function crowd(strike: () => Promise<void>): Promise<{ acknowledged: string[]; others: Reply[] }> {
  const acknowledged: string[] = [];
  const others: Reply[] = [];
  let isOver = false;
  const visitor = async (): Promise<void> => {
    while (!isOver) {
      const reply = await site.visit();
      if (reply.status === 302) {
        acknowledged.push(tidOf(reply));
      } else {
        others.push(reply);
        await breathe();
      }
    }
  };
  const visitors = Array.from({ length: VISITORS }, visitor);
  await until(() => acknowledged.length >= CLICKS / 3);
  await strike();
  const soFar = acknowledged.length;
  await until(() => acknowledged.length >= soFar + CLICKS / 3);
  isOver = true;
  await Promise.all(visitors);
  return { acknowledged, others };
}

async function expectAllThere(acknowledged: readonly string[]): Promise<void> {
  const rows = await asOwnerOf<{ id: string; times: number }>(
    site.home,
    "select id, count(*)::int as times from tributary.clicks group by id",
  );
  const times = new Map(rows.map((row) => [row.id, row.times]));
  expect(acknowledged.filter((id) => times.get(id) !== 1)).toEqual([]);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
}

const kindsOf = (replies: readonly Reply[]): unknown[] => [...new Set(replies.map(({ status }) => status))];

describe("a click that was answered", () => {
  it(
    "is there, once, after a kill -9 of the server",
    async () => {
      const { acknowledged, others } = await crowd(async () => {
        await site.killServer();
        await site.startServer();
      });
      expect(kindsOf(others)).toEqual(["cut"]);
      await expectAllThere(acknowledged);
    },
    PATIENCE_MS,
  );

  it(
    "is there, once, after a kill -9 of Postgres, and nobody is answered what is not there",
    async () => {
      const { pid } = site.server();
      const { acknowledged, others } = await crowd(async () => {
        await site.killDatabase();
        await site.isReady();
      });
      // The server lives: who comes meanwhile is told to come again.
      expect(kindsOf(others)).toEqual([503]);
      expect(site.server().pid).toBe(pid);
      await expectAllThere(acknowledged);
    },
    PATIENCE_MS,
  );
});
