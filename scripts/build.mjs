// What is served as files, built where it is not built from what is here: the portal, and the SDK's snippet. Nothing is built twice.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NODE, programEnvironment, ROOT, SetUpError } from "./installation.mjs";

const BUILDS = [
  {
    name: "the snippet",
    folder: "sdk",
    program: "sdk/build.ts",
    sources: ["sdk/src", "sdk/build.ts", "sdk/tsconfig.json"],
  },
  {
    name: "the portal",
    folder: "portal",
    program: "portal/build.ts",
    sources: [
      "portal/src",
      "portal/public",
      "portal/index.html",
      "portal/build.ts",
      "portal/vite.config.ts",
      "sdk/src",
    ],
  },
];

/** Builds what is not built; says so, since it takes some seconds. */
export async function ensureBuilt() {
  for (const build of BUILDS) {
    const stamp = join(ROOT, build.folder, "dist", ".built-from");
    const wanted = fingerprintOf([...build.sources, `${build.folder}/package.json`, "package-lock.json"]);
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) continue;
    const startedAt = Date.now();
    await run(build);
    writeFileSync(stamp, wanted);
    console.log(`Built ${build.name} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  }
}

function run({ name, program }) {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE, [join(ROOT, program)], {
      cwd: ROOT,
      env: programEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve()
        : reject(
            new SetUpError(
              `${name} could not be built (exit code ${code}):\n\n${output.trim()}`,
              `Mend it, or see \`git status\`.`,
            ),
          ),
    );
  });
}

/** A hash over names and contents: a date says nothing after a checkout. */
function fingerprintOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesOf).toSorted()) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(ROOT, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesOf(path) {
  const isFile = /\.[a-z]+$/.test(path);
  if (isFile) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));
}
