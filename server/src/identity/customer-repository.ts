import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { normalEmail } from "./normal-email.ts";

/** The host's own user, as the host names and knows them. Cannot sign in here. */
export type CustomerInput = {
  readonly externalId: string;
  readonly email?: string;
  /** The host has seen the customer read mail at this address. */
  readonly emailVerified?: boolean;
};

export type Customer = {
  readonly id: string;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly emailVerifiedAt: Date | null;
};

/** More than any verb asks for at once. */
const CUSTOMERS_MAX = 5_000;

/**
 * Makes the customers that are not there yet, and fills in e-mails (and their verification) that were not known, in one statement. An
 * e-mail that is known stays: it decided who a customer is when they were attributed. Who was erased takes none again. Returns an id for each external id; the same one
 * twice is one customer. Rows are taken in the order of their names, so that two batches that overlap wait for each other and never
 * deadlock.
 */
export async function upsertCustomers(tx: Tx, customers: readonly CustomerInput[]): Promise<Map<string, string>> {
  invariant(customers.length <= CUSTOMERS_MAX, "callers cut their batches");
  if (customers.length === 0) return new Map();
  const wanted = mergeByExternalId(customers);
  const { tenantId, now } = tx.ctx;
  const { rows } = await sql<{ external_id: string; id: string }>`
    with wanted as (
      select w.external_id, w.email, w.is_verified, w.id
        from unnest(
          ${wanted.map((customer) => customer.externalId)}::text[],
          ${wanted.map((customer) => customer.email)}::text[],
          ${wanted.map((customer) => customer.isVerified)}::boolean[],
          ${wanted.map(() => newId())}::uuid[]
        ) as w (external_id, email, is_verified, id)
    ),
    known as (
      select u.external_id, u.id, u.role, u.email, u.email_verified_at, u.erased_at
        from users u
       where u.tenant_id = ${tenantId}
         and u.external_id = any (${wanted.map((customer) => customer.externalId)}::text[])
    ),
    -- Somebody else may add a customer after this statement looked: the conflict returns that row, where a plain read would miss it.
    written as (
      insert into users (tenant_id, id, role, email, email_verified_at, external_id, created_at, updated_at)
      select ${tenantId}, w.id, 'customer', w.email, case when w.is_verified then ${now}::timestamptz end, w.external_id, ${now}, ${now}
        from wanted w
        left join known k using (external_id)
       where k.id is null
          or (k.role = 'customer' and k.erased_at is null
              and ((k.email is null and w.email is not null)
                   or (k.email_verified_at is null and w.is_verified and coalesce(k.email = w.email, true))))
       order by w.external_id
          on conflict (tenant_id, external_id) do update
         set email = case when users.role = 'customer' and users.erased_at is null then coalesce(users.email, excluded.email) else users.email end,
             -- The host vouches for the address that it sent: for no other one.
             email_verified_at = case
               when users.role = 'customer' and users.erased_at is null and coalesce(users.email = excluded.email, true)
               then coalesce(users.email_verified_at, excluded.email_verified_at)
               else users.email_verified_at
             end,
             updated_at = ${now}
      returning external_id, id
    )
    select external_id, id from written
     union
    select external_id, id from known`.execute(tx);
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

/** One entry for each external id, in order of it: the last e-mail given for it, verified if that one was. */
function mergeByExternalId(customers: readonly CustomerInput[]) {
  const merged = new Map<string, { externalId: string; email: string | null; isVerified: boolean }>();
  for (const { externalId, email, emailVerified = false } of customers) {
    const before = merged.get(externalId);
    const address = email === undefined ? (before?.email ?? null) : normalEmail(email);
    const isVerified = emailVerified || (before?.isVerified === true && before.email === address);
    merged.set(externalId, { externalId, email: address, isVerified: isVerified && address !== null });
  }
  return [...merged.values()].toSorted((left, right) => (left.externalId < right.externalId ? -1 : 1));
}

/** Locks the customers that are there until the transaction ends, in the order of their names, and says who they are. */
export async function lockCustomers(tx: Tx, externalIds: readonly string[]): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map();
  const { rows } = await sql<{ external_id: string; id: string }>`
    select external_id, id
      from users
     where tenant_id = ${tx.ctx.tenantId}
       and external_id = any (${[...externalIds]}::text[])
     order by external_id
       -- Not "for update": rows that point at the customer may be written meanwhile.
       for no key update`.execute(tx);
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

/** Makes customers that were not there a moment ago, and locks them; who was made meanwhile is found and locked. */
export async function createCustomers(tx: Tx, externalIds: readonly string[]): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map();
  const wanted = [...new Set(externalIds)].toSorted();
  const { tenantId, now } = tx.ctx;
  const { rows } = await sql<{ external_id: string; id: string }>`
    insert into users (tenant_id, id, role, external_id, created_at, updated_at)
    select ${tenantId}, w.id, 'customer', w.external_id, ${now}, ${now}
      from unnest(${wanted}::text[], ${wanted.map(() => newId())}::uuid[]) as w (external_id, id)
     order by w.external_id
        -- The update that changes nothing takes the lock.
        on conflict (tenant_id, external_id) do update set external_id = excluded.external_id
    returning external_id, id`.execute(tx);
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

/** Ids of the customers that are there, by external id. */
export async function findCustomersByExternalIds(
  tx: ReadTx,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map();
  const { rows } = await sql<{ external_id: string; id: string }>`
    select external_id, id
      from users
     where tenant_id = ${tx.ctx.tenantId}
       and external_id = any (${[...externalIds]}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

/** External ids of the customers that have one of these e-mails, which are in lower case, by it. */
export async function findCustomersByEmails(tx: ReadTx, emails: readonly string[]): Promise<Map<string, string[]>> {
  if (emails.length === 0) return new Map();
  const { rows } = await sql<{ email: string; external_id: string }>`
    select email, external_id
      from users
     where tenant_id = ${tx.ctx.tenantId}
       and role = 'customer'
       and email = any (${[...emails]}::text[])
     order by email, external_id`.execute(tx);
  const found = new Map<string, string[]>();
  for (const { email, external_id } of rows) found.set(email, [...(found.get(email) ?? []), external_id]);
  return found;
}

/** As many of a company's people as say whose customer it is. */
const CUSTOMERS_OF_COMPANY_MAX = 100;

/** Ids of customers with one of the addresses, or whose address is at one of the domains or somewhere below `below`; all in lower case. */
export async function findCustomersOfCompany(
  tx: ReadTx,
  {
    emails,
    domains,
    below,
  }: { readonly emails: readonly string[]; readonly domains: readonly string[]; readonly below: string | null },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id
      from users
     where tenant_id = ${tx.ctx.tenantId}
       and role = 'customer'
       and email is not null
       and (email = any (${[...emails]}::text[])
         -- As the index has it: turned round.
         or reverse(split_part(email, '@', 2)) = any (array(select reverse(d) from unnest(${[...domains]}::text[]) d))
         or reverse(split_part(email, '@', 2)) like reverse(${below}::text) || '.%')
     order by id
     limit ${CUSTOMERS_OF_COMPANY_MAX}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Customers by id; who is not there is left out. */
export async function findCustomers(tx: ReadTx, ids: readonly string[]): Promise<Map<string, Customer>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("users")
    .select(["id", "external_id", "email", "email_verified_at"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      { id: row.id, externalId: row.external_id, email: row.email, emailVerifiedAt: row.email_verified_at },
    ]),
  );
}

/** External ids of customers by id; who has none is left out. */
export async function findCustomerExternalIds(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  const customers = await findCustomers(tx, ids);
  return new Map([...customers].flatMap(([id, { externalId }]) => (externalId === null ? [] : [[id, externalId]])));
}
