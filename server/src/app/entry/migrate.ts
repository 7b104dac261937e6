import { loadConfig, readEnvironment } from "../config/config.ts";
import { openDatabaseOf } from "../database/open-database.ts";
import { runTool } from "../runtime/run-tool.ts";
import { createSteps, print } from "../runtime/terminal.ts";

// `npm run migrate:partner-schema`: brings the schema up to this release, as `npm start` does by itself.
await runTool(async () => {
  const steps = createSteps();
  steps.begin("Schema");
  const database = await openDatabaseOf(loadConfig(readEnvironment(process)), {
    what: "npm run migrate:partner-schema",
    now: new Date(),
    say: steps.note,
  });
  await database.close();
  steps.end();
  print("The schema is that of this release.");
});
