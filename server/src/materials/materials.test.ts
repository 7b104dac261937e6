import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PNG } from "../../test/kit/journey-scenes.ts";
import { fresh, must, visit } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { newId } from "../kernel/id.ts";
import { materialPersonalData } from "./index.ts";

const OWN = "/api/v1/partners/materials";
const ALL = "/api/v1/admin/materials";
const NOTE = { name: "guide.txt", content: Buffer.from("How to").toString("base64") };

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let reseller: PartnerAt;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  reseller = await ours.register("reseller");
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

type Row = Record<string, unknown>;
const banner = (more: object = {}) => ({
  kind: "banner",
  title: fresh("banner"),
  alt: "Cards",
  tiers: ["tier4"],
  file: { name: "banner.png", content: PNG },
  ...more,
});
const create = (body: object) => ours.send("POST", ALL, { auth: ours.operatorKey, body });
const offer = async (body: object): Promise<string> =>
  String((await must(ours, "POST", ALL, { auth: ours.operatorKey, body }))["id"]);
const change = (id: string, body: object) => ours.send("PATCH", `${ALL}/${id}`, { auth: ours.operatorKey, body });
const read = (id: string, who: PartnerAt = ours.partner, query: object = {}) =>
  ours.send("GET", `${OWN}/${id}`, { auth: who.auth, query: query as Row });
const readAll = async (id: string) => must(ours, "GET", `${ALL}/${id}`, { auth: ours.operatorKey });
const idsOf = async (who: PartnerAt, query: Row = {}) =>
  ((await must(ours, "GET", OWN, { auth: who.auth, query }))["data"] as Row[]).map((row) => row["id"]);
const codeOf = async (body: object) => (await create(body)).body["code"];

describe("a banner", () => {
  it("comes to a partner as code with the partner's own link and a picture that anybody can fetch", async () => {
    const id = await offer(banner({ alt: 'Cards "for" <you>' }));
    const { body } = await read(id);
    const link = `http://operator.test/r/${ours.partner.referralCode}`;
    expect(body).toMatchObject({ link, imageUrl: `http://operator.test/m/${id}`, width: 1, height: 1, text: null });
    expect(body["embedCode"]).toBe(
      `<a href="${link}" rel="sponsored noopener"><img src="http://operator.test/m/${id}" alt="Cards &quot;for&quot; &lt;you&gt;" width="1" height="1"></a>`,
    );
    const picture = await ours.send("GET", `/m/${id}`);
    expect(picture.headers).toMatchObject({
      "content-type": "image/png",
      "cross-origin-resource-policy": "cross-origin",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=300",
    });
    const again = await ours.send("GET", `/m/${id}`, { headers: { "if-none-match": String(picture.headers["etag"]) } });
    expect(again).toMatchObject({ status: 304, text: "" });
  });

  it("takes another link of the partner, leads where it says, and nobody else's link", async () => {
    const id = await offer(banner({ destinationUrl: "https://shop.test/spring?a=1&b=2" }));
    const made = await must(ours, "POST", "/api/v1/partners/referrals/link", {
      auth: ours.partner.auth,
      body: { campaign: fresh("campaign") },
    });
    const { body } = await read(id, ours.partner, { linkId: made["id"] });
    const link = new URL(String(body["link"]));
    expect(link.pathname).toBe(`/r/${String(made["code"])}`);
    const followed = await ours.send("GET", `${link.pathname}${link.search}`);
    const led = new URL(String(followed.headers["location"]));
    expect([led.host, led.pathname, led.searchParams.get("b")]).toEqual(["shop.test", "/spring", "2"]);
    expect(String(body["embedCode"])).not.toContain("&b=2");

    expect((await read(id, ours.rival, { linkId: made["id"] })).body).toMatchObject({
      code: "material.link_not_found",
    });
    await must(ours, "POST", `/api/v1/partners/referrals/links/${String(made["id"])}/archive`, {
      auth: ours.partner.auth,
    });
    const { body: gone } = await read(id, ours.partner, { linkId: made["id"] });
    expect(gone).toMatchObject({ code: "material.link_not_found" });
  });

  it("that is replaced is another at the same address, and what it was is kept", async () => {
    const id = await offer(banner());
    const before = (await ours.send("GET", `/m/${id}`)).headers["etag"];
    const body = { alt: "Newer", file: { name: "newer.png", content: PNG } };
    await must(ours, "POST", `${ALL}/${id}/versions`, { auth: ours.operatorKey, body });
    expect((await ours.send("GET", `/m/${id}`)).headers["etag"]).not.toBe(before);
    expect((await read(id)).body).toMatchObject({ version: 2, alt: "Newer", file: { name: "newer.png" } });
    const { versions } = await readAll(id);
    expect((versions as Row[]).map(({ number, alt }) => [number, alt])).toEqual([
      [2, "Newer"],
      [1, "Cards"],
    ]);
    const old = await ours.send("GET", `${ALL}/${id}/versions/1/file`, { auth: ours.operatorKey });
    expect(old.headers["content-disposition"]).toContain("banner.png");
    expect((await ours.send("GET", `${ALL}/${id}/versions/3/file`, { auth: ours.operatorKey })).status).toBe(404);
  });

  it("that is withdrawn is gone for partners and from their pages, and comes back when it is offered again", async () => {
    const id = await offer(banner());
    await change(id, { status: "archived" });
    expect([(await read(id)).status, (await ours.send("GET", `/m/${id}`)).status]).toEqual([404, 404]);
    expect(await idsOf(ours.partner)).not.toContain(id);
    const late = await ours.send("POST", `${ALL}/${id}/versions`, {
      auth: ours.operatorKey,
      body: { alt: "Late", file: { name: "late.png", content: PNG } },
    });
    expect(late.body).toMatchObject({ status: 409, code: "material.archived" });
    await change(id, { status: "active" });
    expect((await read(id)).status).toBe(200);
  });

  it("is a picture by its bytes: no SVG, no page, nothing that only says so", async () => {
    const file = (content: string | Buffer, name = "a.png") => ({
      name,
      content: Buffer.from(content).toString("base64"),
    });
    const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    expect(await codeOf(banner({ file: file(svg, "a.svg") }))).toBe("file.type_refused");
    expect(await codeOf(banner({ file: file("<svg onload=alert(1)>") }))).toBe("material.not_an_image");
    expect(await codeOf(banner({ file: file("<html>") }))).toBe("material.not_an_image");
    const cut = Buffer.from(PNG, "base64").subarray(0, 18);
    expect(await codeOf(banner({ file: file(cut) }))).toBe("material.image_unreadable");
    expect(await codeOf(banner({ alt: undefined }))).toBe("material.alt_missing");
    expect(await codeOf(banner({ file: undefined }))).toBe("material.content_missing");
    expect(await codeOf(banner({ destinationUrl: "https://evil.test/" }))).toBe("material.destination_refused");
  });

  it("is the only thing that is shown to anybody: a file's picture is not", async () => {
    const id = await offer({
      kind: "file",
      title: fresh("file"),
      tiers: ["tier4"],
      file: { name: "a.png", content: PNG },
    });
    expect((await ours.send("GET", `/m/${id}`)).status).toBe(404);
  });
});

