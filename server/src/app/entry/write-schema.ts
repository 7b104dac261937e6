import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { migrate } from "../../platform/database/index.ts";
import { ROOT } from "../config/config.ts";
import { schemaDocuments } from "../database/schema-documents.ts";
import { startThrowAwayPostgres } from "../database/throw-away-postgres.ts";
import { runTool } from "../runtime/run-tool.ts";

// `npm run schema`: migrates a throw-away database and writes what is made from it. That they are as the migrations are is a test
// (server/src/app/database/schema-documents.test.ts).
await runTool(async () => {
  const postgres = await startThrowAwayPostgres();
  try {
    await migrate({ url: postgres.url });
    for (const [path, text] of Object.entries(await schemaDocuments(postgres.url))) {
      await writeFile(join(ROOT, path), text);
      process.stdout.write(`wrote ${path}\n`);
    }
  } finally {
    await postgres.stop();
  }
});
