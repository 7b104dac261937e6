import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { holderOf, takeLock } from "./lock.ts";
import { startOf } from "./process-identity.ts";

const lockFile = (): string => join(mkdtempSync(join(tmpdir(), "tributary-lock-")), "server.lock");

describe("the lock of a folder", () => {
  it("is held by one, named to the second, and free when it is given back", () => {
    const path = lockFile();
    const unlock = takeLock(path, "the server");
    expect(holderOf(path)).toMatchObject({ pid: process.pid, what: "the server" });
    expect(() => takeLock(path, "another")).toThrow(`in use by the server (process ${process.pid}`);
    unlock();
    expect(holderOf(path)).toBeUndefined();
    takeLock(path, "another")();
    expect(existsSync(path)).toBe(false);
  });

  it("is taken over from the dead", () => {
    const path = lockFile();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(path, JSON.stringify({ pid, start: "long ago", what: "the server", since: "" }));
    expect(holderOf(path)).toBeUndefined();
    takeLock(path, "the next");
    expect(holderOf(path)?.what).toBe("the next");
  });

  it("is taken over where the holder's id was given to another process since", () => {
    const path = lockFile();
    writeFileSync(path, JSON.stringify({ pid: process.pid, start: "before", what: "the server", since: "" }));
    takeLock(path, "the next");
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ what: "the next", start: startOf(process.pid) });
  });

  it("is taken over where it was cut off half-way", () => {
    const path = lockFile();
    writeFileSync(path, '{"pid":');
    takeLock(path, "the next");
    expect(holderOf(path)?.what).toBe("the next");
  });
});
