import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase } from "../../../../test/kit/postgres.ts";
import { openCommands, runCommand } from "../../../../test/kit/run-command.ts";

let commands: Awaited<ReturnType<typeof openCommands>>;
let database: ClonedDatabase;
let folder: string;

beforeAll(async () => {
  commands = await openCommands();
  ({ database, folder } = commands);
});
afterAll(() => commands?.[Symbol.asyncDispose]());

const KINDS = ["partners", "referrals", "transactions", "payouts"] as const;
type Kind = (typeof KINDS)[number];

/** The files of a programme whose own names begin as formulas do, each name with its mark. */
const filesOf = (mark: string): Readonly<Record<Kind, readonly string[]>> => ({
  partners: ["external_id,email,joined_at,referral_code", `${mark}@ada,ada@example.com,2025-01-01T00:00:00Z,ada`],
  referrals: ["external_id,referral_code,converted_at", `${mark}+user,ada,2025-02-02T00:00:00Z`],
  transactions: [
    "external_id,user_external_id,kind,amount,currency,occurred_at,original_external_id",
    `${mark}@order-1,${mark}+user,payment,100.00,USD,2025-02-03T00:00:00Z,`,
    `${mark}-1001,${mark}+user,payment,50.00,USD,2025-02-04T00:00:00Z,`,
    `${mark}=re-1,${mark}+user,refund,10.00,USD,2025-02-05T00:00:00Z,${mark}@order-1`,
  ],
  payouts: [
    "external_id,partner_external_id,amount,currency,paid_at",
    `${mark}=po-1,${mark}@ada,5.00,USD,2025-06-01T00:00:00Z`,
  ],
});

async function bring(kind: Kind, lines: readonly string[]): Promise<readonly string[]> {
  const path = join(folder, `${kind}.csv`);
  await writeFile(path, lines.join("\n"));
  const done = await runCommand(commands, ["import", kind, path]);
  return done.lines.filter((line) => !line.endsWith(": 0"));
}

async function bringAll(mark: string) {
  const files = filesOf(mark);
  const said: (readonly string[])[] = [];
  for (const kind of KINDS) said.push(await bring(kind, files[kind]));
  return said;
}

const booked = () =>
  asOwner(
    database,
    `select (select count(*) from partners) as partners, (select count(*) from transactions) as transactions,
            (select count(*) from commissions) as commissions, (select count(*) from partner_payouts) as payouts,
            (select count(*) from ledger_transactions) as postings`,
    [],
  );

describe("files that an earlier release read, and whose marks it left on", () => {
  it("are what is recorded of them: imported again, nothing is booked", async () => {
    // A mark before a mark is read as one that belongs to the name: as the earlier release read a single one.
    expect(await bringAll("''")).toEqual([
      ["imported: 1"],
      ["imported: 1"],
      ["recorded: 3", expect.stringMatching(/^approved: [1-9]/)],
      ["imported: 1"],
    ]);
    expect(await asOwner(database, "select external_id from transactions order by occurred_at", [])).toEqual([
      { external_id: "'@order-1" },
      { external_id: "'-1001" },
      { external_id: "'=re-1" },
    ]);
    const before = await booked();
    const again = [["duplicate: 1"], ["duplicate: 1"], ["duplicate: 3"], ["duplicate: 1"]];
    expect(await bringAll("'")).toEqual(again);
    expect(await bringAll("''")).toEqual(again);
    expect(await booked()).toEqual(before);
  });

  it("bring what a reversal that they brought waits for", async () => {
    const [header = ""] = filesOf("").transactions;
    const refund = (mark: string) => `re-2,''+user,refund,10.00,USD,2025-03-05T00:00:00Z,${mark}@late`;
    expect(await bring("transactions", [header, refund("''")])).toEqual(["waiting: 1"]);
    expect(await bring("transactions", [header, refund("'")])).toEqual(["duplicate: 1"]);
    expect(await bring("transactions", [header, "'@late,'+user,payment,10.00,USD,2025-03-04T00:00:00Z,"])).toEqual([
      "recorded: 1",
      expect.stringMatching(/^approved: [1-9]/),
    ]);
    const waiting =
      "select count(*) as waiting from transactions where original_external_id is not null and original_id is null";
    expect(await asOwner(database, waiting, [])).toEqual([{ waiting: "0" }]);
  });

  it("say nothing of a name that is recorded without a mark: it is that", async () => {
    const [header = ""] = filesOf("").transactions;
    const event = (name: string) => `${name},''+user,payment,20.00,USD,2025-04-04T00:00:00Z,`;
    expect(await bring("transactions", [header, event("'@both"), event("''@both")])).toContain("recorded: 2");
    expect(await bring("transactions", [header, event("'@both"), event("''@both")])).toEqual(["duplicate: 2"]);
  });
});
