import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { plainBranding } from "./branding.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const { accent, radius, font, welcome, links, mail } = plainBranding("Acme");
const LOOK = { name: "Acme", accent, radius, font, welcome, links, mail };
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1"/></svg>').toString("base64");
const logo = { name: "logo.png", content: PNG };

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

type Brand = {
  readonly name: string;
  readonly version: number;
  readonly images: Readonly<Record<"logo" | "logoDark" | "favicon", string | null>>;
  readonly earlier: readonly Brand[];
};
const shown = async (side = ours) => (await must(side, "GET", "/api/v1/brand")) as unknown as Brand;
const kept = async () => (await must(ours, "GET", "/api/v1/admin/branding", { auth: ours.admin })) as unknown as Brand;
const save = async (change: object) => {
  const body = { ...LOOK, version: (await shown()).version, ...change };
  const { status, body: answered } = await ours.send("PUT", "/api/v1/admin/branding", { auth: ours.admin, body });
  return { status, body: answered, saved: answered as unknown as Brand };
};

describe("a branding", () => {
  it("is the plain one under the programme's name until one is saved, and everybody sees it before signing in", async () => {
    expect(await shown(tenants.theirs)).toMatchObject({ version: 0, accent: "#4453d6", images: { logo: null } });
  });

  it("is shown as soon as it is saved, and each save is a version of its own", async () => {
    const before = await shown();
    const { status, saved } = await save({ accent: "#ffcc00", logo });
    expect([status, saved.version]).toEqual([200, before.version + 1]);
    expect(await shown()).toMatchObject({ name: "Acme", accent: "#ffcc00", images: { logo: expect.any(String) } });
    await save({ accent: "#00aa55" });
    const now = await kept();
    expect(now.images.logo).toBe(saved.images.logo);
    expect(now.earlier[0]).toMatchObject({ version: before.version + 1, accent: "#ffcc00" });
  });

  it("is taken back by bringing an earlier one up again, pictures included", async () => {
    const { saved: first } = await save({ name: "First", logo });
    await save({ name: "Second", logo: null });
    expect((await shown()).images.logo).toBeNull();
    const restored = await must(ours, "POST", "/api/v1/admin/branding/restore", {
      auth: ours.admin,
      body: { version: (await shown()).version, restores: first.version },
    });
    expect(restored).toMatchObject({ name: "First", restores: first.version, images: { logo: first.images.logo } });
    expect(await shown()).toMatchObject({ name: "First" });
  });

  it("of two people who save at once is one's: the other is told", async () => {
    const { version } = await shown();
    const both = await Promise.all(["Ann", "Ben"].map((name) => save({ name, version })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: "branding.changed_meanwhile" });
  });

  it("that cannot be read is refused with the pair that fails", async () => {
    const { status, body } = await save({ mail: { ...mail, text: "#777777" } });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: "branding.unreadable",
      facts: { pair: ["mail.text", "mail.ground"], minimum: 4.5 },
    });
  });

  it("may have a mark drawn as SVG, which is shown without what could run or load, and left out of mails", async () => {
    const drawn = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><path d="M0 0h1v1" style="fill:red" onclick="alert(1)"/><image href="https://evil.test/x"/></svg>`;
    const { status, saved } = await save({ logo: { name: "a.svg", content: Buffer.from(drawn).toString("base64") } });
    expect(status).toBe(200);
    const { text, headers } = await ours.send("GET", String(saved.images.logo));
    expect(text).toBe('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1" fill="red"></path></svg>');
    expect([headers["content-type"], headers["content-security-policy"]]).toEqual([
      "image/svg+xml",
      "default-src 'none'; sandbox",
    ]);
    const [row] = await asOwner<{ mail_look: { logo: unknown } }>(
      database,
      "select mail_look from tenants where id = $1",
      [ours.tenantId],
    );
    expect(row?.mail_look.logo).toBeNull();
  });

  it("stands at the head of statements and invoices, with a logo that they can hold and without one that they cannot", async () => {
    const at = (logo: Buffer | null) => ({ name: "Acme", accent: "#ffd400", logo });
    const read = async () => tenants.world.app.db.read(ours.ctx(), (tx) => tenants.world.app.whitelabel.pdfBrand(tx));
    await save({ accent: "#ffd400", logo });
    expect(await read()).toEqual(at(Buffer.from(PNG, "base64")));
    await save({ accent: "#ffd400", logo: { name: "a.svg", content: SVG } });
    expect(await read()).toEqual(at(null));
    await save({ logo: null });
    expect((await read()).logo).toBeNull();
  });

  it.each([
    [
      "a script for a picture",
      { logo: { name: "logo.png", content: Buffer.from("<svg onload=alert(1)></svg>").toString("base64") } },
      "branding.svg_empty",
    ],
    [
      "words for a picture",
      { logo: { name: "a.png", content: Buffer.from("a picture").toString("base64") } },
      "branding.not_an_image",
    ],
    ["markup in a link", { links: { ...links, terms: 'https://a.test/"><script>' } }, "request.invalid"],
    ["a link that is a script", { links: { ...links, help: "javascript:alert(1)" } }, "request.invalid"],
    ["a colour that is none", { accent: "red;}" }, "request.invalid"],
  ])("with %s is refused", async (_, change, code) => {
    const before = await shown();
    expect((await save(change)).body).toMatchObject({ code });
    expect(await shown()).toEqual(before);
  });

  it("with a picture above 256 KiB is refused, and one above 2 MiB before it is looked at", async () => {
    const picture = Buffer.concat([Buffer.from(PNG, "base64"), Buffer.alloc(262_144)]);
    expect((await save({ logo: { name: "a.png", content: picture.toString("base64") } })).body).toMatchObject({
      code: "branding.image_too_large",
    });
    const huge = Buffer.alloc(2_200_000).toString("base64");
    expect((await save({ logo: { name: "a.png", content: huge } })).status).toBeGreaterThanOrEqual(400);
  });

  it("keeps its pictures to what they are: shown, never run, and another tenant's are not there", async () => {
    const { saved } = await save({ logo });
    const url = String(saved.images.logo);
    const { status, headers } = await ours.send("GET", url);
    expect([status, headers["content-type"], headers["x-content-type-options"]]).toEqual([200, "image/png", "nosniff"]);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect((await tenants.theirs.send("GET", url)).body).toMatchObject({ status: 404, code: "file.not_found" });
  });

  it("shows no other file of the tenant under the address of its pictures", async () => {
    const body = { subject: "A question", message: "Why?", files: [{ name: "secret.png", content: PNG }] };
    const { auth } = ours.partner;
    const ticket = await must(ours, "POST", "/api/v1/partners/tickets", { auth, body });
    const opened = await must(ours, "GET", `/api/v1/partners/tickets/${String(ticket["id"])}`, { auth });
    const id = (opened["messages"] as { files: { id: string }[] }[])[0]?.files[0]?.id;
    expect(id).toBeDefined();
    expect((await ours.send("GET", `/api/v1/brand/images/${id}`)).body).toMatchObject({ status: 404 });
  });

  it("is in the tenant's mails from then on, escaped, and in nobody else's", async () => {
    await save({ name: 'Ann "the" <b>', logo, mail: { ...mail, button: "#123456" } });
    const start = tenants.world.mails.length;
    for (const side of [ours, tenants.theirs])
      await side.send("POST", "/api/v1/auth/password/request-reset", { body: { email: side.partner.email } });
    await tenants.world.settle();
    const [own, other] = [ours, tenants.theirs].map(
      ({ partner }) => tenants.world.mails.slice(start).findLast(({ to }) => to === partner.email)?.html,
    );
    expect(own).toContain("background:#123456");
    expect(own).toContain('alt="Ann &quot;the&quot; &lt;b&gt;"');
    expect(other).toContain("Set password");
    expect(other).not.toContain("#123456");
    expect(other).not.toContain("<img");
  });

  it("is changed by who may change the programme alone", async () => {
    const body = { ...LOOK, version: (await shown()).version };
    for (const auth of [ours.partner.auth, ours.support])
      expect((await ours.send("PUT", "/api/v1/admin/branding", { auth, body })).status).toBe(403);
  });
});
