import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fresh, grant, must } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";

const OWN = "/api/v1/partners/tickets";
const ALL = "/api/v1/admin/tickets";
const NOTE = { name: "../note.txt", content: Buffer.from("Seen on 3 March").toString("base64") };

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

type Row = Record<string, unknown>;
const open = async (more: object = {}, who: PartnerAt = ours.partner): Promise<string> =>
  String(
    (await must(ours, "POST", OWN, { auth: who.auth, body: { subject: "A question", message: "Why?", ...more } }))[
      "id"
    ],
  );
const write = (id: string, message: string, who: PartnerAt = ours.partner) =>
  ours.send("POST", `${OWN}/${id}/messages`, { auth: who.auth, body: { message } });
const answer = (id: string, body: object) =>
  must(ours, "POST", `${ALL}/${id}/messages`, { auth: ours.support, body: { message: "So.", ...body } });
const read = (id: string) => must(ours, "GET", `${OWN}/${id}`, { auth: ours.partner.auth });
const readAll = (id: string) => must(ours, "GET", `${ALL}/${id}`, { auth: ours.support });
const statusOf = async (id: string) => (await read(id))["status"];
const messagesOf = (ticket: Row) => ticket["messages"] as (Row & { files: Row[] })[];
const memberId = async (auth: string) =>
  ((await must(ours, "GET", "/api/v1/auth/me", { auth }))["user"] as { id: string }).id;
/** Mails that were sent since, to whom. */
const mailsSince = async (start: number) => {
  await tenants.world.settle();
  return tenants.world.mails.slice(start);
};

