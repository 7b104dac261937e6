import type { Command } from "commander";
import type { AddCommand, CommandDeps, OpenProgram } from "../command-context.ts";
import { instant } from "../csv/values.ts";
import { importFile, type OpenedImport, rejectsPath } from "../import/import-file.ts";
import { importPartners, PARTNER_COLUMNS } from "../import/import-partners.ts";
import { importPayouts, PAYOUT_COLUMNS } from "../import/import-payouts.ts";
import { importReferrals, REFERRAL_COLUMNS } from "../import/import-referrals.ts";
import { importTransactions, TRANSACTION_COLUMNS } from "../import/import-transactions.ts";
import { namesIn } from "../import/names-in.ts";
import type { Columns } from "../import/read-items.ts";

const EXAMPLE_FILE = "partners.csv";

type Counts = Readonly<Record<string, number>>;

type Import = {
  readonly columns: Columns<string>;
  readonly run: (program: OpenProgram, opened: OpenedImport) => Promise<Counts>;
};

/** `tributary import partners|referrals|transactions|payouts FILE`. */
export const addImport: AddCommand = (program, deps) => {
  const group = program
    .command("import")
    .description(
      `read a CSV file; what cannot be taken goes beside it (of ${EXAMPLE_FILE} to ${rejectsPath(EXAMPLE_FILE)}) with line, column and reason`,
    );
  addKind(group, deps, "partners", {
    columns: PARTNER_COLUMNS,
    run: (program, opened) => {
      const { app, ctx } = program;
      return importPartners({ ...opened, ctx, partners: app.partners, ...namesIn(program) });
    },
  });
  addKind(group, deps, "referrals", {
    columns: REFERRAL_COLUMNS,
    run: (program, opened) => {
      const { app, ctx } = program;
      return importReferrals({ ...opened, ctx, referrals: app.referrals, ...namesIn(program) });
    },
  });
  addKind(group, deps, "transactions", {
    columns: TRANSACTION_COLUMNS,
    run: (program, opened) => {
      const { app, ctx } = program;
      return importTransactions({ ...opened, ctx, sales: app.sales, ...namesIn(program) });
    },
  }).option("--as-of <time>", "approve what is due at this time, ISO 8601 with an offset (default: now)");
  addKind(group, deps, "payouts", {
    columns: PAYOUT_COLUMNS,
    run: (program, opened) => {
      const { app, ctx } = program;
      return importPayouts({ ...opened, ctx, payouts: app.payouts, ...namesIn(program) });
    },
  });
};

function addKind(group: Command, { withProgram, print, fail }: CommandDeps, kind: string, definition: Import): Command {
  const { columns } = definition;
  return group
    .command(kind)
    .description(
      `columns ${columns.required.join(", ")}${columns.optional.length > 0 ? `; may have ${columns.optional.join(", ")}` : ""}`,
    )
    .argument("<file>", "the CSV file")
    .option("--strict", "exit 1 where a row was rejected", false)
    .action((file: string, options: { asOf?: string; strict: boolean }) =>
      withProgram(async (program) => {
        const { rejectsFile, ...counts } = await importFile({ file, label: `${kind} read`, columns }, (opened) =>
          definition.run(program, opened),
        );
        for (const [what, count] of Object.entries(counts)) print(`${what}: ${Number(count).toLocaleString("en-US")}`);
        if (kind === "transactions") {
          const now = options.asOf === undefined ? program.ctx.now : instant("--as-of", options.asOf);
          const { approved } = await program.app.commissions.approveDue({ ...program.ctx, now });
          print(`approved: ${approved.toLocaleString("en-US")}`);
        }
        if (rejectsFile !== null) {
          print(`rejects: ${rejectsFile}`);
          if (options.strict) fail();
        }
      }),
    );
}
