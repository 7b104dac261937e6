import { describe, expect, it } from "vitest";
import { createReadiness } from "./health.ts";

describe("readiness", () => {
  it("is found out once, however many ask at once and shortly after", async () => {
    let asked = 0;
    const readiness = createReadiness([
      {
        name: "database",
        isRight: async () => {
          asked += 1;
          return true;
        },
      },
    ]);
    const answers = await Promise.all(Array.from({ length: 200 }, readiness));
    expect(new Set(answers.map(({ isReady }) => isReady))).toEqual(new Set([true]));
    expect(asked).toBe(1);
  });

  it("fails with the check that fails, and says which", async () => {
    const readiness = createReadiness([
      { name: "database", isRight: () => Promise.reject(new Error("away")) },
      { name: "worker", isRight: async () => true },
    ]);
    expect(await readiness()).toEqual({ isReady: false, checks: { database: "failing", worker: "ok" } });
  });
});
