import { newId } from "../../src/kernel/id.ts";
import { asOwner, type ClonedDatabase } from "./postgres.ts";

/** A bare tenant: the operator, or another one under it. Returns its id. */
export async function seedTenant(
  database: ClonedDatabase,
  { at, isOperator = true }: { at: Date; isOperator?: boolean },
): Promise<string> {
  const id = newId();
  await asOwner(
    database,
    `insert into tenants (id, parent_id, name, host, created_at)
     values ($1, case when $2 then null else (select id from tenants where parent_id is null and mode = 'live') end, 'Test', case when $2 then null else $3 end, $4)`,
    [id, isOperator, `${id}.test`, at],
  );
  return id;
}

/** A bare partner with its programme and user, for tests of modules that need nothing else of it. Returns its id. */
export async function seedPartner(
  database: ClonedDatabase,
  { tenantId, at }: { tenantId: string; at: Date },
): Promise<string> {
  const [programId, userId, partnerId] = [newId(), newId(), newId()];
  await asOwner(
    database,
    `insert into programs (tenant_id, id, name, currency, created_at, updated_at) values ($1, $2, 'Test', 'USD', $3, $3)
     on conflict (tenant_id) do nothing`,
    [tenantId, programId, at],
  );
  await asOwner(
    database,
    `insert into users (tenant_id, id, role, email, created_at, updated_at) values ($1, $2::uuid, 'partner', $2::text || '@example.com', $3, $3)`,
    [tenantId, userId, at],
  );
  await asOwner(
    database,
    `insert into partners (tenant_id, id, program_id, user_id, partner_type, tier, referral_code, status, joined_at, approved_at, created_at, updated_at)
     values ($1, $2, (select id from programs where tenant_id = $1), $3, 'affiliate', 'tier1', $4, 'active', $5, $5, $5, $5)`,
    [tenantId, partnerId, userId, `p-${partnerId}`, at],
  );
  return partnerId;
}
