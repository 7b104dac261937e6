import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOW, type WholeApp } from "../../../test/kit/app.ts";
import { asOwner, type ClonedDatabase } from "../../../test/kit/postgres.ts";
import { openCommands, runCommand } from "../../../test/kit/run-command.ts";
import { EXPORT_KINDS } from "./export/export-kinds.ts";
import { commandLine } from "./program.ts";

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
const file = (name: string): string => join(folder, name);

/** What happened since a backup. */
const setFlag = (key: string) =>
  asOwner(
    database,
    "insert into feature_flags (tenant_id, key, is_enabled, updated_at) select id, $1, true, $2 from tenants",
    [key, NOW],
  );
const flags = async () =>
  (await asOwner<{ key: string }>(database, "select key from feature_flags where key in ('later', 'since')")).map(
    ({ key }) => key,
  );

describe("the command line of who looks after it", () => {
  it("backs up, restores over what happened since, and proves what it restored", async () => {
    await tributary("backup", file("whole.backup"));
    await setFlag("later");
    await expect(tributary("restore", file("whole.backup"))).rejects.toThrow("--yes");
    expect((await tributary("restore", file("whole.backup"), "--yes")).lines).toEqual([
      "This replaces everything in the database of the test, which holds Partners.",
      expect.stringMatching(/^[\d,]+ rows restored from /),
    ]);
    expect(await flags()).toEqual([]);
    expect(await tributary("prove")).toMatchObject({ exitCode: 0 });
  });

  it("replaces a database only for who said yes, or was asked and did", async () => {
    await tributary("backup", file("asked.backup"));
    const answered = (answer: string) => runCommand(commands, ["restore", file("asked.backup")], { answer });
    await setFlag("since");
    await expect(answered("no")).rejects.toThrow("Nothing was changed.");
    expect(await flags()).toEqual(["since"]);
    await answered("yes");
    expect(await flags()).toEqual([]);
  });

  it("says of a restore that was cut off, where what was there lies aside", async () => {
    expect((await tributary("doctor")).lines.join("\n")).toMatch(/ok +restore/);
    await asOwner(database, "create schema tributary_before_restore");
    try {
      expect((await tributary("doctor")).lines.join("\n")).toMatch(/ILL +restore +the schema tributary_before_restore/);
    } finally {
      await asOwner(database, "drop schema tributary_before_restore");
    }
  });

  it("lists events that were given up, each with its error, has them told again, and the doctor points them out", async () => {
    await world.app.programs.updateProgram(world.ctx(), { name: "Partners" });
    expect((await tributary("events", "list")).lines).toEqual(["No event was given up."]);
    await asOwner(
      database,
      "update outbox_events set given_up_at = occurred_at, last_error = 'the listener is broken', dispatched_at = null where position = (select min(position) from outbox_events)",
    );
    expect((await tributary("doctor")).lines.join("\n")).toMatch(/ILL +events +\d+ to be told, 1 given up/);
    expect((await tributary("events", "list")).lines).toEqual([
      expect.stringMatching(/^occurred/),
      expect.stringMatching(/the listener is broken$/),
    ]);
    expect((await tributary("events", "retry")).lines).toEqual(["to be told again: 1"]);
    expect((await tributary("events", "list")).lines).toEqual(["No event was given up."]);
  });

  it("names every kind of export where it tells of the command", () => {
    const unused = () => Promise.reject(new Error("nothing is run"));
    const program = commandLine({
      withProgram: unused,
      withDatabase: unused,
      ask: unused,
      print: () => {},
      fail: () => {},
    });
    const told = program.commands.find((command) => command.name() === "export")?.description();
    for (const kind of EXPORT_KINDS) expect(told).toContain(kind);
  });
});

