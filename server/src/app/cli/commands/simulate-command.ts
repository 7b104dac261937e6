import { readFile } from "node:fs/promises";
import { formatMajor } from "../../../kernel/money.ts";
import { planDocumentOf } from "../../../programs/index.ts";
import { type AddCommand, tableOf } from "../command-context.ts";
import { BadValue, instant } from "../csv/values.ts";

/** `tributary simulate PLAN.json --from --to`: what a draft plan would have cost, per partner, writing nothing. */
export const addSimulate: AddCommand = (program, { withProgram, print }) => {
  program
    .command("simulate")
    .description("say what a draft plan would have cost, by partner; writes nothing")
    .argument("<plan>", "a JSON file as GET /api/v1/admin/program/plans/{id} answers a version: { tiers: … }")
    .requiredOption("--from <time>", "required: count what was earned at or after, ISO 8601 with an offset or a day")
    .requiredOption("--to <time>", "required: count what was earned before")
    .action((file: string, options: { from: string; to: string }) =>
      withProgram(async ({ app, ctx }) => {
        const plan = planDocumentOf(readJson(await readFile(file, "utf8")));
        const [from, to] = [dayOrInstant("--from", options.from), dayOrInstant("--to", options.to)];
        const { partners, totals } = await app.commissions.simulatePlan(ctx, { plan, from, to });
        const names = await app.db.read(ctx, (tx) =>
          app.partners.findPartners(
            tx,
            partners.map(({ partnerId }) => partnerId),
          ),
        );
        const line = (name: string, { currency, recorded, simulated }: Cost): string[] => [
          name,
          currency,
          formatMajor(recorded, currency),
          formatMajor(simulated, currency),
          formatMajor(simulated - recorded, currency),
        ];
        const rows = [
          ["partner", "currency", "as recorded", "under the draft", "difference"],
          ...partners.map((cost) => line(names.get(cost.partnerId)?.referralCode ?? cost.partnerId, cost)),
          ...totals.map((total) => line("all", total)),
        ];
        for (const text of tableOf(rows)) print(text);
        for (const { currency, winners, losers } of totals)
          print(`${currency}: ${winners} partners would have more, ${losers} less`);
      }),
    );
};

type Cost = { readonly currency: string; readonly recorded: bigint; readonly simulated: bigint };

/** An instant, or a day that begins in UTC. */
export const dayOrInstant = (option: string, text: string): Date =>
  instant(option, /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadValue("plan", "the file is not JSON");
  }
}
