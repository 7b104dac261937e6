import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { rolldown } from "rolldown";

// Builds the package: modules with their types by the compiler, and the snippet as one small script for pages.
const place = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const compiler = place("../node_modules/typescript7/bin/tsc");

await rm(place("dist"), { recursive: true, force: true });
await promisify(execFile)(process.execPath, [compiler, "-p", place("tsconfig.json")]).catch((error) => {
  console.error(error.stdout || error.message);
  process.exit(1);
});
await using bundle = await rolldown({ input: place("src/snippet.ts"), platform: "browser" });
await bundle.write({ file: place("dist/tributary.js"), format: "iife", minify: true });
