import { Client } from "pg";
import { JOBS_SCHEMA, migrate, SCHEMA } from "../../platform/database/index.ts";
import { StartError } from "../runtime/start-error.ts";

/** What a programme owes and has paid: while one of these has a row, the schema does not go without a word. */
const MONEY_TABLES = ["transactions", "commissions", "partner_payouts", "ledger_postings"];

export type RollBackSchema = {
  readonly ownerUrl: string;
  /** Said by the operator: the money rows may go. */
  readonly discardsMoney: boolean;
};

/** Takes every table down again, the job queue's included. Returns the migrations that were undone, newest first. */
export async function rollBackSchema({ ownerUrl, discardsMoney }: RollBackSchema): Promise<string[]> {
  const money = await countMoney(ownerUrl);
  if (money.length > 0 && !discardsMoney) {
    throw new StartError(
      `The schema holds money, which a rollback would delete: ${money.map(({ table, rows }) => `${rows} rows in ${table}`).join(", ")}.`,
      "Back up first (npm run tributary -- backup FILE). Then, if it is to go: npm run migrate:rollback partner-schema -- --discard-money",
    );
  }
  const undone = await migrate({ url: ownerUrl, direction: "down" });
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`drop schema if exists ${JOBS_SCHEMA} cascade`);
  } finally {
    await client.end();
  }
  return undone;
}

async function countMoney(ownerUrl: string): Promise<{ table: string; rows: bigint }[]> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const found: { table: string; rows: bigint }[] = [];
    for (const table of MONEY_TABLES) {
      const { rows: there } = await client.query("select to_regclass($1) as name", [`${SCHEMA}.${table}`]);
      if (there[0]?.name === null) continue;
      const { rows } = await client.query<{ count: string }>(`select count(*) from ${SCHEMA}.${table}`);
      const count = BigInt(rows[0]?.count ?? 0);
      if (count > 0n) found.push({ table, rows: count });
    }
    return found;
  } finally {
    await client.end();
  }
}
