import { afterAll, beforeAll, expect, it } from "vitest";
import { type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { type Database, openDatabase } from "../../platform/database/index.ts";
import { examine, type Patient, type Symptom } from "./examine.ts";

let database: ClonedDatabase;
let db: Database;
beforeAll(async () => {
  database = await cloneDatabase();
  db = openDatabase({ url: database.serverUrl });
});
afterAll(async () => {
  await db?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** What is found of the clocks where the machine's is ahead so far. The rest of a patient is not looked at before. */
async function clockWith(aheadMs: number): Promise<Symptom | undefined> {
  const patient = { db, now: new Date(), machineNow: () => Date.now() + aheadMs } as Patient;
  for await (const symptom of examine(patient)) if (symptom.name === "clock") return symptom;
  return undefined;
}

it("clocks that are seconds apart are ill, either way, and how far apart they are is said", async () => {
  expect(await clockWith(0)).toMatchObject({ state: "well", found: "machine and database are 0.0 s apart" });
  for (const aheadMs of [30_000, -30_000])
    expect(await clockWith(aheadMs)).toMatchObject({
      state: "ill",
      found: expect.stringMatching(/^machine and database are (29|30)\.\d s apart$/),
    });
});
