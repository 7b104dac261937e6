import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
// Loads every module, and with it every catalogue.
import "../compose.ts";
import { ROOT } from "../config/config.ts";
import { errorReference } from "../errors/error-reference.ts";

// `npm run errors`: writes the reference of errors from the modules' catalogues; with --check only says whether it is as they are.
const PATH = "docs/reference/errors.md";
const file = join(ROOT, PATH);
const text = errorReference();
if ((await readFile(file, "utf8").catch(() => "")) !== text) {
  if (process.argv.includes("--check")) {
    console.error(`${PATH} does not fit the catalogues: run \`npm run errors\` and commit what it writes.`);
    process.exitCode = 1;
  } else {
    await writeFile(file, text);
    console.log(`wrote ${PATH}`);
  }
}
