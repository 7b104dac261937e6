import { expect, it } from "vitest";
import { KEY_SCOPES } from "../../server/src/identity/index.ts";
import pages from "../src/i18n/messages/en-pages.json" with { type: "json" };

it("has words for each scope that the server gives a key, and for no other", () => {
  const said = Object.keys(pages).filter((key) => key.startsWith("scope."));
  const given = [...KEY_SCOPES.partner, ...KEY_SCOPES.operator].map((scope) => `scope.${scope}`);
  expect(said.toSorted()).toEqual(given.toSorted());
});
