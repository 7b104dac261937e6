import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

// Builds the package and judges it as its users would find it: its manifest, its types, and the weight of the snippet.
const SNIPPET_BYTES_MAX = 3000;
const run = promisify(execFile);
const folder = fileURLToPath(new URL(".", import.meta.url));
const tool = (path: string): string => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

await run(process.execPath, ["build.ts"], { cwd: folder });
const refusals: string[] = [];

const pkg = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
const { messages } = await publint({ pkgDir: folder, strict: true });
refusals.push(...messages.map((message) => `publint: ${formatMessage(message, pkg)}`));

await run(process.execPath, [
  tool("@arethetypeswrong/cli/dist/index.js"),
  "--pack",
  folder,
  "--profile",
  "esm-only",
]).catch(({ stdout, message }) => refusals.push(`attw: ${stdout || message}`));

const bytes = gzipSync(await readFile(`${folder}/dist/tributary.js`), { level: 9 }).byteLength;
console.log(`tributary.js: ${bytes} bytes gzipped of ${SNIPPET_BYTES_MAX}`);
if (bytes > SNIPPET_BYTES_MAX)
  refusals.push(`tributary.js is ${bytes} bytes gzipped; ${SNIPPET_BYTES_MAX} are allowed`);

for (const refusal of refusals) console.error(refusal);
if (refusals.length > 0) process.exitCode = 1;
