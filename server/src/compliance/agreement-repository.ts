import { type Selectable, sql } from "kysely";
import { type DB, type ReadTx, type Tx, violatedConstraint } from "../platform/database/index.ts";
import type { Tier } from "../programs/index.ts";
import { agreementErrors } from "./compliance-errors.ts";

export type Agreement = {
  readonly id: string;
  readonly programId: string;
  readonly name: string;
  readonly tiers: Tier[];
  readonly createdAt: Date;
};

export type Version = {
  readonly id: string;
  readonly agreementId: string;
  /** Null of a draft. */
  readonly number: number | null;
  readonly status: "draft" | "published";
  readonly title: string;
  readonly body: string;
  readonly textHash: string;
  readonly blocksPayouts: boolean;
  readonly blocksApproval: boolean;
  readonly graceDays: number;
  readonly effectiveFrom: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
};

/** The check constraints make the casts true. */
export const agreementOf = (row: Omit<Selectable<DB["agreements"]>, "tenant_id">): Agreement => ({
  id: row.id,
  programId: row.program_id,
  name: row.name,
  tiers: row.tiers as Tier[],
  createdAt: row.created_at,
});

const versionOf = (row: Omit<Selectable<DB["agreement_versions"]>, "tenant_id">): Version => ({
  id: row.id,
  agreementId: row.agreement_id,
  number: row.number,
  status: row.status as Version["status"],
  title: row.title,
  body: row.body,
  textHash: row.text_hash,
  blocksPayouts: row.blocks_payouts,
  blocksApproval: row.blocks_approval,
  graceDays: row.grace_days,
  effectiveFrom: row.effective_from,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  publishedAt: row.published_at,
  publishedBy: row.published_by,
});

export const selectAgreements = (tx: ReadTx) =>
  tx.selectFrom("agreements").selectAll().where("tenant_id", "=", tx.ctx.tenantId);
const selectVersions = (tx: ReadTx) =>
  tx.selectFrom("agreement_versions").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

/** One agreement. Throws `agreement.not_found`. */
export async function getAgreementRow(tx: ReadTx, id: string): Promise<Agreement> {
  const row = await selectAgreements(tx).where("id", "=", id).executeTakeFirst();
  if (row === undefined) throw agreementErrors.not_found();
  return agreementOf(row);
}

