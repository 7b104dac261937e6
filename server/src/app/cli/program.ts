import { Command } from "commander";
import type { CommandDeps } from "./command-context.ts";
import { addAdmin } from "./commands/admin-command.ts";
import { addBackdate } from "./commands/backdate-command.ts";
import { addBackup } from "./commands/backup-commands.ts";
import { addDoctor } from "./commands/doctor-command.ts";
import { addEvents } from "./commands/events-command.ts";
import { addExplain } from "./commands/explain-command.ts";
import { addExport } from "./commands/export-command.ts";
import { addImport } from "./commands/import-command.ts";
import { addJobs } from "./commands/jobs-command.ts";
import { addListen } from "./commands/listen-command.ts";
import { addMail } from "./commands/mail-command.ts";
import { addProve } from "./commands/prove-command.ts";
import { addReconcile } from "./commands/reconcile-command.ts";
import { addSanctions } from "./commands/sanctions-command.ts";
import { addSimulate } from "./commands/simulate-command.ts";
import { addTax } from "./commands/tax-command.ts";

const COMMANDS = [
  addImport,
  addExport,
  addSimulate,
  addBackdate,
  addTax,
  addProve,
  addReconcile,
  addExplain,
  addBackup,
  addDoctor,
  addEvents,
  addJobs,
  addAdmin,
  addMail,
  addListen,
  addSanctions,
];

/** The command line, whole. Exit codes: 0 done, 1 failed or broken, 2 used wrongly. */
export function commandLine(deps: CommandDeps): Command {
  const program = new Command("npm run tributary --")
    .description("Tributary's command line. It uses the running server's database, or starts it, or DATABASE_URL.")
    .showHelpAfterError("Run with --help to see what there is.")
    .exitOverride();
  for (const add of COMMANDS) add(program, deps);
  return program;
}
