import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DeclaredRoute } from "../kit/declared-routes.ts";
import { playJourney } from "../kit/journey.ts";
import type { Objects } from "../kit/journey-steps.ts";
import { type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { REQUESTS } from "../kit/requests.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../kit/two-tenants.ts";
import type { Schema } from "./bad-values.ts";
import { refusal } from "./refusals.ts";

const ID = "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42";

let database: ClonedDatabase;
let tenants: TwoTenants;
const objects = new Map<Side, Objects>();

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  for (const side of [tenants.ours, tenants.theirs]) objects.set(side, await playJourney(tenants, side));
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

type List = { readonly route: DeclaredRoute; readonly sorts: readonly string[] };

/** Every list, with its orders. */
const lists = (): List[] =>
  tenants.everything.routes.flatMap((route) => {
    const { cursor, sort } = (route.schema.querystring as Schema | undefined)?.properties ?? {};
    return cursor === undefined ? [] : [{ route, sorts: (sort?.enum ?? []) as string[] }];
  });

/** What a list cannot do without. */
const NEEDED: Readonly<Record<string, Record<string, string>>> = {
  "GET /api/v1/admin/payouts/preview": { currency: "USD" },
};

/** Lists below something name it: each side its own; of years one that is closed. */
function pathOf({ name, url }: DeclaredRoute, side: Side): string {
  const of = objects.get(side);
  const { params = {} } = (of && REQUESTS[name]?.(of)) ?? {};
  return url
    .replace(":year", "2025")
    .replace(":partnerId", side.partner.id)
    .replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? "");
}

const read = ({ route }: List, query: Record<string, string>, side = tenants.ours) =>
  side.send("GET", pathOf(route, side), {
    auth: route.access.audience === "operator" ? side.admin : side.partner.auth,
    query: { ...NEEDED[route.name], ...query },
  });

const cursorOf = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

describe("a cursor", { timeout: 120_000 }, () => {
  it("that is forged is refused by every list in every order", async () => {
    const strange: unknown[] = [];
    for (const list of lists())
      for (const sort of list.sorts) {
        const values = [
          "",
          "text",
          "'; drop table partners --",
          "2026-02-30 00:00:00+00",
          "9999999999999999999",
          "infinity",
          "a\u0000b",
          "\ud800",
        ];
        const forged = [
          "nonsense",
          "%00",
          "e30",
          "bnVsbA",
          cursorOf(),
          cursorOf(sort),
          cursorOf("another", "1", ID),
          cursorOf(sort, 12, ID),
          cursorOf(sort, null, ID),
          cursorOf(sort, "2026-03-01 12:00:00+00", "no id"),
          cursorOf(sort, "2026-03-01 12:00:00+00", `${ID}' or true --`),
          cursorOf(sort, { toString: "x" }, ID),
          ...values.map((value) => cursorOf(sort, value, ID)),
        ];
        for (const cursor of forged) {
          const answer = await read(list, { sort, cursor });
          const { isRefused, why } = refusal(answer);
          // Any text but NUL may stand in an order by text.
          const isText = /(referralCode|email|company|title|currency|domain)$/.test(sort);
          if (!isRefused && !(isText && answer.status === 200))
            strange.push(
              `${list.route.name} ${sort} ${Buffer.from(cursor, "base64url").toString()}: ${why} ${tenants.everything.takeFailures().map(String).join()}`,
            );
        }
      }
    expect(strange).toEqual([]);
  });

  it("of one order is none of another, nor of what another tenant sees more than their own", async () => {
    const strange: unknown[] = [];
    let followed = 0;
    for (const list of lists()) {
      const first = list.sorts[0] ?? "";
      const { body } = await read(list, { limit: "1", sort: first });
      const page = (body["partners"] ?? body) as { nextCursor: string | null; data: { id?: string }[] };
      if (page.nextCursor === null) continue;
      followed += 1;
      for (const sort of list.sorts.slice(1)) {
        const { status, body: refused } = await read(list, { sort, cursor: page.nextCursor });
        if (status !== 400 || refused["code"] !== "page.cursor_invalid")
          strange.push(`${list.route.name} ${sort}: ${status}`);
      }
      const theirs = await read(list, { sort: first, cursor: page.nextCursor }, tenants.theirs);
      const ours = await read(list, { sort: first });
      const ids = JSON.stringify(ours.body).match(/"(id|partnerId)":"[0-9a-f-]{36}"/g) ?? [];
      if (theirs.status !== 200 || ids.some((id) => theirs.text.includes(id)))
        strange.push(`${list.route.name}: theirs ${theirs.text.slice(0, 200)}`);
    }
    expect(strange).toEqual([]);
    expect(followed).toBeGreaterThan(5);
  });
});
