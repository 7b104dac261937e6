import { expect } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import { asOwner, type ClonedDatabase } from "../kit/postgres.ts";

const AT = new Date("2026-03-01T12:00:00Z");

/** Two live tenants, and the way to ask as the server's role in one of them. */
type Ground = {
  readonly database: ClonedDatabase;
  readonly ours: { readonly tenantId: string };
  readonly theirs: { readonly tenantId: string };
  readonly asServer: (
    tenantId: string | null,
    statement: [text: string, values?: unknown[]],
  ) => Promise<Record<string, unknown>[] | string>;
};

/** Attacks on the functions by which a tenant reaches its twin: each speaks of the asking tenant's, whoever is named. */
export function twinAttacks(ground: () => Ground): Readonly<Record<string, () => Promise<void>>> {
  const make = (tenantId: string | null, id = newId()) =>
    ground().asServer(tenantId, ["select create_twin($1, $2) as done", [id, AT]]);
  const twinOf = async (tenantId: string): Promise<string> => {
    await make(tenantId);
    const rows = await asOwner<{ id: string }>(
      ground().database,
      "select id from tenants where live_id = $1 and status <> 'removed'",
      [tenantId],
    );
    expect(rows).toHaveLength(1);
    return rows[0]?.id ?? "";
  };
  return {
    create_twin: async () => {
      const { ours, theirs } = ground();
      const twin = await twinOf(theirs.tenantId);
      // One for each; a twin has none, and nor has nobody.
      for (const tenantId of [theirs.tenantId, twin, null]) expect(await make(tenantId)).toEqual([{ done: false }]);
      // Somebody else's id makes it nobody's twin.
      expect(typeof (await make(ours.tenantId, theirs.tenantId))).toBe("string");
    },
    find_twin: async () => {
      const { ours, theirs } = ground();
      const twin = await twinOf(theirs.tenantId);
      const ask = (tenantId: string | null) =>
        ground().asServer(ours.tenantId, ["select * from find_twin($1)", [tenantId]]);
      for (const tenantId of [twin, null, newId()]) expect(await ask(tenantId)).toEqual([]);
      const [found] = (await ask(theirs.tenantId)) as object[];
      expect(Object.keys(found ?? {})).toEqual([
        "id",
        "name",
        "clock_offset_ms",
        "clock_target",
        "created_at",
        "refreshed_at",
      ]);
    },
    copy_to_twin: async () => {
      const { ours, theirs, database } = ground();
      const twin = await twinOf(theirs.tenantId);
      await asOwner(
        database,
        "insert into spend_limits (tenant_id, currency, monthly, updated_at) values ($1, 'USD', 7, $2) on conflict do nothing",
        [theirs.tenantId, AT],
      );
      const copy = (tenantId: string | null) => ground().asServer(tenantId, ["select copy_to_twin($1) as done", [AT]]);
      const kept = () => asOwner(database, "select tenant_id from spend_limits where tenant_id = $1", [twin]);
      for (const tenantId of [twin, null]) expect(await copy(tenantId)).toEqual([{ done: false }]);
      await copy(ours.tenantId);
      expect(await kept()).toEqual([]);
      expect(await copy(theirs.tenantId)).toEqual([{ done: true }]);
      expect(await kept()).toEqual([{ tenant_id: twin }]);
    },
    remove_twin: async () => {
      const { ours, theirs, database } = ground();
      const twin = await twinOf(theirs.tenantId);
      const remove = (tenantId: string | null) => ground().asServer(tenantId, ["select remove_twin() as done"]);
      await remove(ours.tenantId);
      for (const tenantId of [twin, null]) expect(await remove(tenantId)).toEqual([{ done: false }]);
      const status = () => asOwner(database, "select status from tenants where id = $1", [twin]);
      expect(await status()).toEqual([{ status: "active" }]);
      expect(await remove(theirs.tenantId)).toEqual([{ done: true }]);
      expect(await status()).toEqual([{ status: "removed" }]);
      // The next is another.
      expect(await twinOf(theirs.tenantId)).not.toBe(twin);
    },
  };
}
