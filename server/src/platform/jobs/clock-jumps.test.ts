import { expect, it } from "vitest";
import { asOwner, cloneDatabase } from "../../../test/kit/postgres.ts";
import { openDatabase } from "../database/index.ts";
import { FORGET_WAKES_TO_COME, watchClock } from "./clock-jumps.ts";

it("a clock that was set back is noticed once; one that leaps ahead, drifts or is put right by seconds is not", () => {
  let [wall, passed] = [1_000_000, 0];
  const wasSetBack = watchClock(
    () => wall,
    () => passed,
  );
  const after = (wallMs: number, passedMs = wallMs): boolean => {
    wall += wallMs;
    passed += passedMs;
    return wasSetBack();
  };
  expect(after(5_000)).toBe(false);
  expect(after(3_600_000, 5_000)).toBe(false);
  expect(after(-3_600_000, 5_000)).toBe(true);
  expect(after(5_000)).toBe(false);
  expect(after(-20_000, 5_000)).toBe(false);
});

it("a schedule whose last wake is still to come is woken again from now on, and no other is touched", async () => {
  const database = await cloneDatabase();
  const db = openDatabase({ url: database.serverUrl });
  try {
    await asOwner(
      database,
      `insert into tributary_jobs._private_known_crontabs (identifier, known_since, last_execution)
       values ('of a wrong future', now(), now() + interval '1 year'), ('of now', now(), now()), ('of a minute ago', now(), '2026-01-01'), ('never', now(), null)`,
    );
    await db.pool.query(FORGET_WAKES_TO_COME);
    expect(
      await asOwner(
        database,
        `select identifier as job, last_execution is null as is_new, last_execution > now() as is_to_come, last_execution < '2026-01-02' as is_old
           from tributary_jobs._private_known_crontabs order by 1`,
      ),
    ).toEqual([
      { job: "never", is_new: true, is_to_come: null, is_old: null },
      { job: "of a minute ago", is_new: false, is_to_come: false, is_old: true },
      { job: "of a wrong future", is_new: false, is_to_come: false, is_old: false },
      { job: "of now", is_new: false, is_to_come: false, is_old: false },
    ]);
  } finally {
    await db[Symbol.asyncDispose]();
    await database.drop();
  }
});