describe("a text", () => {
  it("comes with the partner's link, code and name in their places", async () => {
    const id = await offer({
      kind: "text",
      title: fresh("text"),
      tiers: ["tier4"],
      text: "Try {{link}}\nCode: {{code}}",
    });
    const link = `http://operator.test/r/${ours.rival.referralCode}`;
    const { body } = await read(id, ours.rival);
    expect(body).toMatchObject({
      text: `Try ${link}\nCode: ${ours.rival.referralCode}`,
      embedCode: `Try <a href="${link}" rel="sponsored noopener">${link}</a><br>\nCode: ${ours.rival.referralCode}`,
      file: null,
      imageUrl: null,
    });
    // The link is one that counts.
    expect(await visit(ours, ours.rival.referralCode)).not.toBe("");
    const { status } = await ours.send("GET", `${OWN}/${id}/file`, { auth: ours.rival.auth });
    expect(status).toBe(404);
  });

  it("without a place for the link, or with one that nothing fills, is refused", async () => {
    const text = { kind: "text", title: "A text" };
    expect(await codeOf({ ...text, text: "Try it" })).toBe("material.link_missing");
    expect(await codeOf({ ...text, text: "{{link}} {{nmae}}" })).toBe("material.place_unknown");
    expect(await codeOf({ ...text, file: NOTE })).toBe("material.content_missing");
  });
});

