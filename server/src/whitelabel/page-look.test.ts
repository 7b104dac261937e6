import { afterAll, beforeAll, expect, it } from "vitest";
import { must } from "../../test/kit/journey-steps.ts";
import { type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { contrast, readableOn } from "../platform/colours.ts";
import { PAGE_GROUNDS } from "../platform/default-look.ts";
import { mailColours, plainBranding } from "./branding.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const { accent, radius, font, welcome, links, mail } = plainBranding("Acme");

let database: ClonedDatabase;
let tenants: TwoTenants;
beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const PAGES = ["/auth/reset-password?token=abc", "/auth/join-team?token=abc", "/notices/unsubscribe?token=abc"];

it("the pages that mails lead to bear name, mark and colour of the programme on whose host they are, and no other's", async () => {
  const { ours, theirs } = tenants;
  const body = { name: "Acme & Sons", accent: "#ffd400", radius: 12, font, welcome, links, mail, version: 0 };
  const logo = { name: "logo.png", content: PNG };
  const { images } = await must(ours, "PUT", "/api/v1/admin/branding", { auth: ours.admin, body: { ...body, logo } });
  const { logo: path } = images as { logo: string };
  for (const url of PAGES) {
    const own = await ours.send("GET", url);
    expect(own.text).toContain(`<img src="${path}" alt="Acme &amp; Sons">`);
    // Black, as no white is read on it.
    expect(own.text).toContain("background:#ffd400;color:#000000");
    expect(own.headers["content-security-policy"]).toContain("img-src 'self'");
    const other = await theirs.send("GET", url);
    expect(other.text).toContain(`background:${accent};color:#ffffff`);
    expect(other.text).not.toContain("Acme");
  }
  expect(radius).toBe(6);
});

it("what is read by an accent can be read, whatever the accent", () => {
  for (const colour of ["#ffffff", "#000000", "#ffd400", "#4453d6", "#0f1115", "#777777", "#00ff00"])
    for (const grounds of [PAGE_GROUNDS.light, PAGE_GROUNDS.dark])
      for (const ground of grounds) expect(contrast(readableOn(colour, grounds), ground)).toBeGreaterThanOrEqual(4.5);
});

it("a button of mails of which nobody chose the colour has the accent, and can be read; a chosen one stays", () => {
  expect(mailColours({ accent: "#ffd400", mail })).toMatchObject({ button: "#ffd400", buttonText: "#000000" });
  expect(mailColours({ accent: "#222222", mail })).toMatchObject({ button: "#222222", buttonText: "#ffffff" });
  const chosen = { ...mail, button: "#aa0000" };
  expect(mailColours({ accent: "#ffd400", mail: chosen })).toEqual(chosen);
});
