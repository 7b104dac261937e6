import { expect, it } from "vitest";
import { KEY_SCOPES } from "../../server/src/identity/index.ts";
import { SCOPE_NAMES } from "../../server/src/platform/scopes.ts";
import { keyScopesOf } from "../src/features/developers/key-scopes.ts";

it("a key is offered what the server gives keys, and nothing that it refuses", () => {
  const given = [...KEY_SCOPES.partner, ...KEY_SCOPES.operator].toSorted();
  expect([...keyScopesOf(SCOPE_NAMES)].toSorted()).toEqual(given);
});
