import { afterEach, beforeEach, expect, it, vi } from "vitest";

const BASE = "https://partners.test";
const SUMMARY = `${BASE}/api/v1/partners/commissions/summary`;
let asked: string[] = [];

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal("location", { pathname: "/portal/" });
  vi.stubGlobal("localStorage", { getItem: () => "partner" });
  vi.stubGlobal("navigator", { locks: { request: (_name: string, work: () => unknown) => work() } });
  vi.stubGlobal("fetch", (input: string | URL, init?: RequestInit) => {
    const path = new URL(input, BASE).pathname;
    asked.push(`${path} ${new Headers(init?.headers).get("authorization") ?? "nobody"}`);
    return Promise.resolve(Response.json({ accessToken: "hers", path, turn: asked.length }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const begin = async () => {
  const early = await import("./early.ts");
  await vi.waitFor(() => expect(asked.some((one) => one.includes("summary"))).toBe(true), 50_000);
  return early.fetchOnce;
};
const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

it("what was asked while the page was coming is not asked again, and is taken once", async () => {
  const fetchOnce = await begin();
  const before = asked.length;
  const answer = (await (await fetchOnce(SUMMARY, as("hers"))).json()) as { path: string };
  expect(answer.path).toBe("/api/v1/partners/commissions/summary");
  expect(asked).toHaveLength(before);
  await fetchOnce(SUMMARY, as("hers"));
  expect(asked).toHaveLength(before + 1);
});

it("what one person was told is not taken for another, nor for nobody", async () => {
  const fetchOnce = await begin();
  const before = asked.length;
  await fetchOnce(SUMMARY, as("his"));
  await fetchOnce(SUMMARY);
  expect(asked.slice(before)).toEqual([
    "/api/v1/partners/commissions/summary Bearer his",
    "/api/v1/partners/commissions/summary nobody",
  ]);
});

it("what nobody took in time is forgotten", async () => {
  const fetchOnce = await begin();
  const before = asked.length;
  vi.advanceTimersByTime(10_000);
  await fetchOnce(SUMMARY, as("hers"));
  expect(asked).toHaveLength(before + 1);
});
