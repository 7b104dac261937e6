import { resolve } from "node:path";
import type { Command } from "commander";
import { backUp } from "../../backup/back-up.ts";
import { restore } from "../../backup/restore.ts";
import { noteBackup } from "../../doctor/examine.ts";
import type { AddCommand } from "../command-context.ts";

/** `tributary backup FILE` and `tributary restore FILE`; both while the server runs. */
export const addBackup: AddCommand = (program, { withProgram, print }) => {
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
    .description("replace everything in the database by a backup, in one transaction; --yes is asked for")
    .argument("<file>", "a file that backup wrote")
    .option("--yes", "yes, replace what is there", false)
    .action(async (file: string, options: { yes: boolean }, command: Command) => {
      if (!options.yes) command.error("error: restore replaces everything in the database; say so with --yes");
      await withProgram(async ({ ownerUrl }) => {
        const { rows } = await restore({ ownerUrl, path: file });
        const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
        print(
          `${total.toLocaleString("en-US")} rows restored from ${file}. \`npm run tributary -- prove\` says whether the books hold.`,
        );
      });
    });
};
