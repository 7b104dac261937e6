import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../kit/command-line.ts";
import { type ClonedDatabase, cloneDatabase } from "../../kit/postgres.ts";
import { type Purchase, partnerOf, readPurchases, refundOf, writeFiles } from "./cdnow-files.ts";
import { type Total, totalsBySql } from "./cdnow-totals.ts";

const MINUTES_MS = 60_000;

let database: ClonedDatabase;
let folder: string;
let purchases: Purchase[];

beforeAll(async () => {
  database = await cloneDatabase();
  folder = await mkdtemp(join(tmpdir(), "tributary-cdnow-"));
  purchases = readPurchases();
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => runCommand(database, folder, args);

/** What an export says partners earned, summed by partner and type, to the cent. */
async function totalsOfExport(path: string): Promise<Total[]> {
  const rows = parse(await readFile(path, "utf8"), { columns: true }) as Record<string, string>[];
  const sums = new Map<string, { earned: bigint; reversed: bigint }>();
  for (const row of rows) {
    const key = `${row["partner_external_id"]} ${row["commission_type"]}`;
    const sum = sums.get(key) ?? { earned: 0n, reversed: 0n };
    const cents = BigInt((row["amount"] ?? "").replace(".", ""));
    if (cents > 0n) sum.earned += cents;
    else sum.reversed -= cents;
    sums.set(key, sum);
  }
  const text = (cents: bigint) => `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
  return [...sums].map(([key, { earned, reversed }]) => {
    const [partner = "", type = ""] = key.split(" ");
    return { partner, type, earned: text(earned), reversed: text(reversed) };
  });
}

async function expectedTotals(): Promise<Total[]> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return await totalsBySql(client, purchases);
  } finally {
    await client.end();
  }
}

const inOrder = (totals: readonly Total[]): Total[] =>
  totals.toSorted((a, b) => (`${a.partner} ${a.type}` < `${b.partner} ${b.type}` ? -1 : 1));

it("the shop's numbers spread over all partners by their place in the sample alone", () => {
  const numbers = new Set(purchases.map(({ customer }) => Number(customer)));
  expect(new Set([...numbers].map((number) => number % 20))).toEqual(new Set([0, 10]));
  const counts = Map.groupBy(new Set(purchases.map(({ customer }) => customer)), partnerOf);
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, partner) => partner));
  expect(Math.min(...[...counts.values()].map((of) => of.length))).toBeGreaterThan(100);
});

describe("a real shop's purchases, imported", { timeout: 5 * MINUTES_MS }, () => {
  it("earn each partner what SQL over the raw purchases says, and the same files again change nothing", async () => {
    const files = await writeFiles(folder, purchases);
    const refunds = purchases.filter((purchase) => refundOf(purchase) > 0n).length;

    expect(await run("import", "partners", files.partners)).toMatchObject({ exitCode: 0 });
    expect((await run("import", "referrals", files.referrals)).stdout).toContain("imported: 2,355");
    const imported = await run("import", "transactions", files.transactions);
    expect(imported.stdout).toContain(`recorded: ${(purchases.length + refunds).toLocaleString("en-US")}`);
    expect(imported.stdout).toContain("rejected: 0");

    const exported = join(folder, "commissions.csv");
    expect(await run("export", "commissions", "--out", exported)).toMatchObject({ exitCode: 0 });
    const expected = await expectedTotals();
    // Five partners of each tier; the upper two earn no signup.
    expect(expected).toHaveLength(30);
    expect(inOrder(await totalsOfExport(exported))).toEqual(inOrder(expected));

    const before = await readFile(exported, "utf8");
    expect((await run("import", "partners", files.partners)).stdout).toContain("duplicate: 20");
    expect((await run("import", "referrals", files.referrals)).stdout).toContain("duplicate: 2,355");
    expect((await run("import", "transactions", files.transactions)).stdout).toContain("recorded: 0");
    await run("export", "commissions", "--out", exported);
    expect(await readFile(exported, "utf8")).toBe(before);

    const proved = await run("prove");
    expect(proved).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("The books hold.") });
  });
});
