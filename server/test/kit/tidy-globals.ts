import { afterAll, vi } from "vitest";

// Files of one worker share a process: what one puts in place of a global or a variable is gone when the next begins.
afterAll(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});
