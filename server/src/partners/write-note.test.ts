import { afterAll, beforeAll, expect, it } from "vitest";
import { openApp, type WholeApp } from "../../test/kit/app.ts";
import { type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import { partnerNotesPersonalData } from "./index.ts";

let database: ClonedDatabase;
let world: WholeApp;
let partner: { id: string; auth: string };

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  partner = await world.addPartner({ email: "ada@partners.test" });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await database.drop();
});

const notes = (id: string) => `/api/v1/admin/partners/${id}/notes`;
const write = (body: string, id = partner.id) =>
  world.send<{ id: string }>("POST", notes(id), { auth: world.operatorKey, body: { body } });
const list = async () =>
  (await world.send<{ data: { id: string; body: string }[] }>("GET", notes(partner.id), { auth: world.operatorKey }))
    .body.data;

it("a note stands beside the partner until it is taken away, and the trail has that there was one, not what it said", async () => {
  const { body: note } = await write("Wants a call before Friday.");
  expect(await list()).toMatchObject([{ id: note.id, body: "Wants a call before Friday." }]);
  const gone = await world.send("DELETE", `${notes(partner.id)}/${note.id}`, { auth: world.operatorKey });
  expect(gone.status).toBe(204);
  expect(await list()).toEqual([]);
  const trail = await world.send<{ data: { action: string }[] }>(
    "GET",
    `/api/v1/admin/audit?targetId=${partner.id}&sort=-position&limit=2`,
    { auth: world.operatorKey },
  );
  expect(trail.body.data.map(({ action }) => action)).toEqual(["partner.note_removed", "partner.note_written"]);
  expect(JSON.stringify(trail.body)).not.toContain("Friday");
});

it("a partner sees no note, and one of another partner is not there", async () => {
  const { body: note } = await write("Between us.");
  const other = await world.addPartner({ email: "bea@partners.test" });
  expect((await world.send("GET", notes(partner.id), { auth: partner.auth })).status).toBe(403);
  const gone = await world.send("DELETE", `${notes(other.id)}/${note.id}`, { auth: world.operatorKey });
  expect(gone.status).toBe(404);
  expect((await write("Nobody's.", newId())).status).toBe(404);
  expect((await write("")).status).toBe(400);
});

it("what the notes hold of a person can be told and forgotten", async () => {
  await write("To be forgotten.");
  const subject = { userId: newId(), email: "ada@partners.test", partnerId: partner.id };
  const { db } = world.app;
  expect(await db.read(world.ctx(), (tx) => partnerNotesPersonalData.collect(tx, subject))).toEqual([]);
  const { length } = await list();
  const count = await db.transaction(world.ctx(), (tx) => partnerNotesPersonalData.erase(tx, subject));
  expect(count).toBe(length);
  expect(await list()).toEqual([]);
});
