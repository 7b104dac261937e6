import { defineConfig } from "vitest/config";

// The pure parts alone: what they decide is tested without a database, so that a mutant costs milliseconds.
export default defineConfig({
  test: {
    include: [
      "server/src/kernel/**/*.test.ts",
      "server/src/commissions/engine/**/*.test.ts",
      "server/src/**/*-rules.test.ts",
    ],
    pool: "threads",
    maxWorkers: 1,
    // Pure tests leave nothing behind, so their files share what has been loaded: most of a mutant's time would go into loading it again.
    isolate: false,
    testTimeout: 60_000,
  },
});
