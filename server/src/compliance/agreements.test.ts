import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must, ownBank, requestPayout } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { blocksOf } from "./agreement-file.ts";
import { textHash } from "./agreement-rules.ts";
import { compliancePersonalData } from "./index.ts";

const DAY_MS = 86_400_000;

describe("the printed text", () => {
  it("has every word of the Markdown", () => {
    expect(blocksOf("# One\nfirst line\nsecond line\n\n- an item\n2. another\n\n`code` **stays**")).toEqual([
      { level: 1, isItem: false, text: "One" },
      { level: 0, isItem: false, text: "first line second line" },
      { level: 0, isItem: true, text: "• an item" },
      { level: 0, isItem: true, text: "2. another" },
      { level: 0, isItem: false, text: "`code` **stays**" },
    ]);
  });
});

describe("agreements", () => {
  let database: ClonedDatabase;
  let tenants: TwoTenants;
  let ours: Side;
  beforeAll(async () => {
    database = await cloneDatabase();
    tenants = await openTwoTenants(database);
    ours = tenants.ours;
  });
  afterAll(async () => {
    await tenants?.[Symbol.asyncDispose]();
    await database?.drop();
  });

  type Row = Record<string, unknown> & { id: string };
  const OWN = "/api/v1/partners/agreements";
  const ALL = "/api/v1/admin/agreements";
  const VERSIONS = "/api/v1/admin/agreement-versions";
  const TEXT = { title: "Rules", body: "## 1\n\nBe kind.", blocksPayouts: true, blocksApproval: false, graceDays: 10 };
  const make = async (change: object = {}): Promise<{ agreement: string; draft: Row }> => {
    const body = { name: "Rules", tiers: ["tier4"], ...TEXT, ...change };
    const made = await must(ours, "POST", ALL, { auth: ours.operatorKey, body });
    const [draft] = made["versions"] as Row[];
    return { agreement: String(made["id"]), draft: draft as Row };
  };
  const publish = (draft: Row, body: object = {}) =>
    ours.send("POST", `${VERSIONS}/${draft.id}/publish`, {
      auth: ours.operatorKey,
      body: { readHash: draft["textHash"], ...body },
    });
  const as = (who: PartnerAt): Promise<string> => tenants.world.signIn(who.email);
  const accept = async (who: PartnerAt, version: Row, hash = version["textHash"]) =>
    ours.send("POST", `${OWN}/${version.id}/accept`, { auth: await as(who), body: { textHash: hash } });
  const ownOf = async (who: PartnerAt): Promise<Row[]> =>
    (await must(ours, "GET", OWN, { auth: await as(who) }))["data"] as Row[];
  const next = (agreement: string, change: object = {}) =>
    must(ours, "POST", `${ALL}/${agreement}/versions`, {
      auth: ours.operatorKey,
      body: { ...TEXT, ...change },
    }) as Promise<Row>;
  /** Takes everything out of the way of the next test: a later version that asks nothing. */
  const retire = async (agreement: string): Promise<void> => {
    tenants.world.clock.advance(1_000);
    await publish(await next(agreement, { blocksPayouts: false }));
  };

  it("are drafted, edited by who has read them, published once, and never change then", async () => {
    const { agreement, draft } = await make();
    const edit = (readHash: unknown, body: string) =>
      ours.send("PUT", `${VERSIONS}/${draft.id}`, { auth: ours.operatorKey, body: { readHash, ...TEXT, body } });
    const edited = await edit(draft["textHash"], "Be kinder.");
    expect(edited.body).toMatchObject({
      body: "Be kinder.",
      textHash: textHash({ title: "Rules", body: "Be kinder." }),
    });
    expect((await edit(draft["textHash"], "Mine")).body).toMatchObject({
      status: 409,
      code: "agreement.draft_changed",
    });
    expect((await publish(draft)).body).toMatchObject({ status: 409, code: "agreement.draft_changed" });
    const version = edited.body as Row;
    const late = await publish(version, { effectiveFrom: "2026-01-01T00:00:00Z" });
    expect(late.body).toMatchObject({ status: 409, code: "agreement.effective_too_early" });
    expect((await publish(version)).body).toMatchObject({ number: 1, status: "published" });
    expect((await edit(version["textHash"], "Mine")).body).toMatchObject({ status: 409, code: "agreement.published" });
    expect((await publish(version)).body).toMatchObject({ status: 409, code: "agreement.published" });
    await expect(
      asOwner(database, "update agreement_versions set body = 'Mine' where id = $1", [draft.id]),
    ).rejects.toThrow(/not changed/);
    const last = await next(agreement, { blocksPayouts: false });
    const twice = await ours.send("POST", `${ALL}/${agreement}/versions`, { auth: ours.operatorKey, body: TEXT });
    expect(twice.body).toMatchObject({ status: 409, code: "agreement.draft_open" });
    tenants.world.clock.advance(1_000);
    expect((await publish(last)).body).toMatchObject({ number: 2 });
  });

  it("are accepted by a person, once, with the text that they saw; by no key and not by others' tiers", async () => {
    const { agreement, draft } = await make();
    expect((await accept(ours.partner, draft)).body).toMatchObject({
      status: 404,
      code: "agreement.version_not_found",
    });
    await publish(draft);
    const other = await ours.register("affiliate");
    expect((await accept(other, draft)).body).toMatchObject({ status: 404, code: "agreement.version_not_found" });
    const wrong = await accept(ours.partner, draft, "0".repeat(64));
    expect(wrong.body).toMatchObject({ status: 409, code: "agreement.text_differs" });
    const byKey = await ours.send("POST", `${OWN}/${draft.id}/accept`, {
      auth: ours.partnerKey,
      body: { textHash: draft["textHash"] },
    });
    expect(byKey.status).toBe(403);
    const answers = await Promise.all([1, 2, 3].map(() => accept(ours.partner, draft)));
    expect(answers.map(({ body }) => body["status"])).toEqual(["accepted", "accepted", "accepted"]);
    const kept = await asOwner(
      database,
      "select text_hash, ip, user_id from agreement_acceptances where version_id = $1",
      [draft.id],
    );
    expect(kept).toMatchObject([{ text_hash: draft["textHash"], ip: expect.stringContaining("2001:db8") }]);
    await expect(
      asOwner(database, "delete from agreement_acceptances where version_id = $1", [draft.id]),
    ).rejects.toThrow(/append-only/);
    const told = await asOwner<{ type: string; data: object }>(
      database,
      "select type, data from outbox_events where type = 'agreement.accepted' and data ->> 'versionId' = $1",
      [draft.id],
    );
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain("2001:db8");
    await retire(agreement);
  });

  it("hold payouts when the grace is over, until they are accepted", async () => {
    const { agreement, draft } = await make();
    await publish(draft);
    const { rival } = ours;
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: await as(rival), body: ownBank() });
    const payout = await requestPayout(ours, rival);
    const release = async () =>
      ours.send("POST", "/api/v1/admin/payouts/process", {
        auth: ours.operatorKey,
        body: { payoutId: payout },
        key: `${payout}-${tenants.world.clock.now().getTime()}`,
      });
    const [open] = (await ownOf(rival)).filter(({ id }) => id === draft.id);
    expect(open).toMatchObject({ status: "open", acceptBy: expect.any(String) });
    tenants.world.clock.advance(11 * DAY_MS);
    expect((await release()).body).toMatchObject({
      code: "payout.held",
      facts: { reason: "Agreement: 'Rules', version 1, is not accepted" },
    });
    await accept(rival, draft);
    expect((await release()).status).toBe(200);
    await retire(agreement);
  });

  it("are written to the active partners of their tiers, with the day from which payouts wait; of a version that is replaced at once nobody is told", async () => {
    const { world } = tenants;
    const affiliate = await ours.register("affiliate");
    const written = async (): Promise<Record<string, string[]>> => {
      // The job tells, what is told is taken, and then sent.
      for (let step = 0; step < 3; step += 1) await world.settle();
      const mails = world.mails.filter(({ subject }) => subject.startsWith("To accept: "));
      world.mails.length = 0;
      return Object.fromEntries(
        [ours.partner, ours.rival, affiliate].map(({ email }) => [
          email,
          mails.filter(({ to }) => to === email).flatMap(({ text }) => /asks you to read.*/.exec(text) ?? []),
        ]),
      );
    };
    const asked = (words: string) => ({
      [ours.partner.email]: [words],
      [ours.rival.email]: [words],
      [affiliate.email]: [],
    });
    await written();
    const { agreement, draft } = await make();
    const from = new Date(world.clock.now().getTime() + DAY_MS);
    await publish(draft, { effectiveFrom: from.toISOString() });
    const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
    const waits = day.format(new Date(from.getTime() + 10 * DAY_MS));
    expect(await written()).toEqual(
      asked(`asks you to read and accept this: Rules. Until you accept it, payouts wait from ${waits} on.`),
    );
    world.clock.advance(2 * DAY_MS);
    await publish(await next(agreement));
    world.clock.advance(1_000);
    await publish(await next(agreement, { title: "Newer rules", blocksPayouts: false }));
    expect(await written()).toEqual(
      asked("asks you to read and accept this: Newer rules. Payouts do not wait for it."),
    );
  });

  it("ask again with a new version; of what was accepted the text stays to be read", async () => {
    const { agreement, draft } = await make();
    await publish(draft);
    await accept(ours.partner, draft);
    const second = await next(agreement, { body: "## 1\n\nBe kinder." });
    const from = new Date(tenants.world.clock.now().getTime() + 5 * DAY_MS).toISOString();
    await publish(second, { effectiveFrom: from });
    const statuses = async () =>
      (await ownOf(ours.partner))
        .filter((one) => one["agreementId"] === agreement)
        .map((one) => [one["number"], one["status"]]);
    // It can be accepted before it is in force.
    expect(await statuses()).toEqual([
      [2, "open"],
      [1, "accepted"],
    ]);
    tenants.world.clock.advance(6 * DAY_MS);
    expect(await statuses()).toEqual([
      [2, "open"],
      [1, "replaced"],
    ]);
    const file = async (id: string, format: string) =>
      ours.send("GET", `${OWN}/${id}/file`, { auth: await as(ours.partner), query: { format } });
    const { text, headers } = await file(draft.id, "text");
    expect(text).toContain("Be kind.");
    expect(text).toContain(String(draft["textHash"]));
    expect(text).toMatch(/Accepted 20\S+ by Ada for partner/);
    expect(headers["content-disposition"]).toContain("-v1.txt");
    expect((await file(draft.id, "pdf")).text.startsWith("%PDF-")).toBe(true);
    const rivals = await ours.send("GET", `${OWN}/${draft.id}/file`, {
      auth: await as(ours.rival),
    });
    expect(rivals.body).toMatchObject({ status: 404, code: "agreement.version_not_found" });
    const again = await accept(ours.partner, draft);
    expect(again.body).toMatchObject({ status: "replaced" });
    const fresh = await accept(ours.rival, draft);
    expect(fresh.body).toMatchObject({ status: 404, code: "agreement.version_not_found" });
    await retire(agreement);
  });

  it("keep applicants until they have accepted, and let them in by themselves then", async () => {
    await ours.app.db.transaction(ours.ctx(), async (tx) => {
      await tx
        .updateTable("programs")
        .set({ auto_approved_tiers: ["tier1"] })
        .where("tenant_id", "=", ours.tenantId)
        .execute();
    });
    const { agreement, draft } = await make({ tiers: ["tier1"], blocksApproval: true });
    await publish(draft);
    const applicant = await ours.register("affiliate");
    const status = async () =>
      (await must(ours, "GET", "/api/v1/partners/profile", { auth: await as(applicant) }))["status"];
    expect(await status()).toBe("pending");
    await accept(applicant, draft);
    expect(await status()).toBe("active");
    await retire(agreement);
  });

  it("show the team who has accepted what, and give it out as CSV", async () => {
    const { agreement, draft } = await make();
    await publish(draft);
    await accept(ours.partner, draft);
    const shown = await must(ours, "GET", `${ALL}/${agreement}`, { auth: ours.operatorKey });
    expect(shown["versions"]).toMatchObject([{ isInForce: true, accepted: 1 }]);
    const listed = await must(ours, "GET", `${VERSIONS}/${draft.id}/acceptances`, { auth: ours.operatorKey });
    expect(listed["data"]).toMatchObject([{ partnerId: ours.partner.id, userName: "Ada", email: ours.partner.email }]);
    const csv = await ours.send("GET", `${VERSIONS}/${draft.id}/acceptances/file`, { auth: ours.operatorKey });
    expect(csv.text.trim().split("\n")).toHaveLength(2);
    expect(csv.text).toContain(`${ours.partner.id},,Ada,${ours.partner.email},`);
    const proof = await ours.send("GET", `${VERSIONS}/${draft.id}/file`, {
      auth: ours.operatorKey,
      query: { format: "text", partnerId: ours.partner.id },
    });
    expect(proof.text).toContain("Accepted");
    const { theirs } = tenants;
    const theirAdmin = await theirs.addMember("admin");
    for (const url of [`${ALL}/${agreement}`, `${VERSIONS}/${draft.id}/acceptances`, `${VERSIONS}/${draft.id}/file`])
      expect((await theirs.send("GET", url, { auth: theirAdmin })).status).toBe(404);
    await retire(agreement);
  });

  it("are part of what is told to the person who accepted them, and are not erased", async () => {
    const { agreement, draft } = await make();
    await publish(draft);
    await accept(ours.partner, draft);
    const [row] = await asOwner<{ user_id: string }>(
      database,
      "select user_id from agreement_acceptances where version_id = $1",
      [draft.id],
    );
    const subject = { userId: String(row?.user_id), email: ours.partner.email, partnerId: ours.partner.id };
    const told = await ours.app.db.read(ours.ctx(), (tx) => compliancePersonalData.collect(tx, subject));
    expect(told).toContainEqual(expect.objectContaining({ kind: "agreement_acceptance", id: draft.id }));
    const erased = await ours.app.db.transaction(ours.ctx(), (tx) => compliancePersonalData.erase(tx, subject));
    expect(erased).toBe(0);
    await retire(agreement);
  });

  it("in a script without letters in the PDF are given as text alone", async () => {
    const { draft } = await make({ title: "הסכם", body: "היו נחמדים." });
    const file = (format: string) =>
      ours.send("GET", `${VERSIONS}/${draft.id}/file`, { auth: ours.operatorKey, query: { format } });
    expect((await file("pdf")).body).toMatchObject({ status: 409, code: "agreement.script_not_printed" });
    expect((await file("text")).text).toContain("היו נחמדים.");
  });
});
