import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./server/test/kit/longest-first.ts";

export default defineConfig({
  test: {
    include: ["server/**/*.test.ts", "sandbox/**/*.test.ts", "sdk/**/*.test.ts", "portal/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/planted/**"],
    globalSetup: ["server/test/kit/global-setup.ts"],
    setupFiles: ["server/test/kit/property-seed.ts", "server/test/kit/tidy-globals.ts"],
    alias: { "@node-rs/argon2": fileURLToPath(new URL("server/test/kit/quick-argon2.ts", import.meta.url)) },
    pool: "forks",
    // Files of one worker share their modules: loading the program anew for each took a quarter of the time. Every file has a database of its own.
    isolate: false,
    // One more than the two processors that it is measured on: what a test waits for (Postgres, a browser, a process) leaves them to another.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // How long a machine may take is not what a test is about: what is waited for is waited for as long as the test has.
    expect: { poll: { timeout: 50_000 } },
    coverage: {
      provider: "istanbul",
      include: ["server/src/**/*.ts"],
      exclude: ["**/*.test.ts", "server/src/platform/database/tables.ts"],
      reporter: ["text-summary", "json-summary"],
      // What only child processes run (the start, the database's own process) counts as not covered.
      thresholds: { lines: 90 },
    },
  },
});
