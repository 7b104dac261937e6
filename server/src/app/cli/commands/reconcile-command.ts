import { DAY_MS } from "../../../kernel/clock.ts";
import { formatMajor } from "../../../kernel/money.ts";
import type { AddCommand } from "../command-context.ts";
import { instant } from "../csv/values.ts";

/** What is compared where nothing is said: the last month. */
const DEFAULT_MS = 30 * DAY_MS;

/** `tributary reconcile`: the books against Stripe's transfers. */
export const addReconcile: AddCommand = (program, { withProgram, print, fail }) => {
  program
    .command("reconcile")
    .description("compare the payouts in the books with the transfers at Stripe; exit 1 where they differ")
    .option("--from <time>", "transferred at or after, ISO 8601 with an offset (default: 30 days ago)")
    .option("--to <time>", "transferred before (default: now)")
    .action((options: { from?: string; to?: string }) =>
      withProgram(async ({ app, ctx }) => {
        const to = options.to === undefined ? ctx.now : instant("--to", options.to);
        const from = options.from === undefined ? new Date(to.getTime() - DEFAULT_MS) : instant("--from", options.from);
        const { here, atProvider, differences } = await app.payouts.reconcilePayouts(ctx, {
          from: from.toISOString(),
          to: to.toISOString(),
        });
        print(`${here} transfers in the books, ${atProvider} at Stripe, ${differences.length} differences`);
        const amount = (minor: bigint | null, currency: string) =>
          minor === null ? "none" : `${formatMajor(minor, currency)} ${currency}`;
        for (const found of differences) {
          print("");
          print(`${found.difference}: payout ${found.payoutId}, transfer ${found.transferId}`);
          print(
            `  here ${amount(found.amountHere, found.currency)}, there ${amount(found.amountThere, found.currency)}`,
          );
          print(`  ${found.action}`);
        }
        if (differences.length > 0) fail();
      }),
    );
};
