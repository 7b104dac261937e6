import { type Selectable, sql } from "kysely";
import {
  type DB,
  domainHolder,
  type Page,
  type PageRequest,
  type ReadTx,
  selectPage,
  type Tx,
} from "../platform/database/index.ts";
import { saveLinkHost } from "../tenants/index.ts";
import type { DomainProblem, DomainState } from "./domain-rules.ts";
import { domainErrors } from "./whitelabel-errors.ts";

/** A domain that a tenant has entered. */
export type CustomDomain = {
  readonly id: string;
  readonly domain: string;
  readonly token: string;
  readonly state: DomainState;
  readonly stateSince: Date;
  readonly problems: readonly DomainProblem[];
  readonly failures: number;
  readonly checkedAt: Date | null;
  readonly nextCheckAt: Date | null;
  readonly createdAt: Date;
};

/** The tenant's domains, the newest first. */
export async function findAllDomains(tx: ReadTx): Promise<CustomDomain[]> {
  const rows = await selectDomains(tx).orderBy("created_at", "desc").orderBy("id", "desc").execute();
  return rows.map(domainOf);
}

export const DOMAIN_SORTS = ["createdAt", "-createdAt", "domain", "-domain"] as const;
export type DomainFilters = PageRequest & { readonly state?: DomainState };

/** A page of them. */
export async function findDomainPage(tx: ReadTx, { state, ...page }: DomainFilters): Promise<Page<CustomDomain>> {
  const query = state === undefined ? selectDomains(tx) : selectDomains(tx).where("state", "=", state);
  const { data, nextCursor } = await selectPage(query, page, {
    sorts: { createdAt: { column: "created_at", type: "timestamptz" }, domain: { column: "domain", type: "text" } },
    defaultSort: "-createdAt",
    idColumn: "id",
  });
  return { nextCursor, data: data.map(domainOf) };
}

export async function findDomain(tx: ReadTx, id: string): Promise<CustomDomain | undefined> {
  const row = await selectDomains(tx).where("id", "=", id).executeTakeFirst();
  return row && domainOf(row);
}

/** A domain that has to be there. Throws `domain.not_found`. */
export async function getDomain(tx: ReadTx, id: string): Promise<CustomDomain> {
  const found = await findDomain(tx, id);
  if (found === undefined) throw domainErrors.not_found();
  return found;
}

/** Domains that are to be checked by now. A tenant has few. */
export async function findDueDomains(tx: ReadTx): Promise<CustomDomain[]> {
  const rows = await selectDomains(tx).where("next_check_at", "<=", tx.ctx.now).orderBy("next_check_at").execute();
  return rows.map(domainOf);
}

/** Whether some other tenant is served on a domain. Whose it is nobody learns. */
export async function isAnothers(tx: ReadTx, domain: string): Promise<boolean> {
  const holder = await domainHolder(tx, domain);
  return holder !== undefined && holder !== tx.ctx.tenantId;
}

/**
 * Has whoever changes domains of this tenant, and whoever may come to be served on this domain, take turns: the one, then the other. So nobody
 * reads which domain links are made with while another changes it, and of two tenants one gets the domain.
 */
export async function takeTurns(tx: Tx, domain: string): Promise<void> {
  for (const what of [`domains of ${tx.ctx.tenantId}`, `domain ${domain}`])
    await sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(tx);
}

export async function insertDomain(tx: Tx, { id, domain, token }: Pick<CustomDomain, "id" | "domain" | "token">) {
  const { tenantId, now, actor } = tx.ctx;
  await tx
    .insertInto("custom_domains")
    .values({
      tenant_id: tenantId,
      id,
      domain,
      token,
      state_since: now,
      next_check_at: now,
      created_at: now,
      created_by: actor.type === "user" ? actor.userId : null,
    })
    .execute();
}

/** Keeps what a check has found, and has links made with the newest domain that has its records. */
export async function saveDomain(tx: Tx, domain: CustomDomain): Promise<void> {
  const { state, stateSince, problems, failures, checkedAt, nextCheckAt } = domain;
  await tx
    .updateTable("custom_domains")
    .set({
      state,
      state_since: stateSince,
      problems: JSON.stringify(problems),
      failures,
      checked_at: checkedAt,
      next_check_at: nextCheckAt,
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", domain.id)
    .execute();
  await chooseLinkHost(tx);
}

export async function deleteDomain(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("custom_domains").where("tenant_id", "=", tx.ctx.tenantId).where("id", "=", id).execute();
  await chooseLinkHost(tx);
}

async function chooseLinkHost(tx: Tx): Promise<void> {
  const chosen = await findLinkDomain(tx);
  const provenAt = chosen?.problems.length === 0 ? chosen.checkedAt : null;
  await saveLinkHost(tx, chosen?.domain ?? null, provenAt);
}

/** The domain that links are made with: the newest that has its records. */
export async function findLinkDomain(tx: ReadTx): Promise<CustomDomain | undefined> {
  const row = await selectDomains(tx)
    // Not by one whose records are missing, though it is served: it may be somebody else's by now, who would get the links to set passwords.
    .where("state", "=", "active")
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && domainOf(row);
}

const selectDomains = (tx: ReadTx) =>
  tx.selectFrom("custom_domains").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

/** The checks of the table make the first cast true; `saveDomain` alone writes what the second is of. */
const domainOf = (row: Selectable<DB["custom_domains"]>): CustomDomain => ({
  id: row.id,
  domain: row.domain,
  token: row.token,
  state: row.state as DomainState,
  stateSince: row.state_since,
  problems: row.problems as unknown as readonly DomainProblem[],
  failures: row.failures,
  checkedAt: row.checked_at,
  nextCheckAt: row.next_check_at,
  createdAt: row.created_at,
});
