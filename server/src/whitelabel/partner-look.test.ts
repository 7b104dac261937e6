import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { must } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { plainBranding } from "./branding.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const logo = { name: "logo.png", content: PNG };
const COLOUR = "#8a1253";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let reseller: PartnerAt;
beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ({ ours } = tenants);
  reseller = ours.partner;
  await coBrand(COLOUR, logo);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});
beforeEach(() => rename("Ada & Co"));

const rename = (companyName: string, of = reseller) =>
  must(ours, "PUT", "/api/v1/partners/profile", { auth: of.auth, body: { companyName } });
const coBrand = (colour: string, picture?: object) =>
  must(ours, "PUT", "/api/v1/partners/co-branding", {
    auth: reseller.auth,
    body: { colour, ...(picture && { logo: picture }) },
  });

/** The mail that a partner gets when the team writes to it. */
async function mailTo(partner: PartnerAt, side = ours) {
  const start = tenants.world.mails.length;
  await must(side, "POST", "/api/v1/admin/tickets", {
    auth: side.admin,
    body: { partnerId: partner.id, subject: "Your lead", message: "It is yours." },
  });
  await tenants.world.settle();
  const mail = tenants.world.mails.slice(start).find(({ to }) => to === partner.email);
  expect(mail).toBeDefined();
  return mail ?? { html: "", text: "" };
}
/** Everything that a mail loads or leads to. */
const addressesOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address = ""]) => new URL(address).origin);

describe("a mail to a reseller", () => {
  it("shows its logo beside the operator's mark, and a button in its colour; the text names both", async () => {
    const { logo: path } = await must(ours, "GET", "/api/v1/partners/co-branding", { auth: reseller.auth });
    const { name } = await must(ours, "GET", "/api/v1/brand", {});
    const { html, text } = await mailTo(reseller);
    expect(html).toContain(`<b>${String(name)}</b>`);
    expect(html).toContain(`<img src="http://operator.test${String(path)}" alt="Ada &amp; Co"`);
    expect(html).toContain(`background:${COLOUR};color:#ffffff`);
    expect(text.split("\n")[0]).toBe(`${String(name)}, with Ada & Co`);
    expect((await ours.send("GET", String(path))).headers["content-type"]).toBe("image/png");
  });

  it("stands beside the operator's logo where there is one, on white whatever the ground of the mail", async () => {
    const { accent, radius, font, welcome, links } = plainBranding("x");
    const mail = { ground: "#101418", text: "#ffffff", button: "#ffffff", buttonText: "#101418" };
    const body = { name: "Beside", accent, radius, font, welcome, links, mail, logo, version: 0 };
    const { images } = await must(ours, "PUT", "/api/v1/admin/branding", { auth: ours.admin, body });
    const { html, text } = await mailTo(reseller);
    const own = String((images as { logo: string }).logo);
    expect(html).toMatch(
      new RegExp(`src="http://operator\\.test${own}" alt="Beside"[^>]*> <span [^>]*background:#ffffff`),
    );
    expect(text).toContain("Beside, with Ada & Co");
  });

  it("is written in words where the logo is one that mails do not show", async () => {
    const drawn = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1"/></svg>').toString("base64");
    const { logo: path } = await coBrand(COLOUR, { name: "a.svg", content: drawn });
    const { html } = await mailTo(reseller);
    expect(html).not.toContain(String(path));
    expect(html).toMatch(new RegExp(`<span [^>]*background:#ffffff;color:${COLOUR}[^>]*>Ada &amp; Co</span>`));
    await coBrand(COLOUR, logo);
  });

  it.each([
    ["markup", `</span><script>alert(1)</script><img src="https://evil.example/x.png"> "'`],
    ["an address", "https://evil.example/login?a=b"],
    ["a bare host", "www.evil.example and evil．example"],
    ["a mailbox", "help@evil.example"],
    ["signs that turn the reading", "\u202eelpmaxe.live\u202c\u200f"],
  ])(
    "loads nothing and leads nowhere but to the operator, and holds no address, where the name is %s",
    async (_what, name) => {
      await asOwner(database, "update partners set company_name = $2 where id = $1", [reseller.id, name]);
      const { html, text } = await mailTo(reseller);
      expect([...new Set(addressesOf(html))]).toEqual(["http://operator.test"]);
      expect(html).not.toMatch(/<script/i);
      expect(html.match(/<img /g)?.length).toBeLessThanOrEqual(2);
      for (const said of [html, text]) {
        expect(said).not.toMatch(/evil\s*[.．]\s*example|elpmaxe\.live|https:\/\/evil|www\.evil|help@evil/u);
        expect(said).not.toMatch(/[\u202e\u202c\u200f]/u);
      }
    },
  );

  it("that is cut is cut between letters", async () => {
    await rename(`${"ab".repeat(39)}🙂🙂🙂`);
    expect((await mailTo(reseller)).text).toContain(`with ${"ab".repeat(39)}🙂…\n`);
  });

  it("shows the operator alone where the partner is suspended, shows nothing of itself, or its terms have none", async () => {
    const affiliate = await ours.register("affiliate");
    await rename("Plain", affiliate);
    const { status } = await ours.send("PUT", `/api/v1/admin/partners/${reseller.id}/suspend`, {
      auth: ours.admin,
      body: { reason: "A look" },
    });
    expect(status).toBe(200);
    for (const partner of [affiliate, ours.rival, reseller])
      expect((await mailTo(partner)).text).not.toContain(", with ");
    await must(ours, "PUT", `/api/v1/admin/partners/${reseller.id}/reactivate`, {
      auth: ours.admin,
      body: { reason: "Seen" },
    });
    expect((await mailTo(reseller)).text).toContain(", with Ada & Co");
  });

  it("about its account, with links that set passwords, shows the operator alone", async () => {
    const start = tenants.world.mails.length;
    await ours.send("POST", "/api/v1/auth/password/request-reset", { body: { email: reseller.email } });
    await tenants.world.settle();
    const mail = tenants.world.mails
      .slice(start)
      .find(({ to, subject }) => to === reseller.email && subject.startsWith("Set a new password"));
    expect(mail).toBeDefined();
    expect(mail?.text).not.toContain("Ada & Co");
    expect(mail?.html).not.toContain(COLOUR);
  });

  it("of its news is the reseller's as well, and nobody else's", async () => {
    const { theirs } = tenants;
    const start = tenants.world.mails.length;
    for (const side of [ours, theirs])
      await must(side, "PUT", `/api/v1/admin/partners/${side.partner.id}/suspend`, {
        auth: side.admin,
        body: { reason: "News" },
      });
    for (const side of [ours, theirs])
      await must(side, "PUT", `/api/v1/admin/partners/${side.partner.id}/reactivate`, {
        auth: side.admin,
        body: { reason: "News" },
      });
    await tenants.world.settle();
    await tenants.world.settle();
    const mails = tenants.world.mails.slice(start);
    const htmlOf = (email: string) => mails.filter(({ to }) => to === email).map(({ html }) => html);
    expect(htmlOf(reseller.email).some((html) => html.includes(COLOUR))).toBe(true);
    expect(htmlOf(theirs.partner.email).join("")).not.toContain(COLOUR);
    expect(htmlOf(theirs.partner.email)).not.toEqual([]);
  });
});

