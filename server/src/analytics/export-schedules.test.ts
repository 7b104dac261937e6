import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { createAudit } from "../audit/index.ts";
import { addDays } from "../kernel/calendar.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { createOutbox } from "../platform/outbox/index.ts";
import type { ExportScheduleDeps } from "./analytics-deps.ts";
import { beginDueExports, deliverExport } from "./deliver-exports.ts";
import { dueExport } from "./export-schedule-rules.ts";

describe("what is due of a schedule", () => {
  const due = (rhythm: "weekly" | "monthly", now: string, createdAt = "2026-01-15T12:00:00Z", timeZone = "UTC") =>
    dueExport(rhythm, { now: new Date(now), createdAt: new Date(createdAt), timeZone });

  it("is the newest month or week that has ended, from the morning after it on", () => {
    expect(due("monthly", "2026-02-01T05:59:59Z")).toBeUndefined();
    expect(due("monthly", "2026-02-01T06:00:00Z")).toEqual({ from: "2026-01-01", to: "2026-01-31" });
    expect(due("monthly", "2026-03-31T23:00:00Z")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(due("weekly", "2026-01-19T06:00:00Z")).toEqual({ from: "2026-01-12", to: "2026-01-18" });
    expect(due("weekly", "2026-01-19T05:00:00Z")).toBeUndefined();
  });

  it("ends with the days of the programme's time zone, and begins with the period in which it was asked for", () => {
    expect(due("monthly", "2026-02-01T06:00:00Z", undefined, "America/New_York")).toBeUndefined();
    expect(due("monthly", "2026-02-01T11:00:00Z", undefined, "America/New_York")).toMatchObject({ from: "2026-01-01" });
    expect(due("monthly", "2026-02-15T11:00:00Z", "2026-02-01T00:00:00Z")).toBeUndefined();
  });
});

let database: ClonedDatabase;
let tenants: TwoTenants;
let folder: string;
beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  folder = await mkdtemp(join(tmpdir(), "tributary-exports-"));
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const OWN = "/api/v1/partners/analytics/export-schedules";
const TEAM = "/api/v1/admin/partners/analytics/export-schedules";
const MONTHLY = { report: "commissions", format: "csv", rhythm: "monthly" };
const mailsOf = (subject: string) => tenants.world.mails.filter((mail) => mail.subject.includes(subject));
const runs = (scheduleId: string) =>
  asOwner(database, "select status, period_start::text as from from export_runs where schedule_id = $1", [scheduleId]);

/** What delivers exports, as the program has it but for people and mails. */
const delivering = (): ExportScheduleDeps => ({
  db: tenants.world.app.db,
  programs: tenants.world.app.programs,
  audit: createAudit(),
  outbox: createOutbox(() => ({})),
  maskEmail: (email) => email,
  mailer: { send: async () => {} },
  people: {
    isTeamMember: async () => true,
    contactsOf: async (_tx, ids) => new Map(ids.map((id) => [id, { email: "a@team.test", language: null }])),
  },
  partners: { getPartner: async () => ({ status: "active" }) },
  publicUrl: "http://operator.test",
  partnerLook: async () => undefined,
  exportFolder: folder,
});

async function weeklyOfTeam(delivery: "folder" | "mail"): Promise<string> {
  const { ours, world } = tenants;
  const id = newId();
  await asOwner(
    database,
    `insert into export_schedules (tenant_id, id, user_id, report, format, rhythm, delivery, created_at)
     select $1, $2, id, 'referrals', 'csv', 'weekly', $3, $4 from users where tenant_id = $1 limit 1`,
    [ours.tenantId, id, delivery, world.clock.now()],
  );
  return id;
}

describe("an export each month", () => {
  it("is mailed once for a period to who asked for it, however often the job wakes, and no more once it is ended", async () => {
    const { ours, world } = tenants;
    const { auth } = ours.partner;
    const made = await ours.send("POST", OWN, { auth, body: MONTHLY });
    expect(made).toMatchObject({ status: 201, body: { ...MONTHLY, delivery: "mail", lastRun: null } });
    const id = String(made.body["id"]);
    await world.wake("analytics.begin_exports");
    expect(await runs(id)).toEqual([]);

    world.clock.advance(32 * DAY_MS);
    await Promise.all([world.wake("analytics.begin_exports"), world.wake("analytics.begin_exports")]);
    await world.settle();
    await world.wake("analytics.begin_exports");
    await world.settle();
    expect(await runs(id)).toEqual([{ status: "delivered", from: "2026-03-01" }]);
    const [mail, ...others] = mailsOf("commissions, 1 March 2026");
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: ours.partner.email });
    expect(mail?.attachments?.[0]).toMatchObject({ filename: "commissions-2026-03-01-2026-03-31.csv" });
    expect(mail?.attachments?.[0]?.content.toString()).toContain("commission_id,occurred_at");

    const again = await world.signIn(ours.partner.email);
    expect((await ours.send("GET", OWN, { auth: again })).body["data"]).toMatchObject([
      { id, lastRun: { from: "2026-03-01", to: "2026-03-31", status: "delivered" } },
    ]);
    expect((await ours.send("DELETE", `${OWN}/${id}`, { auth: again })).status).toBe(200);
    expect((await ours.send("DELETE", `${OWN}/${id}`, { auth: again })).status).toBe(404);
    world.clock.advance(32 * DAY_MS);
    await world.wake("analytics.begin_exports");
    expect(await runs(id)).toHaveLength(1);
  });

  it("is refused to a key, to another tenant, and for a folder that the server has not been given", async () => {
    const { ours, theirs, world } = tenants;
    const admin = await ours.addMember("admin");
    const refusal = async (sent: ReturnType<typeof ours.send>) => (await sent).body["code"];
    expect(await refusal(ours.send("POST", OWN, { auth: ours.partnerKey, body: MONTHLY }))).toBe(
      "access.person_required",
    );
    expect(
      await refusal(ours.send("POST", OWN, { auth: await world.signIn(ours.partner.email), body: { report: "all" } })),
    ).toBe("request.invalid");
    const folderOne = { ...MONTHLY, delivery: "folder" };
    expect(await refusal(ours.send("POST", TEAM, { auth: admin, body: folderOne }))).toBe("analytics.no_export_folder");
    const made = await ours.send("POST", TEAM, { auth: admin, body: MONTHLY });
    const stranger = await theirs.addMember("admin");
    expect((await theirs.send("DELETE", `${TEAM}/${String(made.body["id"])}`, { auth: stranger })).status).toBe(404);
  });

  it("is laid into the server's folder once, whole or not at all, and a mail server that refuses is asked again", async () => {
    const { ours, world } = tenants;
    const refusing = { count: 0 };
    const deps: ExportScheduleDeps = {
      ...delivering(),
      mailer: {
        send: async () => {
          refusing.count += 1;
          throw new Error("no");
        },
      },
    };
    const ids = [await weeklyOfTeam("folder"), await weeklyOfTeam("mail")];
    world.clock.advance(8 * DAY_MS);
    await beginDueExports(deps)(ours.ctx());
    const due = await asOwner<{ id: string; from: string; to: string }>(
      database,
      `select schedule_id as id, period_start::text as "from", period_end::text as "to" from export_runs where schedule_id = any ($1)`,
      [ids],
    );
    for (const { id: scheduleId, from, to } of due) {
      const deliver = () => deliverExport(deps)(ours.ctx(), { scheduleId, from, to });
      if (scheduleId === ids[0]) await Promise.all([deliver(), deliver()]);
      else await expect(deliver()).rejects.toThrow("no");
    }
    expect(refusing.count).toBe(1);
    expect(await runs(ids[0] ?? "")).toMatchObject([{ status: "delivered" }]);
    expect(await runs(ids[1] ?? "")).toMatchObject([{ status: "waiting" }]);
    const files = await readdir(join(folder, ours.tenantId, ids[0] ?? ""));
    expect(files).toEqual([`referrals-${due[0]?.from}-${due[0]?.to}.csv`]);
    const text = await readFile(join(folder, ours.tenantId, ids[0] ?? "", files[0] ?? ""), "utf8");
    expect(text).toContain("referral_id,created_at");
  });

  it("for a folder that is not set any more is written nowhere, stays due and says so, and holds up no other", async () => {
    const { ours, world } = tenants;
    const lost = { ...delivering(), exportFolder: undefined };
    const [laid, mailed, begun] = [
      await weeklyOfTeam("folder"),
      await weeklyOfTeam("mail"),
      await weeklyOfTeam("folder"),
    ];
    const before = await readdir(process.cwd());
    world.clock.advance(8 * DAY_MS);
    const missing = { code: "analytics.no_export_folder" };
    await expect(beginDueExports(lost)(ours.ctx())).rejects.toMatchObject(missing);
    expect(await runs(laid)).toEqual([]);
    const [{ from } = { from: "" }] = (await runs(mailed)) as { from: string }[];
    // One whose job was enqueued before the restart.
    await asOwner(
      database,
      `insert into export_runs (tenant_id, schedule_id, period_start, period_end, status, begun_at)
       values ($1, $2, $3, $3::date + 6, 'waiting', $4)`,
      [ours.tenantId, begun, from, world.clock.now()],
    );
    const due = { scheduleId: begun, from, to: addDays(from, 6) };
    await expect(deliverExport(lost)(ours.ctx(), due)).rejects.toMatchObject(missing);
    expect(await runs(begun)).toMatchObject([{ status: "waiting" }]);
    expect(await readdir(process.cwd())).toEqual(before);

    await beginDueExports(delivering())(ours.ctx());
    await deliverExport(delivering())(ours.ctx(), { ...due, scheduleId: laid });
    await deliverExport(delivering())(ours.ctx(), due);
    expect(await runs(laid)).toEqual([{ status: "delivered", from }]);
    expect(await runs(begun)).toEqual([{ status: "delivered", from }]);
  });
});
