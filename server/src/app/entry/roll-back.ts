import { parseArgs } from "node:util";
import { loadConfig, readEnvironment } from "../config/config.ts";
import { openDatabaseOf } from "../database/open-database.ts";
import { rollBackSchema } from "../database/roll-back-schema.ts";
import { runTool } from "../runtime/run-tool.ts";
import { StartError } from "../runtime/start-error.ts";
import { createSteps, print } from "../runtime/terminal.ts";

const SCHEMA_NAME = "partner-schema";

// `npm run migrate:rollback partner-schema`: takes the schema down again.
await runTool(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { "discard-money": { type: "boolean", default: false } },
  });
  if (positionals.length !== 1 || positionals[0] !== SCHEMA_NAME) {
    throw new StartError(
      `Say what is to be rolled back; there is one schema: ${SCHEMA_NAME}.`,
      `npm run migrate:rollback ${SCHEMA_NAME}`,
    );
  }
  const steps = createSteps();
  steps.begin("Database");
  const database = await openDatabaseOf(loadConfig(readEnvironment(process)), {
    what: "npm run migrate:rollback",
    now: new Date(),
    say: steps.note,
  });
  try {
    steps.begin("Rollback");
    const undone = await rollBackSchema({
      ownerUrl: database.ownerUrl,
      discardsMoney: values["discard-money"],
    });
    steps.end();
    print(`Undone: ${undone.length} migrations. The next start makes the schema anew, empty.`);
  } finally {
    await database.close();
  }
});
