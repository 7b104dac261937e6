import { InvalidArgumentError } from "commander";
import type { Backdating } from "../../../commissions/index.ts";
import { formatMajor } from "../../../kernel/money.ts";
import { type AddCommand, type OpenProgram, tableOf } from "../command-context.ts";
import { dayOrInstant } from "./simulate-command.ts";

/**
 * `tributary backdate PLAN_ID --from DATE`: what a draft would change from a date in the past, per partner; with the digest that this prints, and a
 * reason, publishes it.
 */
export const addBackdate: AddCommand = (program, { withProgram, print }) => {
  program
    .command("backdate")
    .description(
      "say what a draft would change from a date in the past, by partner; with --digest and --reason, publish it",
    )
    .argument("<plan-id>", "the draft")
    .requiredOption(
      "--from <time>",
      "required: it holds for what is dated from then on, ISO 8601 with an offset or a day",
    )
    .option("--digest <digest>", "publish what was shown under this digest")
    .option("--reason <reason>", "why; kept in the audit trail")
    .action((planId: string, options: { from: string; digest?: string; reason?: string }) => {
      const { digest, reason } = options;
      if ((digest === undefined) !== (reason === undefined))
        throw new InvalidArgumentError("--digest and --reason are given together");
      return withProgram(async (open) => {
        const asked = { planId, effectiveFrom: dayOrInstant("--from", options.from) };
        const shown =
          digest === undefined || reason === undefined
            ? await open.app.commissions.previewBackdating(open.ctx, asked)
            : await open.app.commissions.backdatePlan(open.ctx, { ...asked, digest, reason });
        for (const line of await linesOf(open, shown)) print(line);
        print(digest === undefined ? `digest ${shown.digest}` : `published as version ${shown.version}`);
      });
    });
};

async function linesOf({ app, ctx }: OpenProgram, { partners, totals, leftAsPaid }: Backdating): Promise<string[]> {
  const ids = [...new Set(partners.map(({ partnerId }) => partnerId))];
  const names = await app.db.read(ctx, (tx) => app.partners.findPartners(tx, ids));
  const nameOf = (partnerId: string) => names.get(partnerId)?.referralCode ?? partnerId;
  const line = (name: string, one: Omit<Backdating["partners"][number], "partnerId">): string[] => [
    name,
    one.currency,
    String(one.corrections),
    formatMajor(one.difference, one.currency),
    String(one.paid),
    formatMajor(one.paidDifference, one.currency),
  ];
  return [
    ...tableOf([
      ["partner", "currency", "corrections", "difference", "paid", "left as paid"],
      ...partners.map((one) => line(nameOf(one.partnerId), one)),
      ...totals.map((one) => line("all", one)),
    ]),
    ...leftAsPaid.map(
      ({ partnerId, commissionId, amount, currency }) =>
        `left as paid: ${commissionId} of ${nameOf(partnerId)}, ${formatMajor(amount, currency)} ${currency}`,
    ),
  ];
}
