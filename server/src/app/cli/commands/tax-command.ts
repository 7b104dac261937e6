import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { formatMajor } from "../../../kernel/money.ts";
import { partsOf } from "../../../tax/index.ts";
import { type AddCommand, tableOf } from "../command-context.ts";

const PRIVATE = 0o600;

/** `tributary tax year YEAR` and `tax export YEAR --out FOLDER`: how a tax year stands, and its returns as files for the IRS. */
export const addTax: AddCommand = (program, { withProgram, print }) => {
  const tax = program.command("tax").description("tax years: how one stands, and its returns as files for the IRS");
  withYear(tax.command("year"))
    .description("print how partners stand in a tax year, and what has been filed of it")
    .action((year: number) =>
      withProgram(async ({ app, ctx }) => {
        const view = await app.tax.getTaxYear(ctx, { year });
        print(
          `${year} is ${view.status}; returns are due on ${view.dueOn}. From ${usd(view.threshold)} on it is reported.`,
        );
        const states = view.states.map((one) => [one.state, String(one.partners), usd(one.amount), usd(one.withheld)]);
        for (const line of tableOf([["state", "partners", "paid", "withheld"], ...states])) print(line);
        const runs = view.runs.map((one) => [String(one.run), String(one.returns), usd(one.amount), usd(one.withheld)]);
        if (runs.length > 0) for (const line of tableOf([["run", "returns", "box 1", "box 4"], ...runs])) print(line);
      }),
    );
  withYear(tax.command("export"))
    .description("write the returns of a closed year, as many to a file as the IRS takes at once")
    .requiredOption("--out <folder>", "required: where the files go; only you can read them")
    .option("--run <number>", "0 is the close of the year, others are corrections", wholeNumber, 0)
    .action((year: number, { out, run }: { out: string; run: number }) =>
      withProgram(async ({ app, ctx }) => {
        const { runs } = await app.tax.getTaxYear(ctx, { year });
        const returns = runs.find((one) => one.run === run)?.returns ?? 0;
        await mkdir(out, { recursive: true, mode: 0o700 });
        for (let part = 1; part <= Math.max(partsOf(returns), 1); part += 1) {
          const { name, content } = await app.tax.exportReturns(ctx, { year, run, part });
          await pipeline(content, createWriteStream(join(out, name), { mode: PRIVATE }));
        }
        print(`${returns} returns in ${partsOf(returns)} files in ${out}`);
      }),
    );
};

const usd = (cents: bigint): string => `${formatMajor(cents, "USD")} USD`;

const withYear = (command: Command): Command => command.argument("<year>", "the tax year", wholeNumber);

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("a whole number is expected");
  return number;
}
