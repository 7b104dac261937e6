import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tableOwners } from "../../src/app/database/table-owners.ts";
import { personalDataSources } from "../../src/app/personal-data-sources.ts";
import { cardPersonalData } from "../../src/cards/card-personal-data.ts";
import { fraudPersonalData } from "../../src/fraud/fraud-personal-data.ts";
import { createEnvelope, createSealer } from "../../src/platform/crypto/index.ts";
import { taxPersonalData } from "../../src/tax/tax-personal-data.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { NOTHING_PERSONAL, PLAIN_NAMES } from "./nothing-personal.ts";

let database: ClonedDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database?.drop());

const sealer = createSealer(Buffer.alloc(32));
const sources = personalDataSources({
  sealer,
  fraud: fraudPersonalData(async () => []),
  tax: taxPersonalData({ envelope: createEnvelope(sealer) }),
  // What it holds needs none of what it closes with.
  cards: cardPersonalData({} as Parameters<typeof cardPersonalData>[0]),
});
const held = new Set(sources.flatMap((source) => Object.keys(source.holds)));

/** Columns whose type can hold words, documents or addresses, and that no check limits to a list of words. */
const openColumns = async (): Promise<string[]> => {
  const rows = await asOwner<{ name: string }>(
    database,
    `select c.relname || '.' || a.attname as name
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'tributary'::regnamespace
        and c.relkind in ('r', 'p')
        and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype, 'json'::regtype, 'bytea'::regtype, 'bytea[]'::regtype,
                           'inet'::regtype, 'varchar'::regtype)
        and not exists (
              select from pg_constraint k
               where k.conrelid = c.oid
                 and k.contype = 'c'
                 and k.conkey = array[a.attnum]
                 and pg_get_constraintdef(k.oid) ~ ('\\(' || a.attname || ' = ANY \\(ARRAY\\['))
      order by 1`,
  );
  return rows.map(({ name }) => name);
};

const unknown = async (): Promise<string[]> =>
  (await openColumns()).filter(
    (name) => !held.has(name) && !NOTHING_PERSONAL.has(name) && !PLAIN_NAMES.has(name.slice(name.indexOf(".") + 1)),
  );

describe("every column that can hold something about a person", () => {
  it("is erased by a source, kept by a rule that is named, or known to hold nothing personal", async () => {
    expect(await unknown()).toEqual([]);
  });

  it("is found where it is new and nobody has said what it holds", async () => {
    await asOwner(database, "alter table partners add column phone text");
    expect(await unknown()).toEqual(["partners.phone"]);
    await asOwner(database, "alter table partners drop column phone");
  });

  it("is there: no source and no list names one that is not", async () => {
    const rows = await asOwner<{ name: string }>(
      database,
      "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'tributary'",
    );
    const all = new Set(rows.map(({ name }) => name));
    expect([...held, ...NOTHING_PERSONAL].filter((name) => !all.has(name))).toEqual([]);
    expect([...NOTHING_PERSONAL].filter((name) => held.has(name))).toEqual([]);
  });

  it("belongs to one source, of the module that owns its table", () => {
    const names = sources.flatMap((source) => Object.keys(source.holds));
    expect(new Set(names).size).toBe(names.length);
    const owners = tableOwners();
    expect(names.filter((name) => owners.get(name.split(".")[0] ?? "") === undefined)).toEqual([]);
    expect(new Set(sources.map(({ name }) => name)).size).toBe(sources.length);
  });
});