describe("a material", () => {
  it("is seen by the tiers that it names, or else by whose terms include marketing tools", async () => {
    const text = (more: object) => offer({ kind: "text", title: fresh("text"), text: "{{link}}", ...more });
    const [forTools, forBoth, forNone] = [
      await text({}),
      await text({ tiers: ["tier2", "tier4"] }),
      await text({ tiers: ["tier1"] }),
    ];
    const seen = async (who: PartnerAt) =>
      Promise.all([forTools, forBoth, forNone].map(async (id) => (await read(id, who)).status));
    expect(await seen(reseller)).toEqual([200, 200, 404]);
    expect(await seen(ours.partner)).toEqual([404, 200, 404]);
    const listed = await idsOf(reseller, { limit: 200 });
    expect([forTools, forBoth, forNone].map((id) => listed.includes(id))).toEqual([true, true, false]);
    await change(forTools, { tiers: ["tier4"] });
    expect((await read(forTools, reseller)).status).toBe(404);
  });

  it("is downloaded as an attachment that no browser opens, and counted, however many do it at once", async () => {
    const id = await offer({ kind: "file", title: fresh("file"), tiers: ["tier4"], file: NOTE });
    const fetch = (who: PartnerAt, method = "GET") => ours.send(method, `${OWN}/${id}/file`, { auth: who.auth });
    const [first] = await Promise.all([
      fetch(ours.partner),
      fetch(ours.partner),
      fetch(ours.rival),
      fetch(ours.rival, "HEAD"),
    ]);
    expect(first).toMatchObject({
      text: "How to",
      headers: {
        "content-type": "application/octet-stream",
        "content-disposition": expect.stringMatching(/^attachment;/),
      },
    });
    expect((await readAll(id))["downloads"]).toEqual({ count: 3, partners: 2 });
    expect((await read(id)).body).toMatchObject({ downloads: 2, embedCode: null });
    expect((await fetch(reseller)).status).toBe(404);
    const { app, ctx } = tenants.world;
    const held = await app.db.read(ctx(), (tx) =>
      materialPersonalData.collect(tx, { userId: newId(), email: "", partnerId: ours.partner.id }),
    );
    expect(held).toEqual(expect.arrayContaining([expect.objectContaining({ downloads: 2n })]));
  });

  it("tells a partner nothing of who else sees it, downloads it, or where it is kept", async () => {
    const id = await offer(banner());
    const { body } = await read(id);
    for (const hidden of ["tiers", "status", "destinationUrl", "archivedAt", "body"])
      expect(body).not.toHaveProperty(hidden);
  });

  it("is numbered without gaps when several replace it at once", async () => {
    const id = await offer({ kind: "text", title: fresh("text"), text: "{{link}}" });
    const replace = (text: string) =>
      ours.send("POST", `${ALL}/${id}/versions`, { auth: ours.operatorKey, body: { text: `${text} {{link}}` } });
    await Promise.all(["a", "b", "c"].map(replace));
    const { versions, version } = await readAll(id);
    expect([version, (versions as Row[]).map(({ number }) => number)]).toEqual([4, [4, 3, 2, 1]]);
    const acts = await asOwner<{ action: string }>(
      database,
      "select action from audit_log where target_id = $1 order by position",
      [id],
    );
    expect(acts.map(({ action }) => action)).toEqual(["material.created", ...Array(3).fill("material.versioned")]);
  });

  it("is found by words of its title and description, by kind and state, page by page", async () => {
    const word = fresh("spring");
    const ids = [
      await offer(banner({ title: `${word} 100%` })),
      await offer(banner({ title: `Other ${word}` })),
      await offer({ kind: "text", title: "Text", description: `About ${word}`, text: "{{link}}", tiers: ["tier4"] }),
    ];
    expect(await idsOf(ours.partner, { q: word.toUpperCase(), kind: "text" })).toEqual([ids[2]]);
    expect(await idsOf(ours.partner, { q: `${word} 100%` })).toEqual([ids[0]]);
    const seen: unknown[] = [];
    let cursor: unknown;
    do {
      const query: Row = { q: word, limit: 2, sort: "title", ...(cursor ? { cursor } : {}) };
      const page = await must(ours, "GET", ALL, { auth: ours.operatorKey, query });
      seen.push(...(page["data"] as Row[]).map((row) => row["id"]));
      cursor = page["nextCursor"];
    } while (cursor);
    expect(seen).toHaveLength(3);
    await change(String(ids[1]), { status: "archived" });
    const archived = await must(ours, "GET", ALL, {
      auth: ours.operatorKey,
      query: { q: word, status: "archived", tier: "tier4" },
    });
    expect((archived["data"] as Row[]).map((row) => row["id"])).toEqual([ids[1]]);
  });

  it("of another tenant is as though it were not there", async () => {
    const id = await offer(banner());
    const { theirs } = tenants;
    expect((await theirs.send("GET", `/m/${id}`)).status).toBe(404);
    expect((await theirs.send("GET", `${OWN}/${id}`, { auth: theirs.partner.auth })).status).toBe(404);
    expect((await theirs.send("GET", `${OWN}/${id}/file`, { auth: theirs.partner.auth })).status).toBe(404);
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["PATCH", "", { status: "archived" }],
      ["POST", "/versions", { alt: "Theirs", file: { name: "a.png", content: PNG } }],
      ["GET", "/versions/1/file", undefined],
    ] as const)
      expect((await theirs.send(method, `${ALL}/${id}${path}`, { auth: theirs.admin, body })).status).toBe(404);
  });
});
