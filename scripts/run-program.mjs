import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { NODE, programEnvironment, ROOT } from "./installation.mjs";
import { whenNpmIsGone } from "./npm-above.mjs";

/**
 * Runs a program of the checkout under the pinned Node and resolves to its exit code. Signals are handed on, and the program decides when
 * it ends. Should this process be killed outright, the channel between both closes, and the program stops in order; should npm be that runs this
 * process, it is told to.
 */
export function runProgram(file, args, { environment = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE, [join(ROOT, file), ...args], {
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      env: { ...programEnvironment(), TRIBUTARY_SUPERVISED: "1", ...environment },
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    whenNpmIsGone(() => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
