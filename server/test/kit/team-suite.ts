import { afterAll, beforeAll, beforeEach } from "vitest";
import { must } from "./journey-steps.ts";
import { type ClonedDatabase, cloneDatabase } from "./postgres.ts";
import { openTwoTenants, type PartnerAt, type TwoTenants } from "./two-tenants.ts";

export const TEAM = "/api/v1/partners/team";

export type PartnerTeam = {
  readonly owner: { readonly email: string };
  readonly members: readonly {
    readonly id: string;
    readonly email: string;
    readonly name: string | null;
    readonly role: string;
    readonly status: string;
  }[];
};

/** Two tenants on a database of the file's own, and for each test an active partner of ours whose team is new. */
export function teamSuite() {
  let database: ClonedDatabase;
  let tenants: TwoTenants;
  let owner: PartnerAt;
  beforeAll(async () => {
    database = await cloneDatabase();
    tenants = await openTwoTenants(database);
  });
  afterAll(async () => {
    await tenants?.[Symbol.asyncDispose]();
    await database?.drop();
  });
  beforeEach(async () => {
    const { ours } = tenants;
    owner = await ours.register("technology");
    const auth = await ours.addMember("admin");
    await must(ours, "PUT", `/api/v1/admin/partners/${owner.id}/approve`, { auth, body: {} });
  });
  return {
    database: () => database,
    tenants: () => tenants,
    ours: () => tenants.ours,
    /** The partner of the test that runs. */
    owner: () => owner,
    team: async (auth = owner.auth) => (await must(tenants.ours, "GET", TEAM, { auth })) as unknown as PartnerTeam,
  };
}
