import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommanderError } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOW, type WholeApp } from "../../../test/kit/app.ts";
import { asOwner, type ClonedDatabase } from "../../../test/kit/postgres.ts";
import { openCommands, type RunOptions, runCommand } from "../../../test/kit/run-command.ts";
import { seedPartner, seedTenant } from "../../../test/kit/seed.ts";
import { defaultTiers } from "../../programs/index.ts";
import type { Installation } from "../runtime/installation.ts";
import { explainFailure } from "./explain-failure.ts";

let commands: Awaited<ReturnType<typeof openCommands>>;
let database: ClonedDatabase;
let world: WholeApp;
let folder: string;

beforeAll(async () => {
  commands = await openCommands();
  ({ world, database, folder } = commands);
});
afterAll(() => commands?.[Symbol.asyncDispose]());

const tributary = (...args: string[]) => runCommand(commands, args);
const run = (args: string[], options: RunOptions) => runCommand(commands, args, options);

const file = (name: string): string => join(folder, name);
async function csv(name: string, ...lines: string[]): Promise<string> {
  await writeFile(file(name), `${lines.join("\n")}\n`);
  return file(name);
}

const PARTNERS = "external_id,email,company_name,partner_type,tier,referral_code,country,joined_at";
const REFERRALS = "external_id,referral_code,clicked_at,converted_at,email";
const TRANSACTIONS =
  "external_id,user_external_id,kind,amount,currency,occurred_at,original_external_id,tax,revenue,product,country";

