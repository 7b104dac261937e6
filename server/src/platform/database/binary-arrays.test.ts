import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import {
  bigintArray,
  booleanArray,
  integerArray,
  jsonbArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from "./binary-arrays.ts";
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
      objects: orNull(fc.dictionary(text, text, { noNullPrototype: true })),
      flags: fc.array(fc.boolean(), { maxLength: 20 }),
      numbers: orNull(fc.integer()),
      amounts: orNull(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
      instants: orNull(
        fc.date({
          noInvalidDate: true,
          min: new Date("0001-01-01T00:00:00Z"),
          max: new Date("9999-12-31T23:59:59.999Z"),
        }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(columns, async ({ ids, texts, objects, flags, numbers, amounts, instants }) => {
        const { rows } = await db.pool.query(
          `select $1::uuid[] as ids, $2::text[] as texts, to_jsonb($3::jsonb[]) as objects, $4::boolean[] as flags, $5::integer[] as numbers, $6::timestamptz[] as instants, $7::bigint[]::text[] as amounts`,
          [
            uuidArray(ids),
            textArray(texts),
            jsonbArray(objects.map((each) => (each === null ? null : JSON.stringify(each)))),
            booleanArray(flags),
            integerArray(numbers),
            timestamptzArray(instants),
            bigintArray(amounts),
          ],
        );
        expect(rows).toEqual([
          { ids, texts, objects, flags, numbers, instants, amounts: amounts.map((each) => each?.toString() ?? null) },
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it("refuses as a UUID what is none, as Postgres would refuse its text", () => {
    expect(() => uuidArray(["no-uuid"])).toThrow("is one");
    expect(() => uuidArray(["abcdef01-2345-6789-abcd-efabcdef012g"])).toThrow("is one");
  });

  it("takes UUIDs in either case", async () => {
    const id = "ABCDEF01-2345-6789-abcd-EFabcdef0123";
    const { rows } = await db.pool.query("select $1::uuid[] as ids", [uuidArray([id])]);
    expect(rows).toEqual([{ ids: [id.toLowerCase()] }]);
  });
});
