import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, createHttpServer } from "../../platform/http/index.ts";
import { type PortalFiles, portalRoutes } from "./portal-routes.ts";

let folder: string;
let files: PortalFiles;
let app: App;

const serve = (from: PortalFiles) =>
  createHttpServer({
    logger: false,
    routes: [portalRoutes(from)],
    identify: () => Promise.reject(new Error("nobody is asked who they are")),
    authorize: () => {},
    limit: () => Promise.resolve(),
    trustProxy: false,
    publicUrl: "https://partners.example",
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "portal-"));
  files = { portal: join(folder, "portal"), snippet: join(folder, "sdk") };
  mkdirSync(join(files.portal, "assets"), { recursive: true });
  mkdirSync(files.snippet);
  writeFileSync(join(files.portal, "index.html"), "<p>the portal</p>");
  writeFileSync(join(files.portal, "assets/main-1a2b.js"), "the script");
  writeFileSync(join(files.portal, "assets/main-1a2b.js.br"), "the script, compressed");
  writeFileSync(join(files.snippet, "tributary.js"), "the snippet");
  writeFileSync(join(folder, "secret.txt"), "of somebody else");
  app = await serve(files);
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

it("every address of the portal is its page, asked for anew each time, under a policy that runs its own scripts alone", async () => {
  for (const url of ["/portal/", "/portal/commissions?open=1", "/portal/partners/some-id"]) {
    const { statusCode, body, headers } = await app.inject({ url });
    expect([statusCode, body]).toEqual([200, "<p>the portal</p>"]);
    expect(headers["cache-control"]).toBe("no-cache");
    expect(headers["content-security-policy"]).toContain("script-src 'self';");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  }
});

it("a file with its hash in its name is kept for good, and comes compressed to whoever can read it", async () => {
  const plain = await app.inject({ url: "/portal/assets/main-1a2b.js" });
  expect([plain.body, plain.headers["cache-control"]]).toEqual(["the script", "public, max-age=31536000, immutable"]);
  const small = await app.inject({ url: "/portal/assets/main-1a2b.js", headers: { "accept-encoding": "br" } });
  expect([small.body, small.headers["content-encoding"]]).toEqual(["the script, compressed", "br"]);
});

it("a file that is not there is not found, and nothing outside the folder is there", async () => {
  for (const path of ["main-9z9z.js", "../../secret.txt", "..%2f..%2fsecret.txt"]) {
    const { statusCode, body } = await app.inject({ url: `/portal/assets/${path}` });
    expect(body).not.toContain("of somebody else");
    expect([200, 403, 404]).toContain(statusCode);
    if (statusCode === 200) expect(body).toBe("<p>the portal</p>");
  }
});

it("the snippet may be loaded from other sites, and is asked for anew within the hour", async () => {
  const { body, headers } = await app.inject({ url: "/tributary.js" });
  expect(body).toBe("the snippet");
  expect(headers["cross-origin-resource-policy"]).toBe("cross-origin");
  expect(headers["cache-control"]).toBe("public, max-age=3600");
});

it("the bare address leads to the portal, or to the API's documentation where no portal is built", async () => {
  expect((await app.inject({ url: "/" })).headers["location"]).toBe("/portal/");
  const without = await serve({ ...files, portal: join(folder, "nowhere") });
  expect((await without.inject({ url: "/" })).headers["location"]).toBe("/docs");
  expect((await without.inject({ url: "/portal/" })).statusCode).toBe(404);
  await without.close();
});
