import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { BATCH_SIZE_MAX, createClickBatcher, ENOUGH } from "./click-batcher.ts";

/** An insert that answers when the test says so. */
function controlledInsert() {
  const batches: { clicks: readonly number[]; settle: (error?: Error) => void }[] = [];
  const insert = (clicks: readonly number[]): Promise<void> =>
    new Promise((resolve, reject) => {
      batches.push({ clicks, settle: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  return { batches, insert, sizes: () => batches.map((batch) => batch.clicks.length) };
}

const states = (promises: readonly Promise<void>[]) =>
  Promise.all(
    promises.map((promise) =>
      Promise.race([
        promise.then(
          () => "resolved",
          (error: { code?: string }) => error.code ?? "rejected",
        ),
        new Promise<string>((resolve) => setImmediate(resolve, "waiting")),
      ]),
    ),
  );

/** A turn of the event loop that brings something, and one that brings nothing more: then clicks leave. */
const turn = async () => {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
};
const rangeOf = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe("group commit", () => {
  it("sends what one turn brought, keeps two batches on their way, and gathers what comes meanwhile", async () => {
    const { batches, insert, sizes } = controlledInsert();
    const batcher = createClickBatcher({ insert });
    const recorded: Promise<void>[] = [];
    const record = async (from: number, to: number) => {
      recorded.push(...rangeOf(from, to).map((click) => batcher.record(click)));
      await turn();
    };
    await record(0, 2);
    await record(2, 3);
    expect(sizes()).toEqual([2, 1]);
    await record(3, 5);
    await record(5, 10);
    expect(sizes()).toEqual([2, 1]);

    batches[1]?.settle();
    await turn();
    await turn();
    expect((await states(recorded)).map((state) => state === "resolved")).toEqual(rangeOf(0, 10).map((n) => n === 2));
    expect(sizes()).toEqual([2, 1, 7]);
    expect(batches[2]?.clicks).toEqual(rangeOf(3, 10));

    batches[0]?.settle();
    batches[2]?.settle();
    await Promise.all(recorded);
    expect(batcher.pending).toBe(0);
  });

  it("waits while each turn brings more, until there are enough", async () => {
    const { insert, sizes } = controlledInsert();
    const batcher = createClickBatcher({ insert });
    for (let click = 0; click < ENOUGH; click += 1) {
      void batcher.record(click);
      if (click < ENOUGH - 1) await new Promise(setImmediate);
      expect(sizes()).toEqual([]);
    }
    await new Promise(setImmediate);
    expect(sizes()).toEqual([ENOUGH]);
  });

  it("answers nobody before the commit", async () => {
    const { batches, insert } = controlledInsert();
    const batcher = createClickBatcher({ insert });
    const recorded = [batcher.record(1)];
    await turn();
    expect(await states(recorded)).toEqual(["waiting"]);
    batches[0]?.settle();
    expect(await states(recorded)).toEqual(["resolved"]);
  });

  it("rejects the callers of a batch that failed, and no others", async () => {
    const { batches, insert } = controlledInsert();
    const batcher = createClickBatcher({ insert });
    const recorded = [batcher.record(1), batcher.record(2)];
    await turn();
    recorded.push(batcher.record(3));
    await turn();
    batches[0]?.settle(new Error("the database went away"));
    const failed = "referral.click_not_recorded";
    expect(await states(recorded)).toEqual([failed, failed, "waiting"]);
    batches[1]?.settle();
    expect(await states(recorded)).toEqual([failed, failed, "resolved"]);
  });

  it("says why it failed without a word of what it was about", async () => {
    const quoted = Object.assign(new Error("value 192.0.2.77 is bad"), {
      code: "23514",
      detail: "Failing row: 192.0.2.77",
    });
    const batcher = createClickBatcher<number>({ insert: () => Promise.reject(quoted) });
    const error: unknown = await batcher.record(1).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ cause: { message: "a batch of clicks was not committed: 23514" } });
    expect(inspect(error, { depth: 9 })).not.toContain("192.0.2.77");
  });

  it("goes on after an insert that throws instead of rejecting", async () => {
    let isBroken = true;
    const batcher = createClickBatcher<number>({
      insert: () => {
        if (isBroken) throw new Error("no connection");
        return Promise.resolve();
      },
    });
    await expect(batcher.record(1)).rejects.toMatchObject({ code: "referral.click_not_recorded" });
    isBroken = false;
    await batcher.record(2);
  });

  it("refuses at once what is beyond the limit, and takes clicks again when there is room", async () => {
    const { batches, insert } = controlledInsert();
    const batcher = createClickBatcher({ insert, waitingMax: 3 });
    const taken = rangeOf(0, 3).map((click) => batcher.record(click));
    await expect(batcher.record(3)).rejects.toMatchObject({ code: "referral.clicks_refused", kind: "unavailable" });
    await turn();
    const later = batcher.record(4);
    await turn();
    for (const batch of batches) batch.settle();
    await Promise.all([...taken, later]);
  });

  it("cuts a large crowd into batches", async () => {
    const { batches, insert, sizes } = controlledInsert();
    const batcher = createClickBatcher({ insert });
    const recorded = rangeOf(0, 2 * BATCH_SIZE_MAX + 8).map((click) => batcher.record(click));
    await turn();
    expect(sizes()).toEqual([BATCH_SIZE_MAX, BATCH_SIZE_MAX]);
    batches[0]?.settle();
    await turn();
    await turn();
    expect(sizes()).toEqual([BATCH_SIZE_MAX, BATCH_SIZE_MAX, 8]);
    for (const batch of batches) batch.settle();
    await Promise.all(recorded);
    expect(batches.flatMap((batch) => batch.clicks)).toEqual(rangeOf(0, 2 * BATCH_SIZE_MAX + 8));
  });

  it("commits what it has taken before it stops, and takes no more", async () => {
    const { batches, insert } = controlledInsert();
    const batcher = createClickBatcher({ insert });
    const recorded: Promise<void>[] = [];
    for (const click of rangeOf(0, 3)) {
      recorded.push(batcher.record(click));
      if (click < 2) await turn();
    }
    let isStopped = false;
    const stopping = batcher[Symbol.asyncDispose]().then(() => {
      isStopped = true;
    });
    await expect(batcher.record(9)).rejects.toMatchObject({ code: "referral.clicks_refused" });
    batches[0]?.settle();
    batches[1]?.settle();
    await turn();
    await turn();
    expect(isStopped).toBe(false);
    batches[2]?.settle();
    await stopping;
    expect(await states(recorded)).toEqual(recorded.map(() => "resolved"));
  });

  it("stops at once when nothing is on its way", async () => {
    const batcher = createClickBatcher({ insert: () => Promise.resolve() });
    await batcher[Symbol.asyncDispose]();
    expect(batcher.pending).toBe(0);
  });
});
