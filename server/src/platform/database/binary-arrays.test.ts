import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { booleanArray, integerArray, jsonbArray, textArray, timestamptzArray, uuidArray } from "./binary-arrays.ts";
import { type Database, openDatabase } from "./database.ts";

describe("an array in Postgres' binary format", () => {
  let database: ClonedDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await cloneDatabase();
    db = openDatabase({ url: database.serverUrl, poolMax: 1 });
  });
  afterAll(async () => {
    await db[Symbol.asyncDispose]();
    await database.drop();
  });

  const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((any) => any.replaceAll("\0", "").toWellFormed());
  const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.array(fc.option(values), { maxLength: 20 });

  it("is read by Postgres as the values that it was made of", async () => {
    const columns = fc.record({
      ids: orNull(fc.uuid()),
      texts: orNull(text),
      objects: fc.array(fc.dictionary(text, text, { noNullPrototype: true }), { maxLength: 20 }),
      flags: fc.array(fc.boolean(), { maxLength: 20 }),
      numbers: orNull(fc.integer()),
      instants: orNull(
        fc.date({
          noInvalidDate: true,
          min: new Date("0001-01-01T00:00:00Z"),
          max: new Date("9999-12-31T23:59:59.999Z"),
        }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(columns, async ({ ids, texts, objects, flags, numbers, instants }) => {
        const { rows } = await db.pool.query(
          `select $1::uuid[] as ids, $2::text[] as texts, to_jsonb($3::jsonb[]) as objects, $4::boolean[] as flags, $5::integer[] as numbers, $6::timestamptz[] as instants`,
          [
            uuidArray(ids),
            textArray(texts),
            jsonbArray(objects.map((each) => JSON.stringify(each))),
            booleanArray(flags),
            integerArray(numbers),
            timestamptzArray(instants),
          ],
        );
        expect(rows).toEqual([{ ids, texts, objects, flags, numbers, instants }]);
      }),
      { numRuns: 200 },
    );
  });

  it("takes UUIDs in either case", async () => {
    const id = "ABCDEF01-2345-6789-abcd-EFabcdef0123";
    const { rows } = await db.pool.query("select $1::uuid[] as ids", [uuidArray([id])]);
    expect(rows).toEqual([{ ids: [id.toLowerCase()] }]);
  });
});
