import { Argument } from "commander";
import type { AddCommand } from "../command-context.ts";
import { exportFile } from "../export/export-file.ts";
import { EXPORT_KINDS, EXPORTS, type ExportKind } from "../export/export-kinds.ts";
import { startProgress } from "../progress.ts";

/** `tributary export KIND --out FILE`. */
export const addExport: AddCommand = (program, { withProgram, print }) => {
  program
    .command("export")
    .description(`write one of these to a CSV file: ${EXPORT_KINDS.join(", ")}`)
    .addArgument(new Argument("<kind>", "what to export").choices(EXPORT_KINDS))
    .requiredOption("--out <file>", "required: the file to write; it appears when it is whole")
    .action((kind: ExportKind, options: { out: string }) =>
      withProgram(async ({ app, ctx }) => {
        const progress = startProgress(`${kind} exported`);
        const rows = await exportFile({
          db: app.db,
          ctx,
          definition: EXPORTS[kind],
          path: options.out,
          onProgress: progress.update,
        });
        progress.finish(rows);
        const what = kind === "ledger" ? "postings" : kind;
        print(`${rows.toLocaleString("en-US")} ${what} in ${options.out}`);
      }),
    );
};
