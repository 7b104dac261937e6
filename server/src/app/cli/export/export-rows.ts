import { type RawBuilder, sql } from "kysely";
import type { ReadTx } from "../../../platform/database/index.ts";

const FETCH_ROWS = 2_000;

/**
 * The rows of a query, a few thousand at a time, all of one moment: a cursor sees the database as it was when it was opened, and memory
 * stays flat however many rows there are. One at a time in a transaction.
 */
export async function* rowsOf<Row>(tx: ReadTx, query: RawBuilder<Row>): AsyncGenerator<Row> {
  // Sorting a whole table may take longer than a statement of the server may.
  await sql`set local statement_timeout = 0`.execute(tx);
  await sql`declare export_rows no scroll cursor for ${query}`.execute(tx);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.raw(`${FETCH_ROWS}`)} from export_rows`.execute(tx);
    yield* rows;
    if (rows.length < FETCH_ROWS) break;
  }
  await sql`close export_rows`.execute(tx);
}
