import { Client } from "pg";
import type { BenchDatabase } from "../kit/cluster.ts";
import { insertStaged, type Staged } from "../kit/produced.ts";
import { inParallel, TOGETHER, WORKERS } from "./pay-everyone.ts";

/** What settling a transfer writes (3) is no part of the batch. */
const stageOf = (column: string): string =>
  `case when ${column} like '%requested' then 1 when ${column} like 'payout.process%' then 2 else 3 end`;

/** What a payout writes, by the payout and by the stage in which it is written: 1 when it is requested, 2 when it is released. */
export const PAYOUT_TABLES: Readonly<Record<string, Staged>> = {
  partner_payouts: { units: { of_payout: "t.id", of_stage: "1" } },
  payout_items: { units: { of_payout: "t.payout_id", of_stage: "1" } },
  ledger_transactions: { units: { of_payout: "t.source_id", of_stage: "1" } },
  ledger_postings: { units: { of_payout: "t.source_id", of_stage: "1" } },
  transfer_attempts: { units: { of_payout: "t.payout_id", of_stage: "2" } },
  audit_log: { units: { of_payout: "t.target_id", of_stage: stageOf("t.action") } },
  outbox_events: { units: { of_payout: "t.object_id", of_stage: stageOf("t.type") } },
};

type Stage = 1 | 2;

/** In the order in which foreign keys let them be written. */
const WRITTEN: Readonly<Record<Stage, readonly string[]>> = {
  1: ["partner_payouts", "payout_items", "ledger_transactions", "ledger_postings", "audit_log", "outbox_events"],
  2: ["transfer_attempts", "audit_log", "outbox_events"],
};

/** Inserts the staged rows of payouts by as many connections as there are workers. Returns how long it took. */
export async function insertPayouts(database: BenchDatabase, tenantId: string): Promise<number> {
  const payoutIds = await database.asSuperuser(async (client) => {
    const { rows } = await client.query<{ id: string }>("select id from bench.partner_payouts order by id");
    return rows.map(({ id }) => id);
  });
  const batches = Array.from({ length: Math.ceil(payoutIds.length / TOGETHER) }, (_, batch) =>
    payoutIds.slice(batch * TOGETHER, (batch + 1) * TOGETHER),
  );
  const statements = await database.asSuperuser(async (client) => {
    const made = new Map<string, string>();
    for (const table of Object.keys(PAYOUT_TABLES))
      made.set(table, await insertStaged(client, table, "of_payout = any ($1::uuid[]) and of_stage = $2"));
    return made;
  });

  const clients = await Promise.all(Array.from({ length: WORKERS }, () => connect(database, tenantId)));
  const write = async (ids: readonly string[], stage: Stage, worker: number): Promise<void> => {
    const client = clients[worker];
    if (client === undefined) throw new Error("there is a connection for each worker");
    await client.query("begin");
    // Prepared once a connection: the floor is to be as low as it can be.
    for (const table of WRITTEN[stage])
      await client.query({ name: table, text: statements.get(table) ?? "", values: [ids, stage] });
    await client.query("commit");
  };
  try {
    const begunAt = performance.now();
    await inParallel(batches, (ids, worker) => write(ids, 1, worker));
    await inParallel(batches, (ids, worker) => write(ids, 2, worker));
    return (performance.now() - begunAt) / 1_000;
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function connect(database: BenchDatabase, tenantId: string): Promise<Client> {
  const client = new Client({ connectionString: database.serverUrl, options: database.serverOptions(tenantId) });
  await client.connect();
  return client;
}
