// `npm run check`: everything but the tests. `npm run check -- types lint` runs those alone.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, fail, NODE, programEnvironment, ROOT } from "./installation.mjs";

const CHECKS = {
  types: ["node_modules/typescript7/bin/tsc", "-p", "."],
  "types-sdk": ["node_modules/typescript7/bin/tsc", "-p", "sdk", "--noEmit"],
  "types-portal": ["node_modules/typescript7/bin/tsc", "-p", "portal"],
  lint: [
    "node_modules/oxlint/bin/oxlint",
    "--type-aware",
    "server",
    "sandbox",
    "sdk",
    "portal",
    "scripts",
    "vitest.config.ts",
  ],
  format: ["node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off"],
  unused: ["node_modules/knip/bin/knip.js", "--no-progress", "--no-config-hints"],
  openapi: ["server/src/app/entry/write-openapi.ts", "--check"],
  "openapi-lint": ["node_modules/@redocly/cli/bin/cli.js", "lint", "openapi.json"],
  errors: ["server/src/app/entry/write-errors.ts", "--check"],
  webhooks: ["server/src/app/entry/write-webhooks.ts", "--check"],
  sdk: ["sdk/generate.ts", "--check"],
  "portal-size": ["portal/check-size.ts"],
  "sdk-package": ["sdk/check-package.ts"],
  configuration: ["server/src/app/entry/write-configuration.ts", "--check"],
};

const run = ([file, ...args]) =>
  new Promise((resolve, reject) => {
    const child = spawn(NODE, [join(ROOT, file), ...args], {
      cwd: ROOT,
      env: { ...programEnvironment(), REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in CHECKS));
try {
  if (unknown.length > 0)
    throw new Error(`no such check: ${unknown.join(", ")}; there are ${Object.keys(CHECKS).join(", ")}`);
  await ensureInstalled();
  if (asked.length === 0 || asked.includes("portal-size")) await ensureBuilt();
  for (const name of asked.length > 0 ? asked : Object.keys(CHECKS)) {
    const startedAt = performance.now();
    const { code, output } = await run(CHECKS[name]);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${code === 0 ? "✔" : "✖"} ${name} (${seconds} s)`);
    if (code !== 0) {
      console.log(output.trim());
      process.exitCode = 1;
    }
  }
} catch (error) {
  fail(error);
}
