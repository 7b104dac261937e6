import { KEY_SCOPES } from "../../src/identity/index.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { systemContext } from "../../src/platform/context.ts";
import { must } from "./journey-steps.ts";
import { asOwner, type ClonedDatabase } from "./postgres.ts";
import type { Side, TwoTenants } from "./two-tenants.ts";

export type TestKey = { readonly id: string; readonly auth: string; readonly apiKey: string; readonly secret: string };

/** A test key with every scope that it may have, of the operator or of the side's partner. */
export async function makeTestKey(side: Side, owner: "partner" | "admin"): Promise<TestKey> {
  const [url, auth] =
    owner === "admin"
      ? ["/api/v1/admin/api-keys", await side.addMember("admin")]
      : ["/api/v1/partners/api-keys", side.partner.auth];
  const scopes = KEY_SCOPES[owner === "admin" ? "operator" : "partner"];
  const made = await must(side, "POST", url, { auth, body: { name: "A test key", scopes, mode: "test" } });
  const [id, apiKey, secret] = [String(made["id"]), String(made["apiKey"]), String(made["secret"])];
  return { id, apiKey, secret, auth: `Basic ${Buffer.from(`${apiKey}:${secret}`).toString("base64")}` };
}

/** The twin of a side's tenant, the program itself acting there, at the twin's time. */
export async function twinCtx({ world }: TwoTenants, database: ClonedDatabase, side: Side): Promise<Ctx> {
  const [row] = await asOwner<{ id: string; clock_offset_ms: string }>(
    database,
    "select id, clock_offset_ms from tenants where live_id = $1 and status <> 'removed'",
    [side.tenantId],
  );
  const now = new Date(world.clock.now().getTime() + Number(row?.clock_offset_ms ?? 0));
  return systemContext({ tenantId: row?.id ?? "", job: "test", now });
}
