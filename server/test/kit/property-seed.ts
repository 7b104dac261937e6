import fc from "fast-check";
import { beforeEach, onTestFailed } from "vitest";

/** The seed of every property of a run: given, so that the run can be repeated, or another each time. */
const given = process.env["TRIBUTARY_TEST_SEED"];
const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
if (!Number.isSafeInteger(seed)) throw new Error(`TRIBUTARY_TEST_SEED is an integer, not ${given}`);
fc.configureGlobal({ seed });

/** How a property that failed is made to fail again. */
const repeating = (file: string) => `Repeat with: TRIBUTARY_TEST_SEED=${seed} npm test -- ${file}`;

beforeEach(({ task }) => {
  onTestFailed(({ task: { result } }) => {
    if (result?.errors?.some(({ message }) => message.includes("Property failed")))
      console.error(repeating(task.file.name));
  });
});
