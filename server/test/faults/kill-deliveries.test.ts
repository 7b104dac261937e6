import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import { LEASE_MS } from "../../src/webhooks/deliver.ts";
import { answering } from "../kit/receiver.ts";
import { webhookSuite } from "../kit/webhook-suite.ts";
import { payoutNews } from "../kit/webhooks.ts";
import { type DeliveryWorkerInput, STOPS, type Stop } from "./delivery-worker.ts";

const suite = webhookSuite();

function startWorker(stop: Stop | null): ChildProcess {
  const { clone, encryptionKey } = suite.world;
  const input: DeliveryWorkerInput = { url: clone.serverUrl, encryptionKey: encryptionKey.toString("base64"), stop };
  return spawn(process.execPath, [join(import.meta.dirname, "delivery-worker.ts"), JSON.stringify(input)], {
    stdio: "inherit",
  });
}

const LIFE = ["requested", "processing", "completed"] as const;
type Told = { readonly type: string; readonly data: { readonly id: string } };

/** Three payouts, each told of from its request to its end; gives their ids. */
async function tellLives(): Promise<string[]> {
  // The worker lives by the machine's clock.
  suite.world.clock.moveTo(new Date());
  const ids = [newId(), newId(), newId()];
  await suite.world.tell(
    ...LIFE.flatMap((status) => ids.map((id) => payoutNews(suite.partnerId, { id, status, type: `payout.${status}` }))),
  );
  return ids;
}

/** What a worker that lives does, once what the dead one was lent has ended. */
async function recover(): Promise<void> {
  suite.world.clock.moveTo(new Date(Date.now() + LEASE_MS));
  suite.receiver.answer = answering(200);
  await suite.deliver();
}

/** Everything is delivered; of each payout nothing was heard before what it follows, and what was heard twice is the same message. */
async function expectWhole(endpointId: string, ids: readonly string[]): Promise<void> {
  const story = await suite.world.story(endpointId);
  expect(story.map(({ status }) => status)).toEqual(
    Array.from({ length: ids.length * LIFE.length }, () => "delivered"),
  );
  const bodies = new Map<string, string>();
  for (const { headers, body } of suite.receiver.received) {
    const id = String(headers["webhook-id"]);
    expect(bodies.get(id) ?? body).toBe(body);
    bodies.set(id, body);
  }
  expect(bodies.size).toBe(ids.length * LIFE.length);
  const told = suite.receiver.received.map(({ body }) => JSON.parse(body) as Told);
  for (const id of ids) {
    const heard = told
      .filter(({ data }) => data.id === id)
      .map(({ type }) => LIFE.findIndex((one) => type.endsWith(one)));
    expect(heard).toEqual(heard.toSorted((one, other) => one - other));
    expect([...new Set(heard)]).toEqual([0, 1, 2]);
  }
}

describe("a worker that delivers and is killed", () => {
  it.each(STOPS)(
    "%s: nothing is lost, the order of each object is kept, and what is sent twice is the same message",
    async (stop) => {
      const { id } = await suite.register();
      const ids = await tellLives();
      const worker = startWorker(stop);
      const [, signal] = await once(worker, "close");
      expect(signal).toBe("SIGKILL");
      await recover();
      await expectWhole(id, ids);
    },
    60_000,
  );

  it("while its requests are on their way: they are sent again, and what follows them only then", async () => {
    const { id } = await suite.register();
    suite.receiver.answer = () => {};
    const ids = await tellLives();
    const worker = startWorker(null);
    await suite.receiver.heard(ids.length);
    worker.kill("SIGKILL");
    await once(worker, "close");
    await recover();
    await expectWhole(id, ids);
    expect(suite.receiver.received).toHaveLength(ids.length * (LIFE.length + 1));
  }, 60_000);

  it("beside one that lives: its endpoints wait until they are the other's, and no others do", async () => {
    const { id } = await suite.register();
    const ids = await tellLives();
    const worker = startWorker("after it was lent an endpoint");
    await once(worker, "close");
    const other = await suite.register(`${suite.receiver.url}/other`, ["payout.failed"]);
    suite.world.clock.moveTo(new Date());
    await suite.world.tell(payoutNews(suite.partnerId, { status: "failed", type: "payout.failed" }));
    expect(await suite.deliver()).toBe(1);
    expect(await suite.world.story(other.id)).toMatchObject([{ status: "delivered" }]);
    expect(new Set((await suite.world.story(id)).map(({ status }) => status))).toEqual(new Set(["waiting"]));
    await recover();
    expect(await suite.world.story(id)).toHaveLength(ids.length * LIFE.length + 1);
    expect(new Set((await suite.world.story(id)).map(({ status }) => status))).toEqual(new Set(["delivered"]));
  }, 60_000);
});
