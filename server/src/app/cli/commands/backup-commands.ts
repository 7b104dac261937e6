import { resolve } from "node:path";
import type { Command } from "commander";
import { backUp } from "../../backup/back-up.ts";
import { type FoundTenant, findReplacedTenants, restore } from "../../backup/restore.ts";
import { noteBackup } from "../../doctor/examine.ts";
import type { AddCommand } from "../command-context.ts";

/** `tributary backup FILE` and `tributary restore FILE`; both while the server runs. */
export const addBackup: AddCommand = (program, { withProgram, withDatabase, ask, print }) => {
  program
    .command("backup")
    .description("write the whole database to a file, while the server runs; secrets are not in it")
    .argument("<file>", "the file to write; it appears when it is whole")
    .action((file: string) =>
      withProgram(async ({ ownerUrl, ctx, config }) => {
        const { rows } = await backUp({ ownerUrl, path: file, now: ctx.now });
        await noteBackup(config.home, { at: ctx.now, file: resolve(file) });
        const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
        print(`${total.toLocaleString("en-US")} rows of ${Object.keys(rows).length} tables in ${file}`);
        print(
          "The secrets of the installation are not in it. Keep a copy of them elsewhere: without them, API keys and bank details are lost.",
        );
      }),
    );

  program
    .command("restore")
    .description("replace everything in the database by a backup, in one transaction; it names the database, and asks")
    .argument("<file>", "a file that backup wrote")
    .option("--yes", "do not ask", false)
    .action((file: string, options: { yes: boolean }, command: Command) =>
      withDatabase(async ({ ownerUrl, name }) => {
        print(`This replaces everything in ${name}, ${contentsOf(await findReplacedTenants(ownerUrl))}.`);
        const answer = options.yes ? YES : await ask(`Replace it by ${file}? Type ${YES}: `);
        if (answer === undefined) command.error("error: nobody is there to be asked; say so with --yes");
        if (answer !== YES) command.error("Nothing was changed.");
        const { rows } = await restore({ ownerUrl, path: file });
        const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
        print(
          `${total.toLocaleString("en-US")} rows restored from ${file}. \`npm run tributary -- prove\` says whether the books hold.`,
        );
      }),
    );
};

const YES = "yes";
const NAMED_MAX = 10;

function contentsOf(tenants: readonly FoundTenant[]): string {
  if (tenants.length === 0) return "which holds no tenant";
  const names = tenants.slice(0, NAMED_MAX).map(({ name, host }) => (host === null ? name : `${name} (${host})`));
  const others = tenants.length - names.length;
  return `which holds ${names.join(", ")}${others > 0 ? ` and ${others} tenants more` : ""}`;
}
