import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fresh, idOf, must } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const logo = { name: "logo.png", content: PNG };
const base64 = (text: string) => Buffer.from(text).toString("base64");
const WORDS = { title: "Cards for small firms", text: "Order one in five minutes.", button: "Have a look" };
const CO_BRANDING = "/api/v1/partners/co-branding";
const pageOf = (link: string) => `/api/v1/partners/referrals/links/${link}/landing-page`;

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let partner: PartnerAt;
beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ({ ours } = tenants);
  ({ partner } = ours);
  await must(ours, "PUT", "/api/v1/partners/profile", { auth: partner.auth, body: { companyName: "Ada & Co" } });
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const coBrand = (body: object, auth = partner.auth) => ours.send("PUT", CO_BRANDING, { auth, body });
const write = (link: string, body: object, auth = partner.auth) => ours.send("PUT", pageOf(link), { auth, body });

/** A link of a partner's with a page, made by it as by anybody. */
async function makePage(change: object = {}, of = partner) {
  const link = await must(ours, "POST", "/api/v1/partners/referrals/link", {
    auth: of.auth,
    body: { campaign: fresh("campaign"), subIds: { sub1: "mine" } },
  });
  expect((await coBrand({ colour: "#1f5c4d", logo }, of.auth)).status).toBe(200);
  const { status, body } = await write(idOf(link), { ...WORDS, ...change }, of.auth);
  expect(status).toBe(200);
  return { id: idOf(link), code: String(link["code"]), url: String(body["url"]) };
}

const clicksOf = async (link: string) => {
  const read = "select campaign, sub_ids from clicks where tenant_id = $1 and link_id = $2";
  return asOwner<{ campaign: string; sub_ids: object }>(database, read, [ours.tenantId, link]);
};
const auditOf = async (target: string) => {
  const read = "select action from audit_log where tenant_id = $1 and target_id = $2 order by position";
  const rows = await asOwner<{ action: string }>(database, read, [ours.tenantId, target]);
  return rows.map(({ action }) => action);
};

