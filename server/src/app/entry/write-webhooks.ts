import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { webhookReference } from "../../webhooks/index.ts";
import { ROOT } from "../config/config.ts";

// `npm run webhooks`: writes the reference of webhook events from the catalogue; with --check only says whether it is as that is.
const PATH = "docs/reference/webhooks.md";
const file = join(ROOT, PATH);
const text = webhookReference();
if ((await readFile(file, "utf8").catch(() => "")) !== text) {
  if (process.argv.includes("--check")) {
    console.error(`${PATH} does not fit the catalogue: run \`npm run webhooks\` and commit what it writes.`);
    process.exitCode = 1;
  } else {
    await writeFile(file, text);
    console.log(`wrote ${PATH}`);
  }
}
