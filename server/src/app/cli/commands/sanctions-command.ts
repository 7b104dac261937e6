import { type Encoding, oldest, readListFile } from "../../../compliance/index.ts";
import { type AddCommand, tableOf } from "../command-context.ts";
import { instant } from "../csv/values.ts";

type Options = { readonly asOf?: string; readonly encoding: Encoding; readonly evenSo: boolean };

/** `tributary sanctions import FILES…` and `status`. */
export const addSanctions: AddCommand = (program, { withProgram, print, fail }) => {
  const group = program.command("sanctions").description("the list that partners' names are compared with");
  group
    .command("import")
    .description("take OFAC's sdn.csv, add.csv and alt.csv (or .csv.gz) into force; all of a list, or none of it")
    .argument("<files...>", "the files of one day")
    .option("--as-of <time>", "of when the files are, ISO 8601 with an offset (default: when the oldest was written)")
    .option("--encoding <name>", "utf-8, or windows-1252", "utf-8")
    .option("--even-so", "take a list that has lost more than a tenth of its entries, or was in force before", false)
    .action((paths: string[], { asOf, encoding, evenSo }: Options) =>
      withProgram(async ({ app, ctx }) => {
        const files = await Promise.all(paths.map(readListFile));
        const at = asOf === undefined ? oldest(files.map((file) => file.at)) : instant("--as-of", asOf);
        const { isNew, list } = await app.compliance.importList(ctx, {
          source: "ofac",
          files,
          encoding,
          asOf: at,
          confirmedAt: at,
          isMeant: evenSo,
        });
        print(`version ${list.version}${isNew ? "" : " is the newest still"}, of ${list.asOf.toISOString()}`);
        print(`entries: ${list.entries.toLocaleString("en-US")}`);
        if (!isNew) return;
        print(`added ${list.added}, changed ${list.changed}, removed ${list.removed}`);
        print("The worker compares partners with what has changed; nobody is cleared before.");
      }),
    );
  group
    .command("status")
    .description("print which list is in force; exits 1 where partners are screened and it clears nobody")
    .action(() =>
      withProgram(async ({ app, ctx }) => {
        const { settings, list, cases } = await app.compliance.getScreening(ctx);
        const rows = [
          ["screening", settings.isEnabled ? "on" : "off"],
          ["list", list === null ? "none" : `version ${list.version} (${list.source}), ${list.entries} entries`],
          ["confirmed", list?.confirmedAt.toISOString() ?? "never"],
          ["clears until", list?.staleFrom.toISOString() ?? "-"],
          ["cases waiting", String(cases.waiting)],
          ["confirmed matches", String(cases.confirmed)],
        ];
        for (const line of tableOf(rows)) print(line);
        if (settings.isEnabled && (list === null || list.isStale)) fail();
      }),
    );
};