describe("the command `jobs`", () => {
  it("lists the scheduled jobs, runs one, and shows its success", async () => {
    const before = await tributary("jobs");
    const heads = before.lines.filter((line) => /^job +last success +next run +late by +done +failures/.test(line));
    expect(heads.length).toBeGreaterThan(0);
    expect(before.lines.some((line) => /^payouts\.run_due_schedules +never +2026/.test(line))).toBe(true);
    const ran = await tributary("jobs", "run", "payouts.run_due_schedules", "--tenant", world.ctx().tenantId);
    expect(ran).toEqual({
      lines: [expect.stringMatching(/^payouts\.run_due_schedules in [^ ]+: done \(0 in \d+ ms\)$/)],
      exitCode: 0,
    });
    const after = await tributary("jobs");
    expect(after.lines.some((line) => /^payouts\.run_due_schedules +2026-/.test(line))).toBe(true);
  });

  it("lists what was given up with its error, lets it run again or removes it, and touches nothing else", async () => {
    expect((await tributary("jobs", "given-up")).lines).toEqual(["No job was given up."]);
    const ids = await asOwner<{ id: string }>(
      database,
      `select (tributary_jobs.add_job('test.given_up', json_build_object('tenantId', $1::text), run_at => now() + interval '1 year', max_attempts => 3)).id::text as id
         from generate_series(1, 4)`,
      [world.ctx().tenantId],
    );
    const [retried, removed, running, waiting] = ids.map(({ id }) => id);
    await asOwner(
      database,
      `update tributary_jobs._private_jobs set attempts = 3, last_error = 'the disk is full' where id = any ($1)`,
      [[retried, removed, running]],
    );
    await asOwner(
      database,
      "update tributary_jobs._private_jobs set locked_at = now(), locked_by = 'x' where id = $1",
      [running],
    );
    const rest = () =>
      asOwner(
        database,
        `select j.id::text as id, attempts from tributary_jobs._private_jobs j
           join tributary_jobs._private_tasks t on t.id = j.task_id where identifier = 'test.given_up' order by j.id`,
      );
    const listed = (await tributary("jobs", "given-up")).lines.slice(1).map((line) => line.split(/ {2,}/));
    expect(listed).toEqual(
      [retried, removed].map((id) => [id, "test.given_up", expect.any(String), expect.any(String), "the disk is full"]),
    );
    expect((await tributary("doctor")).lines.join("\n")).toMatch(/ILL +jobs +.*given up.*jobs given-up/s);
    expect((await tributary("jobs", "remove", String(removed))).lines).toEqual(["removed: 1"]);
    expect((await tributary("jobs", "retry", String(retried))).lines).toEqual(["to run again: 1"]);
    expect(await rest()).toEqual([
      { id: retried, attempts: 0 },
      { id: running, attempts: 3 },
      { id: waiting, attempts: 0 },
    ]);
    expect((await tributary("jobs", "retry", "all")).lines).toEqual(["to run again: 0"]);
    for (const args of [
      ["retry", String(waiting)],
      ["remove", String(running)],
      ["remove", "all"],
    ])
      await expect(tributary("jobs", ...args)).rejects.toThrow("no job that was given up has the id");
    await asOwner(database, "delete from tributary_jobs._private_jobs where id = any ($1)", [ids.map(({ id }) => id)]);
  });

  it.each([
    ["payouts.send_transfer", /paid twice.*jobs retry.*settle/],
    ["inbox.work", /taken up every six hours/],
    ["cards.send_request", /asked every hour/],
    ["twins.step_clock", /goes on until/],
  ])("does not remove %s, whose work would come again, and says what to do instead", async (name, instead) => {
    const [job] = await asOwner<{ id: string }>(
      database,
      `select (tributary_jobs.add_job($1, json_build_object('tenantId', $2::text), run_at => now() + interval '1 year', max_attempts => 3)).id::text as id`,
      [name, world.ctx().tenantId],
    );
    const id = String(job?.id);
    await asOwner(database, "update tributary_jobs._private_jobs set attempts = 3 where id = $1", [id]);
    await expect(tributary("jobs", "remove", id)).rejects.toThrow(instead);
    expect((await tributary("jobs", "given-up")).lines.slice(1)).toEqual([expect.stringContaining(name)]);
    await asOwner(database, "delete from tributary_jobs._private_jobs where id = $1", [id]);
  });

  it("names a job or a tenant that is none, as a use that is wrong", async () => {
    await expect(tributary("jobs", "run", "payouts.nothing")).rejects.toThrow(/no job is called payouts.nothing/);
    await expect(tributary("jobs", "run", "audit.seal", "--tenant", "nobody.test")).rejects.toThrow(/nobody.test/);
  });
});
