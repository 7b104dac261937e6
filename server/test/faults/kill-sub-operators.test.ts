import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/kernel/clock.ts";
import { newId } from "../../src/kernel/id.ts";
import { systemContext } from "../../src/platform/context.ts";
import { openApp, type WholeApp } from "../kit/app.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { breaksIn } from "../kit/sub-operators.ts";
import { type Act, MOMENTS, perform, type Stop, type Subject, type WorkerInput } from "./sub-operator-worker.ts";

/** What an act has done after so many of its transactions. */
const DONE: Readonly<Record<Act, readonly object[]>> = {
  create: [
    { tenant: null, status: null, contracts: 0, agreements: 0, news: [], jobs: 0 },
    { tenant: "active", status: "opening", contracts: 1, agreements: 1, news: ["created"], jobs: 1 },
  ],
  open: [
    { status: "opening", programs: 0, plans: 0, admins: 0, news: ["created"] },
    { status: "opening", programs: 1, plans: 1, admins: 0, news: ["created"] },
    { status: "opening", programs: 1, plans: 1, admins: 1, news: ["created"] },
    { status: "active", programs: 1, plans: 1, admins: 1, news: ["created", "opened"] },
  ],
  "book a share": [
    { shares: 0, owed: 0 },
    { shares: 1, owed: 5_000 },
  ],
  "charge a card product": [{ usages: 0 }, { usages: 1 }],
  suspend: [
    { tenant: "active", status: "active", news: ["created", "opened"] },
    { tenant: "suspended", status: "suspended", news: ["created", "opened", "suspended"] },
  ],
  remove: [
    { tenant: "active", status: "active", news: ["created", "opened"] },
    { tenant: "removed", status: "removed", news: ["created", "opened", "removed"] },
  ],
};
/** What whoever does it again is told where it was done. */
const TOLD_SO: Partial<Record<Act, string>> = {
  create: "sub_operator.host_taken",
  suspend: "sub_operator.wrong_state",
  remove: "sub_operator.wrong_state",
};

const STOPS = (Object.keys(DONE) as Act[]).flatMap((act) =>
  DONE[act]
    .slice(1)
    .flatMap((_, index) => MOMENTS.map((moment) => [act, { transaction: index + 1, moment } satisfies Stop] as const)),
);
/** How many transactions of an act were committed when it was killed. */
const committed = ({ transaction, moment }: Stop): number =>
  moment === "after commit" ? transaction : transaction - 1;

/** On a machine that does much else; alone it is seconds. */
const PATIENCE_MS = 120_000;

let database: ClonedDatabase;
let world: WholeApp;
let input: WorkerInput;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await openApp(database);
  const subjects = await makePartners();
  const before = subjects.filter(({ act }) => act !== "create");
  const opened = before.filter(({ act }) => act !== "open");
  for (const subject of opened) await make(subject);
  await world.settle();
  for (const subject of before.filter(({ act }) => act === "open")) await make(subject);
  for (const subject of opened.filter(({ act }) => act === "book a share"))
    Object.assign(subject, { saleId: await sell(subject.id) });
  input = {
    url: database.serverUrl,
    tenantId: world.ctx().tenantId,
    now: world.clock.now().toISOString(),
    scenes: subjects.map((subject, index) => ({ subject, stop: STOPS[index]?.[1] as Stop })),
  };
  await killWhereItStands();
}, PATIENCE_MS);
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** One partner of the third tier for each stop. */
async function makePartners(): Promise<Subject[]> {
  const made = await world.app.partners.importPartners(
    world.ctx(),
    STOPS.map((_, index) => ({
      externalId: `bank-${index}`,
      email: `bank-${index}@banks.test`,
      partnerType: "whitelabel",
      joinedAt: new Date("2026-01-01"),
    })),
  );
  const startsOn = new Date(world.clock.now().getTime() + DAY_MS).toISOString().slice(0, 10);
  return STOPS.map(([act], index) => {
    const one = made[index];
    if (one?.status !== "imported" || one.partnerId === null) throw new Error("a bank was not imported");
    return {
      act,
      partnerId: one.partnerId,
      host: `bank-${index}.test`,
      id: "",
      saleId: "",
      productId: newId(),
      startsOn,
    };
  });
}

const here = () => ({ tenantId: world.ctx().tenantId, now: world.clock.now().toISOString() });

async function make(subject: Subject): Promise<void> {
  const made = (await perform(world.app, here(), { ...subject, act: "create" })) as { id: string };
  Object.assign(subject, { id: made.id });
}

