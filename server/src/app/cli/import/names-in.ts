import { findImported } from "../../../payouts/index.ts";
import type { ReadTx } from "../../../platform/database/index.ts";
import { findTransactionNames } from "../../../sales/index.ts";
import type { OpenProgram } from "../command-context.ts";
import type { FindNames } from "./recorded-names.ts";

/** What tells which names are recorded in the program, of each kind that a file names. */
export function namesIn({ app, ctx }: Pick<OpenProgram, "app" | "ctx">) {
  const finding =
    (find: (tx: ReadTx, names: readonly string[]) => Promise<{ keys(): Iterable<string> }>): FindNames =>
    async (names) =>
      new Set((await app.db.read(ctx, (tx) => find(tx, names))).keys());
  return {
    findPartners: finding(app.partners.findByExternalIds),
    findCustomers: finding(app.identity.findCustomersByExternalIds),
    findTransactions: finding(findTransactionNames),
    findPayouts: finding(findImported),
  };
}
