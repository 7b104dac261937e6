import { expect, it } from "vitest";
import { isForbidden, navFor } from "./paths.ts";

const may =
  (...scopes: readonly string[]) =>
  (scope: string) =>
    scopes.includes(scope);
const partner = { isPartner: true, may: may("own:tax:read") };
const support = { isPartner: false, may: may("support:read", "partners:read") };
const pagesOf = (features: readonly string[]) =>
  navFor({ ...partner, features }).flatMap(({ entries }) => entries.map(({ path }) => path));

it("a partner's menu has what its terms include, and of the rest all", () => {
  expect(pagesOf([])).not.toContain("cards");
  expect(pagesOf([])).toEqual(
    pagesOf(["leads", "cards", "api", "fees"]).filter(
      (path) => !["leads", "cards", "developers", "fees"].includes(path),
    ),
  );
  expect(pagesOf(["leads"])).toContain("leads");
  expect(pagesOf(["webhooks"])).toContain("developers");
});

it("a page of the other kind of reader is forbidden, and one that a role does not read; what no menu knows is not", () => {
  expect(isForbidden("/plans/1", partner)).toBe(true);
  expect(isForbidden("/audit", partner)).toBe(true);
  expect(isForbidden("/links", support)).toBe(true);
  expect(isForbidden("/payouts/batches/1", support)).toBe(true);
  expect(isForbidden("/partners/1", support)).toBe(false);
  expect(isForbidden("/tax", partner)).toBe(false);
  expect(isForbidden("/tax", { ...partner, may: may() })).toBe(true);
  // Its terms may include no cards by now, and it has had some.
  expect(isForbidden("/cards", partner)).toBe(false);
  expect(isForbidden("/", support)).toBe(false);
  expect(isForbidden("/start", partner)).toBe(false);
});
