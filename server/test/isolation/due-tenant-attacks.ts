import { expect } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import { asOwner } from "../kit/postgres.ts";
import { addDomains } from "./add-rows.ts";
import type { Ground } from "./sub-operator-attacks.ts";

const AT = new Date("2026-03-01T12:00:00Z");
const LATER = new Date("2026-03-02T12:00:00Z");

/** Attacks on the functions that say in which tenants a job has anything to do: they name tenants, and nothing of what is there. */
export function dueTenantAttacks(
  ground: () => Ground & { readonly theirs: { readonly partnerId: string } },
): Readonly<Record<string, () => Promise<void>>> {
  const owner = (statement: string, values: unknown[] = []) => asOwner(ground().database, statement, values);
  const named = async (call: string): Promise<Record<string, unknown>[]> => {
    const rows = await ground().asServer(ground().ours.tenantId, [`select ${call} as id`]);
    if (typeof rows === "string") throw new Error(rows);
    for (const row of rows) expect(Object.keys(row)).toEqual(["id"]);
    return rows;
  };
  const theirs = () => ({ id: ground().theirs.tenantId });

  return {
    record_idle_runs: async () => {
      const [run, stranger] = [newId(), newId()];
      await owner(
        `insert into job_runs (tenant_id, name, run_id, started_at, failures, succeeded_at) values ($1, 'attacked', $2, $3, 3, $4)`,
        [ground().theirs.tenantId, run, AT, LATER],
      );
      const idle: [string, unknown[]] = [
        "select record_idle_runs('attacked', $1, $2)",
        [[ground().theirs.tenantId, stranger], AT],
      ];
      await ground().asServer(ground().ours.tenantId, idle);
      // A success is never taken back, failures are not forgotten, and a tenant that is none gets nothing.
      expect(
        await owner("select tenant_id, failures::int, succeeded_at from job_runs where name = 'attacked'"),
      ).toEqual([{ tenant_id: ground().theirs.tenantId, failures: 3, succeeded_at: LATER }]);
    },

    tenants_to_seal: async () => {
      await owner(
        `insert into audit_log (tenant_id, id, actor_type, action, target_type, request_id, occurred_at) values ($1, $2, 'system', 'a.done', 'a', 'r', $3)`,
        [ground().theirs.tenantId, newId(), AT],
      );
      expect(await named("tenants_to_seal(10000)")).toContainEqual(theirs());
    },

    tenants_to_roll_up: async () => {
      const { tenantId, partnerId } = ground().theirs;
      await owner(
        `insert into analytics_progress (tenant_id, rolled_up_to, time_zone, currency) values ($1, $2, 'UTC', 'USD') on conflict do nothing`,
        [tenantId, AT],
      );
      await owner(
        "insert into analytics_touched (tenant_id, source, partner_id, quarter_hour) values ($1, 'clicks', $2, $3)",
        [tenantId, partnerId, AT],
      );
      const reach = () => owner("select rolled_up_to from analytics_progress where tenant_id = $1", [tenantId]);
      // Where something waits, the figures reach no further for it.
      expect(await named(`tenants_to_roll_up('${LATER.toISOString()}')`)).toContainEqual(theirs());
      expect(await reach()).toEqual([{ rolled_up_to: AT }]);
      await owner("delete from analytics_touched where tenant_id = $1", [tenantId]);
      expect(await named(`tenants_to_roll_up('${LATER.toISOString()}')`)).not.toContainEqual(theirs());
      expect(await reach()).toEqual([{ rolled_up_to: LATER }]);
      // Nor do they ever reach less far.
      await named(`tenants_to_roll_up('${AT.toISOString()}')`);
      expect(await reach()).toEqual([{ rolled_up_to: LATER }]);
    },

    tenants_to_check_domains: async () => {
      await addDomains(ground().database, ground().theirs.tenantId, ["broken"], AT);
      await owner("update custom_domains set next_check_at = $2 where tenant_id = $1 and state = 'broken'", [
        ground().theirs.tenantId,
        LATER,
      ]);
      expect(await named(`tenants_to_check_domains('${AT.toISOString()}')`)).not.toContainEqual(theirs());
      expect(await named(`tenants_to_check_domains('${LATER.toISOString()}')`)).toEqual([theirs()]);
    },
  };
}
