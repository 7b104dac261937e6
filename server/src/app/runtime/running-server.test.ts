import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadConfig } from "../config/config.ts";
import { openHome } from "./home.ts";
import { takeLock } from "./lock.ts";
import { besideRunningServer, findRunningServer, noteRunningServer } from "./running-server.ts";

const openFolder = () => openHome(mkdtempSync(join(tmpdir(), "tributary-running-")));
const ADDRESSES = { publicUrl: "https://partners.example.com", localUrl: "http://127.0.0.1:4000" };

it("the commands beside a running server find its addresses, whatever PORT they were given", () => {
  const home = openFolder();
  const unlock = takeLock(home.lock, "the server");
  expect(findRunningServer(home)).toBeUndefined();
  const takeAway = noteRunningServer(home, ADDRESSES);
  const server = findRunningServer(home);
  expect(server).toMatchObject(ADDRESSES);
  const config = loadConfig({ PORT: "3000" });
  expect(besideRunningServer(config, server)).toEqual({ ...config, ...ADDRESSES });
  takeAway();
  expect(besideRunningServer(config, findRunningServer(home))).toBe(config);
  unlock();
});

it("what a killed server left is not believed, held or not", () => {
  const home = openFolder();
  writeFileSync(home.running, JSON.stringify({ pid: 1, ...ADDRESSES }));
  expect(findRunningServer(home)).toBeUndefined();
  const unlock = takeLock(home.lock, "the command line");
  expect(findRunningServer(home)).toBeUndefined();
  unlock();
});
