import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectProgram, makeProduct } from "../../server/test/kit/cards.ts";
import { type ClonedDatabase, cloneDatabase } from "../../server/test/kit/postgres.ts";
import { makeTestKey } from "../../server/test/kit/twins.ts";
import { openTwoTenants, type TwoTenants } from "../../server/test/kit/two-tenants.ts";

const run = promisify(execFile);
/** The package is read from its sources: nothing is built for tests. */
const SDK = new URL("../src/index.ts", import.meta.url).href;
const FROM_SOURCES = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({ resolve: (name, context, next) => next(name === "@tributary/sdk" ? "${SDK}" : name, context) });
`)}`;
const EXAMPLES = fileURLToPath(new URL("../../docs/examples/", import.meta.url));
const hasCurl = (process.env["PATH"] ?? "").split(":").some((folder) => existsSync(`${folder}/curl`));

let database: ClonedDatabase;
let tenants: TwoTenants;
/** Of a live key, and of a test key of the same partner. */
let environments: Readonly<Record<"live" | "test", NodeJS.ProcessEnv>>;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  const { world, ours } = tenants;
  const programId = await connectProgram(world, ours);
  await makeProduct(world, ours, { programId });
  const url = await world.http.listen({ host: "127.0.0.1", port: 0 });
  const environmentOf = (auth: string) => {
    const [apiKey, secret] = atob(auth.replace("Basic ", "")).split(":");
    return { ...process.env, TRIBUTARY_URL: url, TRIBUTARY_KEY: apiKey, TRIBUTARY_SECRET: secret };
  };
  const { auth } = await makeTestKey(ours, "partner");
  environments = { live: environmentOf(ours.partnerKey), test: environmentOf(auth) };
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** Runs a program while the issuer is asked for what it asks for. */
async function follow(program: string, args: readonly string[], mode: "live" | "test" = "live"): Promise<string> {
  let isRunning = true;
  const ended = run(program, args, { env: environments[mode] }).finally(() => {
    isRunning = false;
  });
  while (isRunning) await Promise.race([tenants.world.settle().then(() => new Promise(setImmediate)), ended]);
  return (await ended).stdout;
}

describe("the example of the partner API", () => {
  it("in TypeScript makes a user and a card that pays", async () => {
    const said = await follow(process.execPath, ["--import", FROM_SOURCES, `${EXAMPLES}partner-api.ts`]);
    expect(said).toMatch(/^user ana\ncard …\d{4} active\npurchases 0\n$/);
  });

  it("in TypeScript buys with the card where its key is a test key", async () => {
    const said = await follow(process.execPath, ["--import", FROM_SOURCES, `${EXAMPLES}partner-api.ts`], "test");
    expect(said).toBe("user ana\ncard …0000 active\npurchase approved\npurchases 1\n");
  });

  it.runIf(hasCurl)("in curl makes a user and a card that pays", async () => {
    expect(await follow("bash", [`${EXAMPLES}partner-api.sh`])).toBe("user iva\ncard active\n");
  });

  it.runIf(hasCurl)("in curl buys with the card where its key is a test key", async () => {
    const said = await follow("bash", [`${EXAMPLES}partner-api.sh`], "test");
    expect(said).toBe("user iva\ncard active\npurchase approved\ntransaction card\n");
  });

  it.runIf(hasCurl)("in curl says why it was refused", async () => {
    const refused = run("bash", [`${EXAMPLES}partner-api.sh`], {
      env: { ...environments.live, TRIBUTARY_SECRET: "trs_wrong" },
    });
    await expect(refused).rejects.toMatchObject({ stderr: expect.stringContaining('"code":"auth.key_invalid"') });
  });
});
