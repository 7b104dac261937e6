import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./installation.mjs";

const LOOK_EVERY_MS = 1_000;

/** Whether npm runs this by a script of the checkout: alone then is whoever started it waiting for it. Under nohup, systemd or docker nobody need be. */
const isOfNpm = process.env.npm_package_json === join(ROOT, "package.json");

const SHELL = /^(|ba|da|a|k|z)sh$|^busybox$/;

/**
 * The process above this one and, where npm's shell stays between instead of giving way to what it runs, the one above that. Linux alone says what is
 * above another process; elsewhere shells give way.
 */
function lineage() {
  const above = process.ppid;
  try {
    const [, name, next] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${above}/stat`, "utf8"));
    return SHELL.test(name) ? `${above} ${next}` : `${above}`;
  } catch {
    return `${above}`;
  }
}

/** As it is now, before anything takes time: npm may be killed while packages are installed. */
const first = isOfNpm ? lineage() : undefined;

/** Calls back once when the npm that runs this is gone without having said so: killed outright, it hands on no signal. */
export function whenNpmIsGone(act) {
  if (!isOfNpm) return;
  const timer = setInterval(() => {
    if (lineage() === first) return;
    clearInterval(timer);
    act();
  }, LOOK_EVERY_MS).unref();
}
