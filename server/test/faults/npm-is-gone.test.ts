import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isRunning } from "../../src/app/runtime/process-identity.ts";
import { until } from "../kit/server-process.ts";
import { ROOT } from "../tidy/source-tree.ts";

const started: number[] = [];
afterAll(() => {
  for (const pid of started) if (isRunning(pid)) process.kill(pid, "SIGKILL");
});

/** What npm does with a script of a package: a shell runs it, and hands on what is said. */
const STAND_IN = `require("node:child_process").spawn("sh", ["-c", process.argv[1]], { stdio: "inherit" })`;

type Started = { readonly above: ChildProcess; readonly pid: number; readonly output: () => string };

/** Runs a program that waits, as `npm start` runs the server, or as somebody does who has no npm above. */
async function startBelow(script: string, environment: Readonly<Record<string, string>>): Promise<Started> {
  const above = spawn(process.execPath, ["--eval", STAND_IN, script], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  above.stdout.on("data", (chunk) => (output += String(chunk)));
  const pid = () => Number(/waiting (\d+)/.exec(output)?.[1] ?? 0);
  await until(() => pid() > 0);
  started.push(pid());
  return { above, pid: pid(), output: () => output };
}

const kill = async ({ above }: Started): Promise<void> => {
  const gone = new Promise((resolve) => above.once("exit", resolve));
  above.kill("SIGKILL");
  await gone;
};

const RUN = `${process.execPath} scripts/run.mjs server/test/faults/waiting-worker.ts`;
const BY_NPM = { npm_package_json: join(ROOT, "package.json") };

describe("a kill -9 of npm", () => {
  // Where nobody says what is above another process, shells give way.
  const stays = existsSync("/proc/self/stat") ? [["its shell stays between", `${RUN}; true`]] : [];
  it.each([...stays, ["its shell gives way", `exec ${RUN}`]])(
    "has the program told to stop that npm ran, where %s",
    async (_, script) => {
      const program = await startBelow(script, BY_NPM);
      await kill(program);
      await until(() => !isRunning(program.pid));
      expect(program.output()).toContain("told to stop");
    },
  );
});

describe("whoever has no npm above", () => {
  it("goes on when what started it is gone, as under nohup, and after npm of another package", async () => {
    const alone = [
      await startBelow(`exec ${RUN}`, {}),
      await startBelow(`exec ${RUN}`, { npm_package_json: "/somewhere/else/package.json" }),
    ];
    for (const program of alone) await kill(program);
    // One that npm ran notices meanwhile.
    const watched = await startBelow(`exec ${RUN}`, BY_NPM);
    await kill(watched);
    await until(() => !isRunning(watched.pid));
    for (const program of alone) {
      expect([isRunning(program.pid), program.output()]).toEqual([true, expect.not.stringContaining("told")]);
    }
  });
});