describe("a ticket", () => {
  it("passes from side to side, is solved, opened again by a message, and closed for good", async () => {
    const id = await open();
    expect(await statusOf(id)).toBe("open");
    await answer(id, {});
    expect(await statusOf(id)).toBe("waiting");
    await must(ours, "POST", `${OWN}/${id}/solve`, { auth: ours.partner.auth });
    expect(await read(id)).toMatchObject({ status: "solved", solvedAt: expect.any(String) });
    expect((await write(id, "Not yet")).status).toBe(201);
    expect(await statusOf(id)).toBe("open");
    await must(ours, "PATCH", `${ALL}/${id}`, { auth: ours.support, body: { status: "closed" } });
    expect((await write(id, "And yet")).body).toMatchObject({ status: 409, code: "ticket.closed" });
    const late = await ours.send("POST", `${OWN}/${id}/solve`, { auth: ours.partner.auth });
    expect(late.body).toMatchObject({ status: 409, code: "ticket.wrong_state" });
    expect(messagesOf(await read(id)).map(({ author }) => author)).toEqual(["partner", "operator", "partner"]);
  });

  it("shows a partner neither notes of the team, nor their files, nor who has it", async () => {
    const id = await open();
    const before = await read(id);
    const note = await answer(id, { message: "Looks like fraud", files: [NOTE], isInternal: true });
    await must(ours, "PATCH", `${ALL}/${id}`, {
      auth: ours.support,
      body: { assignedTo: await memberId(ours.support) },
    });
    expect(await read(id)).toEqual(before);
    expect(Object.keys(before)).not.toContain("assignedTo");
    expect(messagesOf(await readAll(id)).map(({ isInternal }) => isInternal)).toEqual([false, true]);
    const [file] = (note as { files: Row[] }).files;
    const asked = (url: string, auth: string) => ours.send("GET", `${url}/files/${String(file?.["id"])}`, { auth });
    expect((await asked(OWN, ours.partner.auth)).body).toMatchObject({ status: 404, code: "file.not_found" });
    expect((await asked(ALL, ours.support)).status).toBe(200);
  });

  it("sends files as attachments that no browser opens, to its own partner alone", async () => {
    const id = await open({ files: [NOTE] });
    const [file] = messagesOf(await read(id))[0]?.files ?? [];
    expect(file).toMatchObject({ name: "note.txt", mediaType: "text/plain", size: 15 });
    const url = `${OWN}/files/${String(file?.["id"])}`;
    const { text, headers } = await ours.send("GET", url, { auth: ours.partner.auth });
    expect(text).toBe("Seen on 3 March");
    expect(headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="note.txt"; filename*=UTF-8''note.txt`,
      "x-content-type-options": "nosniff",
    });
    expect((await ours.send("GET", url, { auth: ours.rival.auth })).status).toBe(404);
    expect((await tenants.theirs.send("GET", url, { auth: tenants.theirs.partner.auth })).status).toBe(404);
  });

  it("with a file that is refused is not opened at all", async () => {
    const subject = fresh("subject");
    const body = { subject, message: "See", files: [{ name: "a.png", content: "UEsDBAAAAAAAAAAAAAAAAA==" }] };
    const { body: refused } = await ours.send("POST", OWN, { auth: ours.partner.auth, body });
    expect(refused).toMatchObject({ status: 400, code: "file.type_refused" });
    const rows = await asOwner(database, "select 1 from support_tickets where subject = $1", [subject]);
    expect(rows).toEqual([]);
  });

  it("is about something of its partner, and of nobody else", async () => {
    const object = { type: "commission", id: await grant(ours, ours.partner.id) };
    const id = await open({ object });
    expect(await read(id)).toMatchObject({ object });
    const listed = await must(ours, "GET", OWN, { auth: ours.partner.auth, query: { objectId: object.id } });
    expect((listed["data"] as Row[]).map((row) => row["id"])).toEqual([id]);
    for (const [type, who] of [
      ["commission", ours.rival],
      ["payout", ours.partner],
      ["referral", ours.partner],
    ] as const) {
      const body = { subject: "A question", message: "Whose?", object: { type, id: object.id } };
      const { body: refused } = await ours.send("POST", OWN, { auth: who.auth, body });
      expect(refused).toMatchObject({ status: 404, code: "ticket.object_not_found" });
    }
  });

  it("of another partner or tenant is as though it were not there", async () => {
    const id = await open();
    for (const [side, auth, url] of [
      [ours, ours.rival.auth, OWN],
      [tenants.theirs, tenants.theirs.partner.auth, OWN],
      [tenants.theirs, tenants.theirs.admin, ALL],
    ] as const) {
      expect((await side.send("GET", `${url}/${id}`, { auth })).status).toBe(404);
      const written = await side.send("POST", `${url}/${id}/messages`, { auth, body: { message: "Mine" } });
      expect(written.status).toBe(404);
    }
    expect(messagesOf(await read(id))).toHaveLength(1);
  });

  it("is mailed with a link back: to whoever has it, or to those who answer tickets; notes to nobody", async () => {
    const { mails } = tenants.world;
    // News of earlier tests becomes a notice, and that a mail.
    for (const _ of [1, 2]) await tenants.world.settle();
    let start = mails.length;
    const id = await open({ message: "<b>Why</b>?\n\nReally", files: [NOTE] });
    const [mail, ...others] = await mailsSince(start);
    // The admin and the member for support of this test; finance is not told.
    expect(others).toHaveLength(1);
    expect(mail?.text).toContain(`http://operator.test/portal/support?open=${id}`);
    expect(mail?.text).toContain("Files: note.txt");
    expect(mail?.html).toContain("&lt;b&gt;Why&lt;/b&gt;?");

    await must(ours, "PATCH", `${ALL}/${id}`, {
      auth: ours.support,
      body: { assignedTo: await memberId(ours.finance) },
    });
    start = mails.length;
    await write(id, "Still");
    expect((await mailsSince(start)).map(({ to }) => to)).toEqual([expect.stringMatching(/^finance-/)]);

    start = mails.length;
    await answer(id, { isInternal: true });
    expect(await mailsSince(start)).toEqual([]);
    await answer(id, {});
    expect((await mailsSince(start)).map(({ to }) => to)).toEqual([ours.partner.email]);
  });

  it("goes to members of the team alone", async () => {
    const id = await open();
    const partner = await memberId(ours.partner.auth);
    const { body } = await ours.send("PATCH", `${ALL}/${id}`, { auth: ours.support, body: { assignedTo: partner } });
    expect(body).toMatchObject({ status: 400, code: "ticket.assignee_unknown" });
    const mine = await memberId(ours.support);
    await must(ours, "PATCH", `${ALL}/${id}`, { auth: ours.support, body: { assignedTo: mine } });
    const listed = await must(ours, "GET", ALL, { auth: ours.support, query: { assignedTo: mine, status: "open" } });
    expect((listed["data"] as Row[]).map((row) => row["id"])).toContain(id);
  });

  it("may be opened by the team, and waits for the partner then", async () => {
    const opened = await must(ours, "POST", ALL, {
      auth: ours.support,
      body: { partnerId: ours.partner.id, subject: "Your tax form", message: "It has run out." },
    });
    expect(await statusOf(String(opened["id"]))).toBe("waiting");
  });

  it("is told to webhooks without a word of what was written, and stands in the audit without one", async () => {
    const word = fresh("word");
    const id = await open({ message: word });
    await answer(id, { message: word, isInternal: true });
    const told = await asOwner<{ type: string; data: object }>(
      database,
      "select type, data from outbox_events where object_id = $1 order by position",
      [id],
    );
    const acts = await asOwner<{ action: string; after: object }>(
      database,
      "select action, after from audit_log where target_id = $1 order by position",
      [id],
    );
    expect(told.map(({ type }) => type)).toEqual(["ticket.opened", "ticket.noted"]);
    expect(acts.map(({ action }) => action)).toEqual(["ticket.opened", "ticket.noted"]);
    expect(JSON.stringify([told, acts])).not.toContain(word);
  });

  it("that both sides answer at once keeps both messages and one state", async () => {
    const id = await open();
    await Promise.all([write(id, "One"), answer(id, { message: "Two" }), write(id, "Three")]);
    const { messages, status } = (await readAll(id)) as { messages: Row[]; status: string };
    expect(messages).toHaveLength(4);
    // The audit has the moves in the order in which the lock gave them.
    const moves = await asOwner<{ status: string }>(
      database,
      "select after ->> 'status' as status from audit_log where target_id = $1 and action = 'ticket.answered' order by position",
      [id],
    );
    expect(moves.map((move) => move.status).sort()).toEqual(["open", "open", "waiting"]);
    expect(status).toBe(moves.at(-1)?.status);
  });
});

describe("tickets", () => {
  it("are listed by pages, in the order that is asked for, each partner's own", async () => {
    const { auth, id: partnerId } = ours.rival;
    const ids = [await open({}, ours.rival), await open({}, ours.rival), await open({}, ours.rival)];
    const seen: unknown[] = [];
    let cursor: unknown;
    do {
      const query: Row = { limit: 2, sort: "openedAt", ...(cursor ? { cursor } : {}) };
      const page = await must(ours, "GET", OWN, { auth, query });
      seen.push(...(page["data"] as Row[]).map((row) => row["id"]));
      cursor = page["nextCursor"];
    } while (cursor);
    expect(seen).toEqual(ids);
    const all = await must(ours, "GET", ALL, { auth: ours.admin, query: { partnerId, sort: "openedAt" } });
    expect((all["data"] as Row[]).map((row) => row["id"])).toEqual(ids);
  });

  it("of one partner cannot flood the team, whether they are taken or refused", async () => {
    const flooder = await ours.register("affiliate");
    let status = 201;
    for (let turn = 0; turn < 70 && status < 400; turn += 1) {
      const body = { subject: "Again", message: "And again" };
      ({ status } = await ours.send("POST", OWN, { auth: flooder.auth, body }));
    }
    expect(status).toBe(429);
    // Others are not kept from asking.
    await open();
  });
});
