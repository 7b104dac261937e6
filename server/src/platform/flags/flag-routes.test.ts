import { afterAll, beforeAll, expect, it } from "vitest";
import { bearer, type IdentityBench, openIdentity } from "../../../test/kit/identity.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../../test/kit/postgres.ts";
import { createOutbox } from "../outbox/index.ts";
import { createFlags, type Flags, flagRoutes } from "./index.ts";

let database: ClonedDatabase;
let bench: IdentityBench;
let flags: Flags;

beforeAll(async () => {
  database = await cloneDatabase();
  bench = await openIdentity(database, {
    routes: async ({ db, clock, audit }) => {
      flags = await createFlags({ db, clock, audit, outbox: createOutbox(() => ({})) });
      return [flagRoutes(flags)];
    },
  });
});
afterAll(async () => {
  await flags[Symbol.asyncDispose]();
  await bench[Symbol.asyncDispose]();
});

const call = async (method: "GET" | "PUT", path: string, role: "admin" | "support", payload?: object) => {
  const { accessToken } = await bench.signIn(await bench.addPerson(role));
  return bench.app.inject({
    method,
    url: `/api/v1/admin/features${path}`,
    ...(payload && { payload }),
    headers: { host: bench.operator.host, ...bearer(accessToken) },
  });
};

it("an admin turns features on and off, and that is in the trail", async () => {
  const set = await call("PUT", "/partner-program", "admin", { isEnabled: true });
  expect([set.statusCode, set.json()]).toMatchObject([200, { key: "partner-program", isEnabled: true }]);
  expect(await flags.isEnabled(bench.operator.ctx, "partner-program")).toBe(true);
  expect((await call("GET", "", "admin")).json()).toMatchObject({
    data: [
      { key: "partner-program", isEnabled: true },
      { key: "partner-program-beta", isEnabled: false },
    ],
  });
  expect(await asOwner(database, "select actor_type, after from audit_log where action = 'flag.enabled'")).toEqual([
    { actor_type: "user", after: { key: "partner-program", isEnabled: true } },
  ]);
});

it("nobody else does, and no other feature is there", async () => {
  expect((await call("PUT", "/partner-program", "support", { isEnabled: true })).statusCode).toBe(403);
  expect((await call("GET", "", "support")).statusCode).toBe(403);
  expect((await call("PUT", "/no-such", "admin", { isEnabled: true })).json()).toMatchObject({ code: "flag.unknown" });
  expect((await call("PUT", "/partner-program", "admin", { isEnabled: "yes" })).statusCode).toBe(400);
});