describe("the command line", () => {
  it("imports what can be taken, and writes the rest to a rejects file with line, column and reason", async () => {
    const partners = await csv(
      "partners.csv",
      PARTNERS,
      "a,ada@example.com,Ada,affiliate,tier1,ada,US,2025-01-01T00:00:00Z",
      "b,ben@example.com,Ben & Co,reseller,tier2,ben,GB,2025-01-01T00:00:00Z",
      "c,not an address,,,,,US,2025-01-01T00:00:00Z",
      "d,dan@example.com,,,,ada,US,2025-01-01T00:00:00Z",
      "e,eve@example.com,,,,,US,yesterday",
      "f,fay@example.com,too,many,fields,here,US,2025-01-01T00:00:00Z,1",
    );
    const { lines, exitCode } = await tributary("import", "partners", partners);
    expect(exitCode).toBe(0);
    expect(lines).toEqual(["imported: 2", "duplicate: 0", "rejected: 4", `rejects: ${file("partners.rejects.csv")}`]);
    const rejects = (await readFile(file("partners.rejects.csv"), "utf8")).split("\n");
    expect(rejects.map((line) => line.split(",").slice(0, 2).join(","))).toEqual(
      expect.arrayContaining(["reject_line,reject_column", "4,email", "5,referral_code", "6,joined_at", "7,"]),
    );
    expect(rejects.join("\n")).toContain("This is not an e-mail address (partner.import_invalid)");
    expect((await tributary("import", "partners", partners, "--strict")).exitCode).toBe(1);
  });

  it("imports referrals and transactions in their order, whatever the order of the files, and approves what is due", async () => {
    const referrals = await csv(
      "referrals.csv",
      REFERRALS,
      "u2,ben,2025-03-01T00:00:00Z,2025-03-02T00:00:00Z,u2@example.com",
      "u1,ada,2025-02-01T00:00:00Z,2025-02-02T00:00:00Z,",
      "u3,nobody,2025-02-01T00:00:00Z,2025-02-02T00:00:00Z,",
      "u4,ada,2024-10-01T00:00:00Z,2025-02-02T00:00:00Z,",
    );
    expect((await tributary("import", "referrals", referrals)).lines.slice(0, 3)).toEqual([
      "imported: 2",
      "duplicate: 0",
      "rejected: 2",
    ]);
    const transactions = await csv(
      "transactions.csv",
      TRANSACTIONS,
      "r1,u1,refund,5.00,USD,2025-04-02T00:00:00Z,t1,,,,",
      "t1,u1,payment,11.77,USD,2025-02-03T00:00:00Z,,,,cloud,DE",
      "t2,u2,payment,120.00,USD,2025-03-03T00:00:00Z,,20.00,,,",
      "k1,u2,card,10000.00,USD,2025-03-04T00:00:00Z,,,12.34,,",
      "j1,u2,payment,1000,JPY,2025-03-05T00:00:00Z,,,,,",
      "x1,u1,payment,1.234,USD,2025-03-05T00:00:00Z,,,,,",
      "x2,stranger,payment,1.00,USD,2025-03-05T00:00:00Z,,,,,",
      "x4,u1,payment,1.00,USD,2025-03-05T00:00:00Z,,,,,EU",
      "x3,u1,payment,1.00,XXX,2025-03-05T00:00:00Z,,,,,",
    );
    const { lines } = await tributary("import", "transactions", transactions, "--as-of", "2026-02-01T00:00:00Z");
    expect(lines).toEqual([
      "recorded: 5",
      "duplicate: 0",
      "waiting: 0",
      "rejected: 4",
      "approved: 6",
      `rejects: ${file("transactions.rejects.csv")}`,
    ]);
    const again = await tributary("import", "transactions", transactions, "--as-of", "2026-02-01T00:00:00Z");
    expect(again.lines.slice(0, 2)).toEqual(["recorded: 0", "duplicate: 5"]);
  });

  it("exports commissions in major units, a reversal as a row of its own under its refund", async () => {
    await tributary("export", "commissions", "--out", file("commissions.csv"));
    expect((await readFile(file("commissions.csv"), "utf8")).trim().split("\n")).toEqual([
      "partner_external_id,transaction_external_id,commission_type,rate,amount,currency,status,occurred_at",
      "a,t1,recurring,0.1,1.18,USD,approved,2025-02-03T00:00:00.000Z",
      "a,t1,signup,,50.00,USD,approved,2025-02-03T00:00:00.000Z",
      "b,t2,recurring,0.25,25.00,USD,approved,2025-03-03T00:00:00.000Z",
      "b,t2,signup,,100.00,USD,approved,2025-03-03T00:00:00.000Z",
      "b,k1,transaction,0.001,10.00,USD,approved,2025-03-04T00:00:00.000Z",
      "b,j1,recurring,0.25,250,JPY,approved,2025-03-05T00:00:00.000Z",
      "a,r1,recurring,0.1,-0.50,USD,approved,2025-04-02T00:00:00.000Z",
    ]);
  });

  it("exports transactions that go in again as they came out", async () => {
    await tributary("export", "transactions", "--out", file("again.csv"));
    const { lines } = await tributary("import", "transactions", file("again.csv"));
    expect(lines.slice(0, 4)).toEqual(["recorded: 0", "duplicate: 5", "waiting: 0", "rejected: 0"]);
  });

  it("exports for the eyes of its user alone, though a file of somebody else is in the way", async () => {
    await writeFile(file("private.csv.partial"), "left behind", { mode: 0o644 });
    await tributary("export", "transactions", "--out", file("private.csv"));
    expect((await stat(file("private.csv"))).mode & 0o777).toBe(0o600);
  });

  it.each(["ledger", "payouts"])("exports %s", async (kind) => {
    expect((await tributary("export", kind, "--out", file(`${kind}.csv`))).exitCode).toBe(0);
    expect(await readFile(file(`${kind}.csv`), "utf8")).toMatch(/^\w+,/);
  });

  it("simulates a draft plan, by partner and in all, and writes nothing", async () => {
    const tiers = structuredClone(defaultTiers("USD"));
    const draft = { tiers: { ...tiers, tier2: { ...tiers.tier2, recurringRate: 0.3 } } };
    await writeFile(file("plan.json"), JSON.stringify(draft));
    const before = await asOwner(database, "select count(*) from commission_plans");
    const { lines } = await tributary("simulate", file("plan.json"), "--from", "2025-01-01", "--to", "2026-01-01");
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ["partner", "currency", "as recorded", "under the draft", "difference"],
      ["ada", "USD", "50.68", "50.68", "0.00"],
      ["ben", "USD", "135.00", "140.00", "5.00"],
      ["ben", "JPY", "250", "300", "50"],
      ["all", "USD", "185.68", "190.68", "5.00"],
      ["all", "JPY", "250", "300", "50"],
      ["USD: 1 partners would have more, 0 less"],
      ["JPY: 1 partners would have more, 0 less"],
    ]);
    expect(await asOwner(database, "select count(*) from commission_plans")).toEqual(before);
  });

  it("says what a draft would change from a day in the past, and publishes just that by its digest", async () => {
    const { id } = await world.app.programs.draftPlan(world.ctx(), {});
    const { lines } = await tributary("backdate", id, "--from", "2026-01-01");
    const digest = lines.at(-1)?.replace("digest ", "") ?? "";
    expect(lines[0]?.split(/ {2,}/)).toEqual([
      "partner",
      "currency",
      "corrections",
      "difference",
      "paid",
      "left as paid",
    ]);
    await expect(tributary("backdate", id, "--from", "2026-01-01", "--digest", digest)).rejects.toThrow("together");
    const published = await tributary(
      "backdate",
      id,
      "--from",
      "2026-01-01",
      "--digest",
      digest,
      "--reason",
      "promised",
    );
    expect(published.lines.at(-1)).toBe("published as version 2");
  });

  it("explains a customer and a transaction with its receipt", async () => {
    expect((await tributary("explain", "u1")).lines.join("\n")).toContain("referralCode: ada");
    const { lines } = await tributary("explain", "t1", "--json");
    const explained = JSON.parse(lines.join("")) as { transaction: { receipts: unknown[] } };
    expect(explained.transaction.receipts).toHaveLength(1);
  });

  it("proves the books, and names the first break of books that were tampered with", async () => {
    expect(await tributary("prove")).toMatchObject({ exitCode: 0 });
    await asOwner(
      database,
      `alter table ledger_accounts disable trigger user;
       update ledger_accounts set balance = balance + 1 where kind = 'available' and currency = 'JPY' and balance > 0`,
    );
    const { lines, exitCode } = await tributary("prove");
    expect(exitCode).toBe(1);
    expect(lines.at(-1)).toBe("Broken: every balance is the sum of its postings.");
    await asOwner(
      database,
      "update ledger_accounts set balance = balance - 1 where kind = 'available' and currency = 'JPY' and balance > 0",
    );
  });

  it("proves the books of every tenant, or of the one that is asked for, and says whose are broken", async () => {
    const tenantId = await seedTenant(database, { at: NOW, isOperator: false });
    const partnerId = await seedPartner(database, { tenantId, at: NOW });
    const host = `${tenantId}.test`;
    const whole = await tributary("prove");
    expect(whole).toMatchObject({ exitCode: 0 });
    expect(whole.lines.filter((line) => line.startsWith("The books of"))).toEqual([
      expect.stringMatching(/^The books of Partners \(127\.0\.0\.1:3000\):$/),
      `The books of Test (${host}:3000):`,
    ]);
    const checks = (whole.lines.length - 3) / 2;
    expect((await tributary("prove", "--tenant", host)).lines).toHaveLength(checks + 2);
    await asOwner(
      database,
      "insert into ledger_accounts (tenant_id, partner_id, currency, kind, balance) values ($1, $2, 'USD', 'available', 1)",
      [tenantId, partnerId],
    );
    expect(await tributary("prove", "--tenant", world.ctx().tenantId)).toMatchObject({ exitCode: 0 });
    for (const args of [["prove"], ["prove", "--tenant", tenantId]])
      expect(await tributary(...args)).toMatchObject({
        exitCode: 1,
        lines: expect.arrayContaining([`Broken: every balance is the sum of its postings, in Test (${host}:3000).`]),
      });
    await expect(tributary("prove", "--tenant", "nobody.test")).rejects.toThrow("no tenant has the id or the host");
  });

  it("prints a one-time link that makes an admin, sends a test mail, and says how everything is", async () => {
    const { lines } = await tributary("admin", "create");
    expect(lines[0]).toMatch(/^http:\/\/operator\.test\/auth\/set-up\?token=/);
    await tributary("mail", "test", "ops@example.com");
    expect(world.mails.at(-1)).toMatchObject({ to: "ops@example.com" });
    await tributary("backup", file("whole.backup"));
    const doctor = await tributary("doctor");
    expect(doctor.lines.join("\n")).toMatch(/ok +database/);
    expect(doctor.lines.join("\n")).toContain(NOW.toISOString());
  });

  it("says which billing systems have been heard of lately, and has the others looked at", async () => {
    const saysOf = async () => (await tributary("doctor")).lines.join("\n");
    expect(await saysOf()).toMatch(/ok +revenue +no billing system is connected/);
    await world.app.revenue.createSource(world.ctx(), { kind: "generic", name: "Paddle" });
    expect(await saysOf()).toMatch(/look +revenue +Paddle: never heard of/);
    await asOwner(database, "update revenue_sources set last_heard_at = $1", [NOW]);
    expect(await saysOf()).toMatch(/ok +revenue +Paddle: last heard of 2026/);
    await asOwner(database, "update revenue_sources set is_enabled = false");
  });

  it("says of a demo that stand-ins take its mails and transfers, and asks for nothing", async () => {
    const saysOf = async (kind: Installation["kind"]) => {
      const { lines } = await run(["doctor"], { installation: { kind, createdAt: NOW.toISOString() } });
      return lines.join("\n");
    };
    expect(await saysOf("empty")).toMatch(/look +mail +no mail server is set/);
    const demo = await saysOf("demo");
    expect(demo).toMatch(/ok +mail +the demo's mailbox/);
    expect(demo).not.toContain("Set SMTP_URL");
    const sent = await run(["mail", "test", "ops@example.com"], { hasMailbox: true });
    expect(sent.lines.join("\n")).toMatch(/^The mailbox on this machine took a message for ops@example\.com/);
  });

  it.each([
    ["a CSV file that is not there", ["import", "partners", "none.csv"], /none\.csv: there is no such file/],
    ["a folder that is not there", ["export", "ledger", "--out", "none/ledger.csv"], /none\/ledger\.csv: there is no/],
    ["a backup that is not there", ["restore", "none.backup", "--yes"], /none\.backup: there is no such file/],
    ["a backup that is another file", ["restore", "partners.csv", "--yes"], /not a backup/],
    ["a backup into a folder that is not there", ["backup", "none/whole.backup"], /none\/whole\.backup: there is no/],
    ["semicolons in place of commas", ["import", "partners", "semicolons.csv"], /no column .* parted by commas/],
    [
      "a plan that is not there",
      ["simulate", "none.json", "--from", "2025-01-01", "--to", "2026-01-01"],
      /none\.json: /,
    ],
  ])("explains %s without a stack", async (_, args, explanation) => {
    await csv("semicolons.csv", PARTNERS.replaceAll(",", ";"));
    const given = args.map((arg) => (/\.\w+$/.test(arg) ? file(arg) : arg));
    const error: unknown = await tributary(...given).catch((reason: unknown) => reason);
    expect(explainFailure(error, given)).toMatch(explanation);
  });

  it("leaves faults of its own unexplained, missing files of its own among them", () => {
    const ofItsOwn = Object.assign(new Error("ENOENT"), { code: "ENOENT", path: "/usr/share/none/own.sql" });
    for (const error of [new Error("x"), ofItsOwn]) expect(explainFailure(error, [file("a.csv")])).toBeUndefined();
  });

  it.each([
    ["no command", []],
    ["an unknown command", ["frobnicate"]],
    ["an unknown kind", ["export", "secrets", "--out", "x"]],
    ["a missing option", ["export", "commissions"]],
    ["a missing file", ["import", "partners"]],
    ["a restore that is not meant", ["restore", "whole.backup"]],
  ])("is used wrongly with %s, and says so", async (_, args) => {
    await expect(tributary(...args)).rejects.toBeInstanceOf(CommanderError);
  });
});
