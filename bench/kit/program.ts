import Fastify from "fastify";
import { type Composition, compose } from "../../server/src/app/compose.ts";
import { createServerOf } from "../../server/src/app/runtime/create-server.ts";
import { type Ctx, systemContext } from "../../server/src/platform/context.ts";
import { generateSecrets } from "../../server/src/platform/crypto/index.ts";
import type { App } from "../../server/src/platform/http/index.ts";
import { createMetrics } from "../../server/src/platform/metrics/index.ts";
import type { BenchDatabase } from "./cluster.ts";

/** The whole program on a database, with a programme. */
export type Program = AsyncDisposable & {
  readonly app: Composition;
  readonly tenantId: string;
  /** The operator's tenant, the program itself acting, now or at an instant. */
  readonly ctx: (now?: Date) => Ctx;
  /** Its real HTTP server, listening on a port of the loopback address. */
  listen(): Promise<{ readonly http: App; readonly origin: string }>;
};

const secrets = generateSecrets();
const PUBLIC_URL = "http://127.0.0.1";

/** Composes the program on a database; makes the operator and its programme where there are none. */
export async function openProgram(
  database: Pick<BenchDatabase, "serverUrl">,
  poolMax?: number,
  cardIssuerAddresses: readonly string[] = [],
): Promise<Program> {
  await using boot = new AsyncDisposableStack();
  const app = boot.use(
    await compose({
      database: { url: database.serverUrl, ...(poolMax === undefined ? {} : { poolMax }) },
      publicUrl: PUBLIC_URL,
      secrets,
      mail: { smtpUrl: undefined, from: "bench@operator.test" },
      stripe: undefined,
      cardIssuerAddresses,
      webhookAddresses: { allowsLoopback: true, allowsPrivate: false },
      logger: Fastify({ logger: false }).log,
    }),
  );
  const operator = await app.tenants.createOperator({ name: "Operator", now: app.clock.now() });
  const ctx = (now = app.clock.now()): Ctx => systemContext({ tenantId: operator.id, job: "bench", now });
  if (operator.isNew) await createProgramme(app, ctx());
  const owned = boot.move();
  return {
    app,
    tenantId: operator.id,
    ctx,
    listen: async () => {
      const http = await createServerOf({
        app,
        metrics: createMetrics({ pool: app.db.pool }),
        metricsToken: undefined,
        checks: [],
        isStopping: () => false,
        logger: false,
        secrets,
        publicUrl: PUBLIC_URL,
        // Visitors come from many addresses: a load generator says which in the header that a proxy would write.
        trustProxy: true,
        servesApi: true,
      });
      owned.defer(() => http.close());
      return { http, origin: await http.listen({ host: "127.0.0.1", port: 0 }) };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function createProgramme(app: Composition, ctx: Ctx): Promise<void> {
  await app.db.transaction(ctx, (tx) =>
    app.programs.createProgram(tx, {
      name: "Partners",
      currency: "USD",
      destinationHosts: ["shop.test"],
      defaultDestination: "https://shop.test/",
    }),
  );
  await app.flags.setFlag(ctx, { key: "partner-program", isEnabled: true });
}
