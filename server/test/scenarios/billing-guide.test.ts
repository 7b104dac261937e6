import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApp, type WholeApp } from "../kit/app.ts";
import { convertCustomer } from "../kit/money-in.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { ROOT } from "../tidy/source-tree.ts";

let database: ClonedDatabase;
let world: WholeApp;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

const guide = readFileSync(join(ROOT, "docs/guides/billing.md"), "utf8");
const SIGNING = /```sh\n(body=.*?)```/s.exec(guide)?.[1] ?? "";

it("the guide's lines for a shell sign a message that the server takes, and that it knows again", {
  timeout: 120_000,
}, async () => {
  const partner = await world.addPartner();
  await convertCustomer(world, { partnerId: partner.id, externalId: "user_77" });
  const source = await world.app.revenue.createSource(world.ctx(), { kind: "generic", name: "Guide" });
  const api = await world.http.listen({ host: "127.0.0.1", port: 0 });
  // The shell signs with the machine's time.
  world.clock.moveTo(new Date());
  const env = { ...process.env, API: api, SOURCE: source.id, SECRET: source.signingSecret ?? "" };
  const run = async (): Promise<unknown> =>
    JSON.parse((await promisify(execFile)("sh", ["-c", SIGNING], { env })).stdout);
  expect(SIGNING).toContain("openssl");
  expect(await run()).toMatchObject({ results: [{ externalId: "inv_1042", status: "recorded" }] });
  expect(await run()).toMatchObject({ results: [{ externalId: "inv_1042", status: "recorded" }] });
  const { body } = await world.send("GET", "/api/v1/admin/transactions", { auth: world.operatorKey });
  expect(body).toMatchObject({ data: [{ externalId: "inv_1042", amount: 12_000, tax: 2_000 }] });
});
