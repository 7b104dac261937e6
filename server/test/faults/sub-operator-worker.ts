/**
 * A process that does things to sub-operators, all at once, and stands still in each at the end of a transaction, to be killed there:
 * `node sub-operator-worker.ts <json>`. It says on its standard output that it stands everywhere, and then waits for ever.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import Fastify from "fastify";
import { type Composition, compose } from "../../src/app/compose.ts";
import { movableClock } from "../../src/kernel/clock.ts";
import { systemContext } from "../../src/platform/context.ts";
import { generateSecrets } from "../../src/platform/crypto/index.ts";
import type { Database, OutboxRow } from "../../src/platform/database/index.ts";
import { cardProductMade, sold } from "../../src/whitelabel/sub-operator-events.ts";

const ACTS = ["create", "open", "book a share", "charge a card product", "suspend", "remove"] as const;
export type Act = (typeof ACTS)[number];
export const MOMENTS = ["before commit", "after commit"] as const;

/** Where an act is stopped: in which of its transactions, and when. */
export type Stop = { readonly transaction: number; readonly moment: (typeof MOMENTS)[number] };

/** What an act is about; ids as far as there is something yet. */
export type Subject = {
  readonly act: Act;
  readonly partnerId: string;
  readonly host: string;
  readonly id: string;
  readonly saleId: string;
  readonly productId: string;
  readonly startsOn: string;
};

export type WorkerInput = {
  readonly url: string;
  readonly tenantId: string;
  readonly now: string;
  readonly scenes: readonly { readonly subject: Subject; readonly stop: Stop }[];
};

/** One act, in this process or in another. */
export function perform(
  { whitelabel }: Pick<Composition, "whitelabel">,
  { tenantId, now }: Pick<WorkerInput, "tenantId" | "now">,
  { act, partnerId, host, id, saleId, productId, startsOn }: Subject,
): Promise<unknown> {
  const at = (tenant: string) => systemContext({ tenantId: tenant, job: "test", now: new Date(now) });
  const told = (event: object) => [event as OutboxRow];
  switch (act) {
    case "create":
      return whitelabel.createWhiteLabelPartner(at(tenantId), {
        partnerId,
        name: "Harbour Bank",
        host,
        admin: { email: `first@${host}`, name: "Bo" },
        limits: { maxPartners: null, maxRate: null, currencies: null, countries: null },
        fees: { startsOn, supportFrom: null, maySetOff: true, dueDays: 30 },
      });
    case "open":
      return whitelabel.openSubOperator(at(tenantId), { id, currency: "USD" });
    case "book a share":
      return whitelabel.bookShares(at(id), told(sold(id, { transactionIds: [saleId] })));
    case "charge a card product":
      return whitelabel.chargeCardProducts(at(id), told(cardProductMade(id, { reference: productId })));
    case "suspend":
      return whitelabel.suspendSubOperator(at(tenantId), { id, reason: "The licence is not paid" });
    case "remove":
      return whitelabel.removeSubOperator(at(tenantId), { id, reason: "It has ended" });
  }
}

const input = process.argv[2];
if (input !== undefined) await work(JSON.parse(input) as WorkerInput);

async function work(given: WorkerInput): Promise<void> {
  const app = await compose(
    {
      database: { url: given.url },
      publicUrl: "http://operator.test",
      secrets: generateSecrets(),
      mail: { smtpUrl: undefined, from: "tributary@operator.test" },
      stripe: undefined,
      logger: Fastify({ logger: false }).log,
    },
    { clock: movableClock(new Date(given.now)) },
  );
  // Every service works on this one object.
  const stops = new AsyncLocalStorage<{ readonly stop: Stop; begun: number; readonly stand: () => Promise<never> }>();
  const real = { ...app.db };
  const transaction: Database["transaction"] = async (ctx, inside) => {
    const scene = stops.getStore();
    if (scene === undefined) return real.transaction(ctx, inside);
    scene.begun += 1;
    const stopsAt = scene.begun === scene.stop.transaction ? scene.stop.moment : undefined;
    const done = await real.transaction(ctx, async (tx) => {
      const result = await inside(tx);
      return stopsAt === "before commit" ? scene.stand() : result;
    });
    return stopsAt === "after commit" ? scene.stand() : done;
  };
  Object.assign(app.db, { transaction });

  /** Begins an act; resolves when it stands. */
  const begin = ({ subject, stop }: WorkerInput["scenes"][number]): Promise<void> => {
    const standing = Promise.withResolvers<void>();
    const stand = (): Promise<never> => {
      standing.resolve();
      return new Promise(() => {});
    };
    const ended = stops.run({ stop, begun: 0, stand }, () => perform(app, given, subject));
    ended.then(
      () => standing.reject(new Error(`${subject.act} ended, and was to stand in transaction ${stop.transaction}`)),
      standing.reject,
    );
    return standing.promise;
  };
  // What has not committed keeps its locks: it comes last, so that nobody waits for it.
  for (const moment of ["after commit", "before commit"] as const)
    await Promise.all(given.scenes.filter(({ stop }) => stop.moment === moment).map(begin));
  process.stdout.write("standing\n");
}
