import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { portalRoutes } from "../../server/src/app/runtime/portal-routes.ts";
import { hashPassword } from "../../server/src/identity/index.ts";
import { createHttpServer } from "../../server/src/platform/http/index.ts";
import { openApp, PASSWORD, type WholeApp } from "../../server/test/kit/app.ts";
import { type ClonedDatabase, cloneDatabase } from "../../server/test/kit/postgres.ts";

export { PASSWORD };

const BUILD = fileURLToPath(new URL("../../scripts/run-build.mjs", import.meta.url));

export type PortalWorld = AsyncDisposable & {
  readonly world: WholeApp;
  readonly url: string;
  addMember(role: "admin" | "finance" | "support"): Promise<string>;
};

/** The whole program with its portal, on a port and a database of its own. */
export async function openPortal(): Promise<PortalWorld> {
  await promisify(execFile)("node", [BUILD]);
  await using boot = new AsyncDisposableStack();
  const database: ClonedDatabase = await cloneDatabase();
  boot.defer(() => database.drop());
  const world = boot.use(await openApp(database));
  // A browser keeps its cookies by the machine's clock.
  world.clock.moveTo(new Date());
  const http = await createHttpServer({
    ...world.app.guards,
    logger: false,
    routes: [portalRoutes(), ...world.app.routes],
    trustProxy: false,
    publicUrl: "http://127.0.0.1",
  });
  boot.defer(() => http.close());
  const url = await http.listen({ host: "127.0.0.1", port: 0 });
  const passwordHash = await hashPassword(PASSWORD);
  const owned = boot.move();
  return {
    world,
    url,
    addMember: async (role) => {
      const email = `${role}@team.test`;
      await world.app.db.transaction(world.ctx(), (tx) =>
        world.app.identity.createUser(tx, { email, role, passwordHash, name: `Mara ${role}`, isEmailVerified: true }),
      );
      return email;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const VISITOR = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";

/** Somebody clicks a link, becomes a customer a day later, and pays. */
export async function sellThrough(world: WholeApp, code: string, customer: string): Promise<void> {
  const { send, clock, operatorKey } = world;
  const click = await send("GET", `/r/${code}`, { headers: { "user-agent": VISITOR } });
  const clickId = new URL(String(click.headers["location"])).searchParams.get("tid");
  clock.advance(1000);
  await send("POST", "/api/v1/referrals/convert", {
    auth: operatorKey,
    key: `convert-${customer}`,
    body: { externalId: customer, clickId, email: `${customer}@customers.test` },
  });
  clock.advance(1000);
  await send("POST", "/api/v1/transactions", {
    auth: operatorKey,
    key: `sale-${customer}`,
    body: {
      externalId: `invoice-${customer}`,
      customerExternalId: customer,
      kind: "payment",
      amount: 12_000,
      tax: 2_000,
      currency: "USD",
      occurredAt: clock.now().toISOString(),
    },
  });
  await world.settle();
  await world.wake("analytics.roll_up");
  await world.settle();
}
