import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convert, must } from "../../test/kit/journey-steps.ts";
import { type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";

const SUBJECTS = "/api/v1/admin/privacy/subjects";
type Found = { readonly userId: string; readonly partnerId: string | null };

let database: ClonedDatabase;
let tenants: TwoTenants;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

const find = async (side: Side, query: Record<string, string>): Promise<readonly Found[]> =>
  (await must(side, "GET", SUBJECTS, { auth: side.operatorKey, query }))["data"] as Found[];

describe("people", () => {
  it("are found by several ids at once, with the partner that they are; another tenant's are not, and what is no id is refused", async () => {
    const { ours, theirs } = tenants;
    const [partner] = await find(ours, { email: ours.partner.email });
    const { customer: externalId } = await convert(ours, ours.partner);
    const [customer] = await find(ours, { externalId });
    const userIds = [partner?.userId, customer?.userId].join(",");
    expect(new Map((await find(ours, { userIds })).map(({ userId, partnerId }) => [userId, partnerId]))).toEqual(
      new Map([
        [partner?.userId, ours.partner.id],
        [customer?.userId, null],
      ]),
    );
    expect(await find(theirs, { userIds })).toEqual([]);
    const { status } = await ours.send("GET", SUBJECTS, { auth: ours.operatorKey, query: { userIds: "x" } });
    expect(status).toBe(400);
  });
});
