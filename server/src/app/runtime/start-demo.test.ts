import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createInstallations, postmasterOf, stop } from "../../../test/kit/installations.ts";
import { until } from "../../../test/kit/server-process.ts";
import type { DemoAccess } from "../demo/demo-access.ts";
import { isRunning } from "./process-identity.ts";

/** A machine that runs other tests beside is slow; nothing here depends on how slow. */
const START_MS = 240_000;
const { folder: openFolder, start, cleanUp } = createInstallations();

afterAll(cleanUp);

it(
  "Ctrl-C while the demo is built stops all of it in order, and the next start goes on where it was, with the same logins",
  async () => {
    const home = join(openFolder(), "home");
    const access = () => JSON.parse(readFileSync(join(home, "demo.json"), "utf8")) as DemoAccess;
    const first = await start({ home, args: [] });
    await until(() => first.output().includes("Building the demo: Month 2 "));
    const postmaster = postmasterOf(home);
    first.kill("SIGINT");
    expect(await first.exited).toBe(0);
    expect(isRunning(postmaster)).toBe(false);
    expect(first.output()).toContain("Stopped.");
    expect(first.output()).not.toMatch(/could not|"level":"error"/);
    const { monthsBuilt, logins } = access();
    expect(monthsBuilt).toBeGreaterThan(0);

    const second = await start({ home, args: [] });
    await until(() => second.output().includes("Building the demo: Month"));
    expect(second.output()).toContain(`Building the demo: Month ${monthsBuilt + 1} of 12`);
    for (const { email, password } of logins)
      expect(second.output()).toMatch(new RegExp(`${email} +${password}(?![\\w-])`));
    expect(await stop(second)).toBe(0);
  },
  START_MS,
);
