import { defineErrors } from "../kernel/errors.ts";

export const twinErrors = defineErrors("test_mode", {
  live_key: { kind: "conflict", title: "This is a live key: use a test key, or sign in" },
  clock_back: { kind: "invalid", title: "The clock of the test twin is moved forward alone" },
  clock_too_far: { kind: "invalid", title: "The clock of the test twin is moved by a year at once, and five ahead" },
  clock_moving: { kind: "conflict", title: "The clock of the test twin is being moved: wait until it is there" },
});