describe("a landing page", () => {
  it("shows both marks, the partner's words and a button in its colour, runs nothing and is framed by nobody", async () => {
    const { code, url } = await makePage();
    expect(new URL(url).pathname).toBe(`/l/${code}`);
    const { status, text, headers } = await ours.send("GET", `/l/${code}`);
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    const { logo: path } = await must(ours, "GET", CO_BRANDING, { auth: partner.auth });
    const { name } = await must(ours, "GET", "/api/v1/brand", {});
    expect(text).toContain(`<b dir="auto">${String(name)}</b><img src="${String(path)}" alt="Ada &amp; Co">`);
    for (const words of Object.values(WORDS)) expect(text).toContain(`>${words}<`);
    expect(text).toContain("background:#1f5c4d");
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(headers["content-security-policy"]).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`,
    );
    expect(headers["cache-control"]).toBe("public, max-age=60");
    expect((await ours.send("GET", String(path))).headers["content-type"]).toBe("image/png");
  });

  it("counts no click: its button does, with the campaign and the sub-ids that the visitor came with", async () => {
    const { id, code } = await makePage();
    const { text } = await ours.send("GET", `/l/${code}?utm_campaign=spring&sub2=a%22%3E`);
    expect(await clicksOf(id)).toEqual([]);
    const href = /<a href="([^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(href).toBe(`/r/${code}?utm_campaign=spring&sub2=a%22%3E`);
    expect((await ours.send("GET", href)).status).toBe(302);
    expect(await clicksOf(id)).toEqual([{ campaign: "spring", sub_ids: { sub1: "mine", sub2: 'a">' } }]);
  });

  it("shows what a partner wrote as text, whatever it is, and lets no address out of its quotes", async () => {
    const markup = `<script>alert(1)</script>"'&`;
    const { code } = await makePage({ title: markup, text: markup, button: markup.slice(0, 40) });
    const { text } = await ours.send("GET", `/l/${code}?x="><script>alert(1)</script>`);
    expect(text).not.toMatch(/<script/i);
    expect(text).toContain('<h1 dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text.match(/<a /g)).toHaveLength(1);
  });

  it("leads on as the link itself where there is none to show", async () => {
    const leadsOn = async (code: string) => {
      const { status, headers } = await ours.send("GET", `/l/${code}?sub1=one`);
      expect([status, headers["location"], headers["cache-control"]]).toEqual([302, `/r/${code}?sub1=one`, "no-store"]);
    };
    await leadsOn(partner.referralCode);

    const removed = await makePage();
    const sent = { auth: partner.auth };
    expect(await must(ours, "DELETE", pageOf(removed.id), sent)).toMatchObject({
      title: null,
      text: null,
      button: null,
    });
    await leadsOn(removed.code);
    expect(await auditOf(removed.id)).toEqual([
      "referral_link.created",
      "landing_page.changed",
      "landing_page.removed",
    ]);

    const archived = await makePage();
    await must(ours, "POST", `/api/v1/partners/referrals/links/${archived.id}/archive`, sent);
    await leadsOn(archived.code);
    expect((await write(archived.id, WORDS)).body).toMatchObject({ code: "landing_page.link_archived" });
  });

  it("leads on where its partner has been ended", async () => {
    const gone = await ours.register("technology");
    await must(ours, "PUT", `/api/v1/admin/partners/${gone.id}/approve`, { auth: ours.admin, body: {} });
    const ended = await makePage({}, gone);
    await must(ours, "PUT", `/api/v1/admin/partners/${gone.id}/terminate`, {
      auth: ours.admin,
      body: { reason: "For a test" },
    });
    expect((await ours.send("GET", `/l/${ended.code}`)).headers["location"]).toBe(`/r/${ended.code}`);
  });

  it("leads on where its partner's terms have it no longer", async () => {
    const { code } = await makePage({}, ours.rival);
    expect((await ours.send("GET", `/l/${code}`)).status).toBe(200);
    const asked = await must(ours, "POST", "/api/v1/partners/upgrade", {
      auth: ours.rival.auth,
      body: { tier: "tier1" },
    });
    const decide = `/api/v1/admin/partners/upgrades/${idOf(asked)}/approve`;
    await must(ours, "PUT", decide, { auth: ours.admin, body: { reason: "For a test" } });
    expect((await ours.send("GET", `/l/${code}`)).headers["location"]).toBe(`/r/${code}`);
  });

  it("is nobody's at a code that is nobody's, in another tenant, and of an address that is no code", async () => {
    const { code } = await makePage();
    for (const [side, asked] of [
      [tenants.theirs, code],
      [ours, fresh("none")],
      [ours, "%3Cscript%3E"],
    ] as const) {
      const { status, body } = await side.send("GET", `/l/${asked}`);
      expect([status, body["code"]]).toEqual([404, "referral.link_not_found"]);
    }
  });

  it("is written by whose the link is: to a rival and in another tenant it is not there", async () => {
    const { id } = await makePage();
    const { theirs } = tenants;
    for (const [side, auth] of [
      [ours, ours.rival.auth],
      [theirs, theirs.partner.auth],
    ] as const)
      for (const [method, body] of [["GET"], ["PUT", WORDS], ["DELETE"]] as const) {
        const answer = await side.send(method, pageOf(id), { auth, body });
        expect([answer.status, answer.body["code"]]).toEqual([404, "referral.link_not_found"]);
      }
    expect(await must(ours, "GET", pageOf(id), { auth: partner.auth })).toMatchObject(WORDS);
  });

  it("is refused without words to read", async () => {
    const { id } = await makePage();
    const { status, body } = await write(id, { ...WORDS, button: "  " });
    expect([status, body["code"], body["facts"]]).toEqual([400, "landing_page.blank", { field: "button" }]);
    expect(await must(ours, "GET", pageOf(id), { auth: partner.auth })).toMatchObject(WORDS);
  });

  it("waits for a logo and a colour", async () => {
    const { rival } = tenants.theirs;
    const auth = rival.auth;
    const link = await must(tenants.theirs, "POST", "/api/v1/partners/referrals/link", { auth, body: {} });
    const { status, body } = await tenants.theirs.send("PUT", pageOf(idOf(link)), { auth, body: WORDS });
    expect([status, body["code"]]).toEqual([409, "landing_page.co_branding_missing"]);
  });
});

describe("a co-branding", () => {
  it("keeps the logo while only the colour changes; a logo that is replaced is served no more, and each change is in the trail", async () => {
    const first = (await coBrand({ colour: "#1f5c4d", logo })).body;
    const second = (await coBrand({ colour: "#0000aa" })).body;
    expect(second).toEqual({ isIncluded: true, colour: "#0000aa", logo: first["logo"] });
    const drawn = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><path d="M0 0h1v1"/></svg>`;
    const third = (await coBrand({ colour: "#0000aa", logo: { name: "a.svg", content: base64(drawn) } })).body;
    const shown = await ours.send("GET", String(third["logo"]));
    expect(shown.text).toBe('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1"></path></svg>');
    expect(shown.headers["content-security-policy"]).toBe("default-src 'none'; sandbox");
    expect((await ours.send("GET", String(first["logo"]))).status).toBe(404);
    expect((await auditOf(partner.id)).slice(-3)).toEqual(Array<string>(3).fill("co_branding.changed"));
  });

  it("of two that are saved at once is one's as a whole, and the other's logo is served no more", async () => {
    const answers = await Promise.all(["#1f5c4d", "#0000aa"].map((colour) => coBrand({ colour, logo })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const kept = await must(ours, "GET", CO_BRANDING, { auth: partner.auth });
    expect(answers.map(({ body }) => body)).toContainEqual(kept);
    const served = await Promise.all(answers.map(({ body }) => ours.send("GET", String(body["logo"]))));
    expect(served.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
  });

  it("that cannot be read is refused with the pair that fails", async () => {
    const { status, body } = await coBrand({ colour: "#ffd400", logo });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: "branding.unreadable",
      facts: { field: "colour", pair: ["buttonText", "colour"], minimum: 4.5 },
    });
  });

  it.each([
    [
      "words for a picture",
      { colour: "#1f5c4d", logo: { name: "a.png", content: base64("words") } },
      "branding.not_an_image",
    ],
    [
      "a script for a picture",
      { colour: "#1f5c4d", logo: { name: "a.svg", content: base64("<svg onload=alert(1)></svg>") } },
      "branding.svg_empty",
    ],
  ])("refuses %s", async (_what, body, code) => {
    expect((await coBrand(body)).body).toMatchObject({ code, facts: { field: "logo" } });
  });

  it("is refused without a logo the first time, and to a partner whose terms have none", async () => {
    const { theirs } = tenants;
    const sent = { auth: theirs.partner.auth, body: { colour: "#1f5c4d" } };
    const { body } = await theirs.send("PUT", CO_BRANDING, sent);
    expect(body).toMatchObject({ code: "co_branding.logo_missing" });
    const affiliate = await ours.register("affiliate");
    const read = await must(ours, "GET", CO_BRANDING, { auth: affiliate.auth });
    expect(read).toEqual({ isIncluded: false, colour: null, logo: null });
    expect((await coBrand({ colour: "#1f5c4d", logo }, affiliate.auth)).body).toMatchObject({
      code: "feature.not_included",
    });
  });
});