describe("the name that people know a programme by", () => {
  it("is its brand's, in the portal, mails, documents and authenticators alike, whatever its team calls it", async () => {
    const { theirs } = tenants;
    const shownEverywhere = async () => {
      const brand = await must(theirs, "GET", "/api/v1/brand", {});
      const me = await must(theirs, "GET", "/api/v1/auth/me", { auth: theirs.admin });
      const start = tenants.world.mails.length;
      await theirs.send("POST", "/api/v1/auth/password/request-reset", { body: { email: theirs.partner.email } });
      await tenants.world.settle();
      const subject = tenants.world.mails.slice(start).find(({ to }) => to === theirs.partner.email)?.subject;
      const documents = await theirs.app.db.read(theirs.ctx(), (tx) => theirs.app.whitelabel.pdfBrand(tx));
      return [brand["name"], me["tenantName"], documents.name, subject?.replace("Set a new password for ", "")];
    };
    const callProgramme = (name: string) =>
      must(theirs, "PUT", "/api/v1/admin/program", { auth: theirs.admin, body: { name } });
    await callProgramme("Inside");
    expect(await shownEverywhere()).toEqual(Array(4).fill("Inside"));
    const { accent, radius, font, welcome, links, mail } = plainBranding("x");
    const look = { accent, radius, font, welcome, links, mail };
    await must(theirs, "PUT", "/api/v1/admin/branding", {
      auth: theirs.admin,
      body: { ...look, name: "Outside", version: 0 },
    });
    expect(await shownEverywhere()).toEqual(Array(4).fill("Outside"));
    await callProgramme("Inside again");
    expect(await shownEverywhere()).toEqual(Array(4).fill("Outside"));
    expect((await must(theirs, "GET", "/api/v1/admin/program", { auth: theirs.admin }))["name"]).toBe("Inside again");
  });
});
