import { createReadStream } from "node:fs";
import { openRejects } from "../../server/src/app/cli/csv/rejects.ts";
import { importTransactions, TRANSACTION_COLUMNS } from "../../server/src/app/cli/import/import-transactions.ts";
import { namesIn } from "../../server/src/app/cli/import/names-in.ts";
import { openProgram } from "../kit/program.ts";
import type { Imported, ImportOrder } from "./import-file.ts";

/** The unit in which the system tells the peak. */
const KILOBYTE = 1_024;
const order = JSON.parse(process.argv[2] ?? "") as ImportOrder;
const begunAt = performance.now();
let events = 0;
/** Ends an import that takes longer than a run has: what has been imported stays. */
class TimeIsUp extends Error {}
let isLate = false;

await using program = await openProgram({ serverUrl: order.serverUrl });
await using rejects = await openRejects(`${order.path}.rejects`, TRANSACTION_COLUMNS.required);
try {
  await importTransactions({
    ctx: program.ctx(),
    sales: program.app.sales,
    ...namesIn({ app: program.app, ctx: program.ctx() }),
    chunks: createReadStream(order.path),
    rejects,
    onProgress: (done) => {
      events = done;
      if (performance.now() - begunAt > order.secondsMax * 1_000) throw new TimeIsUp();
    },
  });
} catch (error) {
  if (!(error instanceof TimeIsUp)) throw error;
  isLate = true;
}
if (rejects.count > 0) throw new Error(`${rejects.count} rows were refused`);
const peak = process.resourceUsage().maxRSS * KILOBYTE;
process.send?.({ events, peak, isLate, seconds: (performance.now() - begunAt) / 1_000 } satisfies Imported);