/** The same; versions of one agreement are published one after another. Held until the transaction ends. */
export async function lockAgreement(tx: Tx, id: string): Promise<Agreement> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`agreement ${tx.ctx.tenantId} ${id}`}, 0))`.execute(tx);
  return getAgreementRow(tx, id);
}

/** One version. Throws `agreement.version_not_found`. */
export async function getVersion(tx: ReadTx, id: string): Promise<Version> {
  const row = await selectVersions(tx).where("id", "=", id).executeTakeFirst();
  if (row === undefined) throw agreementErrors.version_not_found();
  return versionOf(row);
}

/** Versions of agreements, the newest first, a draft before all. */
export async function findVersions(tx: ReadTx, agreementIds: readonly string[]): Promise<Version[]> {
  const rows = await selectVersions(tx)
    .where("agreement_id", "=", sql<string>`any (${[...agreementIds]}::uuid[])`)
    .orderBy("number", (order) => order.desc().nullsFirst())
    .execute();
  return rows.map(versionOf);
}

export async function insertAgreement(tx: Tx, agreement: Agreement): Promise<void> {
  await tx
    .insertInto("agreements")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: agreement.id,
      program_id: agreement.programId,
      name: agreement.name,
      tiers: [...agreement.tiers],
      created_at: agreement.createdAt,
    })
    .execute();
}

export type DraftText = Pick<Version, "title" | "body" | "textHash" | "blocksPayouts" | "blocksApproval" | "graceDays">;

const columnsOf = (draft: DraftText) => ({
  title: draft.title,
  body: draft.body,
  text_hash: draft.textHash,
  blocks_payouts: draft.blocksPayouts,
  blocks_approval: draft.blocksApproval,
  grace_days: draft.graceDays,
});

/** Throws `agreement.draft_open` where there is a draft. */
export async function insertDraft(
  tx: Tx,
  { id, agreementId, ...draft }: DraftText & { readonly id: string; readonly agreementId: string },
): Promise<Version> {
  const { tenantId: tenant_id, now } = tx.ctx;
  try {
    const row = await tx
      .insertInto("agreement_versions")
      .values({
        tenant_id,
        id,
        agreement_id: agreementId,
        status: "draft",
        ...columnsOf(draft),
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return versionOf(row);
  } catch (error) {
    if (violatedConstraint(error) === "agreement_versions_one_draft_index") throw agreementErrors.draft_open();
    throw error;
  }
}

/** Writes a draft that still has the text that its writer has read; undefined where it has not, or is no draft. */
export async function updateDraft(
  tx: Tx,
  id: string,
  readHash: string,
  draft: DraftText,
): Promise<Version | undefined> {
  const row = await tx
    .updateTable("agreement_versions")
    .set({ ...columnsOf(draft), updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "=", "draft")
    .where("text_hash", "=", readHash)
    .returningAll()
    .executeTakeFirst();
  return row && versionOf(row);
}

/** Publishes a draft that still has this text; undefined where it has not, or is no draft. */
export async function publishDraft(
  tx: Tx,
  of: {
    readonly id: string;
    readonly hash: string;
    readonly number: number;
    readonly effectiveFrom: Date;
    readonly by: string | null;
  },
): Promise<Version | undefined> {
  const row = await tx
    .updateTable("agreement_versions")
    .set({
      status: "published",
      number: of.number,
      effective_from: of.effectiveFrom,
      published_at: tx.ctx.now,
      published_by: of.by,
      updated_at: tx.ctx.now,
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", of.id)
    .where("status", "=", "draft")
    .where("text_hash", "=", of.hash)
    .returningAll()
    .executeTakeFirst();
  return row && versionOf(row);
}

export type Acceptance = {
  readonly id: string;
  readonly versionId: string;
  readonly partnerId: string;
  readonly userId: string;
  readonly textHash: string;
  readonly acceptedAt: Date;
  readonly ip: string | null;
};

export const acceptanceOf = (row: Omit<Selectable<DB["agreement_acceptances"]>, "tenant_id">): Acceptance => ({
  id: row.id,
  versionId: row.version_id,
  partnerId: row.partner_id,
  userId: row.user_id,
  textHash: row.text_hash,
  acceptedAt: row.accepted_at,
  ip: row.ip,
});

export const selectAcceptances = (tx: ReadTx) =>
  tx.selectFrom("agreement_acceptances").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

/** Notes an acceptance; undefined where the partner has accepted the version before. */
export async function insertAcceptance(tx: Tx, acceptance: Acceptance): Promise<Acceptance | undefined> {
  const row = await tx
    .insertInto("agreement_acceptances")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: acceptance.id,
      version_id: acceptance.versionId,
      partner_id: acceptance.partnerId,
      user_id: acceptance.userId,
      text_hash: acceptance.textHash,
      accepted_at: acceptance.acceptedAt,
      ip: acceptance.ip,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "version_id", "partner_id"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row && acceptanceOf(row);
}

/** What a partner has accepted, by version. */
export type Accepted = ReadonlyMap<string, Acceptance>;

/** What partners have accepted, by partner; who has accepted nothing is left out. */
export async function findAcceptancesOf(
  tx: ReadTx,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, Accepted>> {
  const rows = await selectAcceptances(tx)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    .execute();
  const byPartner = Map.groupBy(rows.map(acceptanceOf), ({ partnerId }) => partnerId);
  return new Map(
    [...byPartner].map(([partnerId, all]) => [partnerId, new Map(all.map((one) => [one.versionId, one]))]),
  );
}

/** How many partners have accepted each version. */
export async function countAcceptances(tx: ReadTx, versionIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ version_id: string; count: bigint }>`
    select version_id, count(*) as count
      from agreement_acceptances
     where tenant_id = ${tx.ctx.tenantId}
       and version_id = any (${[...versionIds]}::uuid[])
     group by version_id`.execute(tx);
  return new Map(rows.map((row) => [row.version_id, Number(row.count)]));
}

export type PublishedVersion = Version & {
  readonly number: number;
  readonly effectiveFrom: Date;
  readonly agreement: Agreement;
};

/** Everything that was published, by agreement and number. There are few: what lawyers write, people read. */
export async function findPublished(tx: ReadTx): Promise<PublishedVersion[]> {
  const agreements = new Map((await selectAgreements(tx).execute()).map((row) => [row.id, agreementOf(row)]));
  if (agreements.size === 0) return [];
  const rows = await selectVersions(tx)
    .where("status", "=", "published")
    .orderBy("agreement_id")
    .orderBy("number")
    .execute();
  return rows.flatMap((row) => {
    const agreement = agreements.get(row.agreement_id);
    const { number, effectiveFrom, ...version } = versionOf(row);
    return agreement === undefined || number === null || effectiveFrom === null
      ? []
      : [{ ...version, number, effectiveFrom, agreement }];
  });
}
