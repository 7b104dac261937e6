import { expect } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import { asOwner, type ClonedDatabase } from "../kit/postgres.ts";
import { seedTenant } from "../kit/seed.ts";

const AT = new Date("2026-03-01T12:00:00Z");
const UNIQUE_VIOLATION = "23505";

/** Two tenants, theirs under ours, and the way to ask as the server's role in one of them. */
export type Ground = {
  readonly database: ClonedDatabase;
  readonly ours: { readonly tenantId: string };
  readonly theirs: { readonly tenantId: string };
  readonly asServer: (
    tenantId: string | null,
    statement: [text: string, values?: unknown[]],
  ) => Promise<Record<string, unknown>[] | string>;
};

/** Attacks on the functions by which a parent reaches the tenants under it. */
export function subOperatorAttacks(ground: () => Ground): Readonly<Record<string, () => Promise<void>>> {
  let another: string | undefined;
  /** Another tenant under ours. */
  const sister = async (): Promise<string> =>
    (another ??= await seedTenant(ground().database, { at: AT, isOperator: false }));

  /** A function that answers a parent of its children, and nobody else of anybody: rows for ours of theirs alone. */
  async function tellsOfChildrenAlone(
    ask: (tenantId: string | null, child: string) => Promise<unknown>,
  ): Promise<void> {
    expect(await ask(ground().ours.tenantId, ground().theirs.tenantId)).not.toEqual([]);
    expect(await ask(ground().ours.tenantId, ground().ours.tenantId)).toEqual([]);
    expect(await ask(ground().theirs.tenantId, ground().ours.tenantId)).toEqual([]);
    expect(await ask(ground().theirs.tenantId, ground().theirs.tenantId)).toEqual([]);
    expect(await ask(await sister(), ground().theirs.tenantId)).toEqual([]);
    expect(await ask(null, ground().theirs.tenantId)).toEqual([]);
  }

  /** A payment in a tenant; returns its id. */
  async function sell(tenantId: string): Promise<string> {
    const [user, id] = [newId(), newId()];
    await asOwner(
      ground().database,
      `with customer as (
       insert into users (tenant_id, id, role, external_id, created_at, updated_at) values ($1, $2::uuid, 'customer', $2::text, $4, $4)
     )
     insert into transactions (tenant_id, id, external_id, user_id, kind, amount, currency, occurred_at, recorded_at)
     values ($1, $3::uuid, $3::text, $2::uuid, 'payment', 100, 'USD', $4, $4)`,
      [tenantId, user, id, AT],
    );
    return id;
  }

  return {
    create_sub_operator: async () => {
      const make = (tenantId: string | null, id: string, host: string) =>
        ground().asServer(tenantId, [
          "select create_sub_operator($1, 'Usurper', $2, '{}', $3) as outcome",
          [id, host, AT],
        ]);
      // Nobody makes one without a tenant, nor under a tenant that is under another, nor takes a host.
      expect(await make(null, newId(), "usurper.test")).toEqual([{ outcome: "nested" }]);
      expect(await make(ground().theirs.tenantId, newId(), "usurper.test")).toEqual([{ outcome: "nested" }]);
      expect(await make(ground().ours.tenantId, newId(), `${ground().theirs.tenantId}.test`)).toEqual([
        { outcome: "host_taken" },
      ]);
      expect(await make(ground().ours.tenantId, ground().theirs.tenantId, "usurper.test")).toBe(UNIQUE_VIOLATION);
      expect(await asOwner(ground().database, "select id from tenants where name = 'Usurper'")).toEqual([]);
    },

    set_sub_operator: async () => {
      const set = (tenantId: string | null, child: string) =>
        ground().asServer(tenantId, ["select set_sub_operator($1, 'removed', 'no', '{}') as is_set", [child]]);
      // Neither itself, nor its parent, nor a sister.
      for (const child of [ground().ours.tenantId, ground().theirs.tenantId, await sister()])
        expect(await set(ground().theirs.tenantId, child)).toEqual([{ is_set: false }]);
      expect(await set(null, ground().theirs.tenantId)).toEqual([{ is_set: false }]);
      expect(await set(ground().ours.tenantId, ground().ours.tenantId)).toEqual([{ is_set: false }]);
      expect(await asOwner(ground().database, "select id from tenants where status <> 'active'")).toEqual([]);
    },

    sub_operator_sales: () =>
      tellsOfChildrenAlone(async (tenantId, child) => {
        const sold = await sell(child);
        return ground().asServer(tenantId, ["select * from sub_operator_sales($1, array[$2]::uuid[])", [child, sold]]);
      }),
    sub_operator_roots: () =>
      tellsOfChildrenAlone(async (tenantId, child) => {
        await sell(child);
        return ground().asServer(tenantId, ["select * from sub_operator_roots($1, null, 10)", [child]]);
      }),
    sub_operator_untold: () =>
      tellsOfChildrenAlone(async (tenantId, child) => {
        await asOwner(
          ground().database,
          `insert into outbox_events (tenant_id, id, type, object_type, object_id, data, occurred_at)
         values ($1, $2, 'sub_operator.sold', 'tenant', $1, $3, $4)`,
          [child, newId(), JSON.stringify({ transactionIds: [newId()] }), AT],
        );
        return ground().asServer(tenantId, ["select * from sub_operator_untold($1)", [child]]);
      }),
    sub_operator_card_products: () =>
      tellsOfChildrenAlone(async (tenantId, child) => {
        await asOwner(
          ground().database,
          `with programme as (
             insert into card_programs (tenant_id, id, name, base_url, currency, secrets_sealed, status, created_at, updated_at)
             values ($1, $2, 'Cards', 'http://localhost', 'USD', '', 'active', $4, $4)
           )
           insert into card_products (tenant_id, id, program_id, partner_id, name, status, revenue_ppm, created_at, updated_at)
           select $1, $3, $2, p.id, 'A', 'active', 0, $4, $4 from partners p where p.tenant_id = $1 limit 1`,
          [child, newId(), newId(), AT],
        );
        return ground().asServer(tenantId, ["select * from sub_operator_card_products($1)", [child]]);
      }),
    sub_operator_debts: () =>
      tellsOfChildrenAlone(async (tenantId, child) => {
        const [partner] = await asOwner<{ id: string }>(
          ground().database,
          "select id from partners where tenant_id = $1",
          [child],
        );
        await asOwner(
          ground().database,
          `insert into ledger_accounts (tenant_id, partner_id, currency, kind, balance) values ($1, $2, 'EUR', 'available', 7)
         on conflict do nothing`,
          [child, partner?.id ?? newId()],
        );
        return ground().asServer(tenantId, ["select * from sub_operator_debts($1)", [child]]);
      }),
    sub_operator_partners: async () => {
      const counted = (tenantId: string | null) =>
        ground().asServer(tenantId, ["select * from sub_operator_partners()"]);
      expect(await counted(ground().ours.tenantId)).toEqual([{ child_id: ground().theirs.tenantId, partners: "1" }]);
      expect(await counted(ground().theirs.tenantId)).toEqual([]);
      expect(await counted(null)).toEqual([]);
    },
  };
}