/** A payment of 100.00 without tax, whose news nobody has taken yet. */
async function sell(tenantId: string): Promise<string> {
  const { results } = await world.app.sales.recordTransactions(
    systemContext({ tenantId, job: "test", now: world.clock.now() }),
    [
      {
        externalId: "sale-1",
        customerExternalId: "customer-1",
        createCustomer: true,
        kind: "payment",
        amount: 12_000n,
        tax: 2_000n,
        revenue: 0n,
        currency: "USD",
        occurredAt: world.clock.now(),
        originalExternalId: null,
      },
    ],
  );
  const [result] = results as { id?: string }[];
  return result?.id ?? "";
}

/** Does everything in a process of its own, and kills it, without warning, when it stands everywhere. */
async function killWhereItStands(): Promise<void> {
  const worker = spawn(process.execPath, [join(import.meta.dirname, "sub-operator-worker.ts"), JSON.stringify(input)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(worker, "close").then(([code]) => {
    throw new Error(`the worker ended by itself, with ${String(code)}`);
  });
  await Promise.race([once(worker.stdout, "data"), ended]);
  ended.catch(() => {});
  worker.kill("SIGKILL");
  await once(worker, "close");
  // Postgres has noticed, and undone what was not committed.
  for (let open = 1; open > 0; ) {
    const [row] = await asOwner<{ open: number }>(
      database,
      "select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
    );
    open = row?.open ?? 0;
  }
}

/** All that the acts could have changed of one. */
async function seen({ partnerId, host }: Subject): Promise<object> {
  const [row] = await asOwner(
    database,
    `with child as (select id, status from tenants where host = $2)
     select (select status from child) as tenant,
            (select status from sub_operators where partner_id = $1) as status,
            (select count(*)::int from sub_operator_contracts c join sub_operators s on s.id = c.sub_operator_id where s.partner_id = $1) as contracts,
            (select count(*)::int from partner_fee_agreements where partner_id = $1) as agreements,
            (select coalesce(json_agg(replace(type, 'sub_operator.', '') order by position), '[]') from outbox_events
              where type like 'sub_operator.%' and object_type = 'sub_operator' and object_id = (select id from child)) as news,
            (select count(*)::int from tributary_jobs.jobs where key like '%:open:' || (select id from child)) as jobs,
            (select count(*)::int from programs where tenant_id = (select id from child)) as programs,
            (select count(*)::int from commission_plans where tenant_id = (select id from child)) as plans,
            (select count(*)::int from users where tenant_id = (select id from child) and role = 'admin') as admins,
            (select count(*)::int from sub_operator_shares h join sub_operators s on s.id = h.sub_operator_id where s.partner_id = $1) as shares,
            (select coalesce(sum(balance), 0)::int from ledger_accounts where partner_id = $1 and kind = 'share_receivable') as owed,
            (select count(*)::int from partner_fee_usages where partner_id = $1) as usages`,
    [partnerId, host],
  );
  return row ?? {};
}

const sceneOf = (act: Act, stop: Stop) => {
  const index = STOPS.findIndex(([each, at]) => each === act && at === stop);
  const scene = input.scenes[index];
  if (scene === undefined) throw new Error(`nothing was done to ${act}`);
  return scene.subject;
};

describe("a process that is killed while it does something to a sub-operator", () => {
  it.each(STOPS.map(([act, stop]) => [act, stop.moment, stop.transaction, stop] as const))(
    "%s, %s of its transaction %i: that is there whole or not at all",
    async (act, _moment, _transaction, stop) => {
      expect(await seen(sceneOf(act, stop))).toMatchObject(DONE[act][committed(stop)] as object);
    },
  );

  it(
    "leaves nothing half: done again, and by the jobs and the news that were kept, everything is done once, and the books hold",
    async () => {
      for (const [act, stop] of STOPS) {
        const again = await perform(world.app, here(), sceneOf(act, stop)).then(
          () => "done",
          (error: { code?: string }) => error.code,
        );
        const isDone = committed(stop) === DONE[act].length - 1;
        expect([act, stop, again]).toEqual([act, stop, isDone ? (TOLD_SO[act] ?? "done") : "done"]);
      }
      await world.settle();
      for (const [act, stop] of STOPS) {
        const last = act === "create" ? { ...DONE.open.at(-1), contracts: 1, agreements: 1 } : DONE[act].at(-1);
        expect([act, stop, await seen(sceneOf(act, stop))]).toMatchObject([act, stop, { jobs: 0, ...last }]);
        const mails = world.mails.filter(({ to }) => to === `first@${sceneOf(act, stop).host}`);
        expect([act, stop, mails.length]).toEqual([act, stop, 1]);
      }
      const sold = STOPS.filter(([act]) => act === "book a share").map(([act, stop]) => sceneOf(act, stop).id);
      for (const id of [world.ctx().tenantId, ...sold])
        expect(await breaksIn(world, systemContext({ tenantId: id, job: "test", now: world.clock.now() }))).toEqual([]);
    },
    PATIENCE_MS,
  );
});
