import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "../config/config.ts";
import { configurationReference, environmentExample } from "../config/describe-settings.ts";

// Writes the documents that are made from the settings; with --check only says whether they are as they should be.
const documents = { "docs/reference/configuration.md": configurationReference(), ".env.example": environmentExample() };

for (const [path, text] of Object.entries(documents)) {
  const file = join(ROOT, path);
  const isCurrent = (await readFile(file, "utf8").catch(() => "")) === text;
  if (isCurrent) continue;
  if (process.argv.includes("--check")) {
    console.error(`${path} does not fit the settings: run \`npm run configuration\` and commit what it writes.`);
    process.exitCode = 1;
  } else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    console.log(`wrote ${path}`);
  }
}
