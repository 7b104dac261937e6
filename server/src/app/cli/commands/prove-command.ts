import type { Command } from "commander";
import { type Finding, prove } from "../../prove/prove.ts";
import type { AddCommand } from "../command-context.ts";
import { findTenants, isCalled } from "../find-tenants.ts";

/** `tributary prove`: every invariant that can be read off the data, in every tenant. */
export const addProve: AddCommand = (program, { withProgram, print, fail }) => {
  program
    .command("prove")
    .description("check every invariant of the books that can be read off the data; exit 1 names the first break")
    .option("--tenant <tenant>", "of one tenant alone, by its id or its host (default: every tenant)")
    .action(({ tenant }: { tenant?: string }, command: Command) =>
      withProgram(async (opened) => {
        const { db, moduleChecks } = opened.app;
        const all = await findTenants(opened);
        const asked = all.filter((one) => tenant === undefined || isCalled(one, tenant));
        if (asked.length === 0) command.error(`error: no tenant has the id or the host ${tenant}`);

        let first: string | undefined;
        for (const one of asked) {
          const where = `${one.name} (${one.host})`;
          if (all.length > 1) print(`The books of ${where}:`);
          for await (const finding of prove({ db, ctx: one.ctx, moduleChecks })) {
            if (finding.broken > 0) first ??= all.length > 1 ? `${finding.name}, in ${where}` : finding.name;
            print(lineOf(finding));
            for (const what of finding.breaks) print(`       ${what}`);
          }
        }
        print(first === undefined ? "The books hold." : `Broken: ${first}.`);
        if (first !== undefined) fail();
      }),
    );
};

const lineOf = ({ name, counted, broken }: Finding): string =>
  `${broken === 0 ? "holds " : "BROKEN"} ${name} (${counted.toLocaleString("en-US")} looked at${broken === 0 ? "" : `, ${broken} broken`})`;
