import { type Selectable, sql } from "kysely";
import { type DB, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import type { CaseStatus, Subject, Verdict } from "./screening-rules.ts";

export type ScreeningSettings = {
  readonly isEnabled: boolean;
  readonly listMaxAgeDays: number;
  readonly alertAt: number;
  readonly blockedCountries: string[];
};

/** What holds where nothing was set. The countries are those that the United States close off as a whole (2026); the operator's lawyer knows more. */
export const DEFAULT_SETTINGS: ScreeningSettings = {
  isEnabled: false,
  listMaxAgeDays: 7,
  alertAt: 0.9,
  blockedCountries: ["CU", "IR", "KP"],
};

export async function findScreeningSettings(tx: ReadTx): Promise<ScreeningSettings> {
  const row = await tx
    .selectFrom("screening_settings")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirst();
  if (row === undefined) return DEFAULT_SETTINGS;
  return {
    isEnabled: row.is_enabled,
    listMaxAgeDays: row.list_max_age_days,
    alertAt: Number(row.alert_at),
    blockedCountries: row.blocked_countries,
  };
}

/** Writes all of them; returns what was in force until then. */
export async function upsertScreeningSettings(
  tx: Tx,
  settings: ScreeningSettings,
  updatedBy: string | null,
): Promise<void> {
  const values = {
    is_enabled: settings.isEnabled,
    list_max_age_days: settings.listMaxAgeDays,
    alert_at: settings.alertAt,
    blocked_countries: [...settings.blockedCountries],
    updated_at: tx.ctx.now,
    updated_by: updatedBy,
  };
  await tx
    .insertInto("screening_settings")
    .values({ tenant_id: tx.ctx.tenantId, ...values })
    .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet(values))
    .execute();
}

export type Screening = { readonly partnerId: string; readonly subjectHash: string; readonly throughVersion: bigint };

/** Up to which version names of partners were compared, by partner and names. */
export async function findScreenings(tx: ReadTx, partnerIds: readonly string[]): Promise<Screening[]> {
  const rows = await tx
    .selectFrom("partner_screenings")
    .select(["partner_id", "subject_hash", "through_version"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    .execute();
  return rows.map((row) => ({
    partnerId: row.partner_id,
    subjectHash: row.subject_hash,
    throughVersion: row.through_version,
  }));
}

/** A name that was compared, without the name. */
export type ComparedName = {
  readonly kind: Subject["kind"];
  /** Null where it was not noted then. */
  readonly source: Subject["source"] | null;
  /** What the partner says now is told by this; null like the source. */
  readonly key: string | null;
};

export type NewScreening = {
  readonly partnerId: string;
  readonly subjectHash: string;
  readonly names: readonly ComparedName[];
  readonly country: string | null;
};

/** Notes that names were compared up to a version. What another has noted meanwhile for a later version stays. */
export async function upsertScreenings(tx: Tx, screenings: readonly NewScreening[], version: bigint): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`
    insert into partner_screenings as s (
           tenant_id, partner_id, subject_hash, names, country, since_version, through_version, first_screened_at, screened_at)
    select ${tenantId}, n.partner_id, n.subject_hash, n.names, n.country, ${version}, ${version}, ${now}, ${now}
      from unnest(
           ${screenings.map((one) => one.partnerId)}::uuid[],
           ${screenings.map((one) => one.subjectHash)}::text[],
           ${screenings.map(({ names }) => JSON.stringify(names))}::jsonb[],
           ${screenings.map(({ country }) => country)}::text[]
         ) as n (partner_id, subject_hash, names, country)
     order by n.partner_id
        on conflict (tenant_id, partner_id, subject_hash) do update
       set through_version = greatest(s.through_version, excluded.through_version), screened_at = excluded.screened_at`.execute(
    tx,
  );
}

export const SCREENING_SORTS = ["screenedAt", "-screenedAt"] as const;
/** What was compared has no id of its own: a partner's are told apart by the hash. */
const screeningId = sql<string>`md5(subject_hash)::uuid`;

/** A page of what was compared for a partner, the latest first unless asked otherwise. */
export async function findScreeningHistory(
  tx: ReadTx,
  { partnerId, ...page }: PageRequest & { readonly partnerId: string },
) {
  const query = tx
    .selectFrom("partner_screenings")
    .select(["names", "country", "since_version", "through_version", "first_screened_at", "screened_at"])
    .select(screeningId.as("id"))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId);
  const { data, nextCursor } = await selectPage(query, page, {
    sorts: { screenedAt: { column: "screened_at", type: "timestamptz" } },
    defaultSort: "-screenedAt",
    idColumn: screeningId,
  });
  const screenings = data.map((row) => ({
    // Written by `upsertScreenings` alone; of before it said more than the kind there is no more.
    names: (row.names as unknown as (Pick<ComparedName, "kind"> & Partial<ComparedName>)[]).map(
      ({ kind, source = null, key = null }): ComparedName => ({ kind, source, key }),
    ),
    country: row.country,
    sinceVersion: row.since_version,
    throughVersion: row.through_version,
    firstScreenedAt: row.first_screened_at,
    screenedAt: row.screened_at,
  }));
  return { data: screenings, nextCursor };
}

export type Case = {
  readonly id: string;
  readonly partnerId: string;
  readonly status: CaseStatus;
  readonly round: number;
  readonly listVersion: bigint;
  readonly openedAt: Date;
  readonly updatedAt: Date;
  readonly decidedAt: Date | null;
};

/** The check on the status makes the cast true. */
export const caseOf = (row: Omit<Selectable<DB["screening_cases"]>, "tenant_id">): Case => ({
  id: row.id,
  partnerId: row.partner_id,
  status: row.status as CaseStatus,
  round: row.round,
  listVersion: row.list_version,
  openedAt: row.opened_at,
  updatedAt: row.updated_at,
  decidedAt: row.decided_at,
});

export const selectCases = (tx: ReadTx) =>
  tx.selectFrom("screening_cases").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export async function findCase(tx: ReadTx, id: string): Promise<Case | undefined> {
  const row = await selectCases(tx).where("id", "=", id).executeTakeFirst();
  return row && caseOf(row);
}

/** The same, locked: decisions and evidence of one case come one after another. */
export async function lockCase(tx: Tx, id: string): Promise<Case | undefined> {
  const row = await selectCases(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && caseOf(row);
}

/** The case of a partner that people are at, locked. */
export async function lockOpenCase(tx: Tx, partnerId: string): Promise<Case | undefined> {
  const row = await selectCases(tx)
    .where("partner_id", "=", partnerId)
    .where("status", "in", ["open", "escalated"])
    .forUpdate()
    .executeTakeFirst();
  return row && caseOf(row);
}

export type Hold = "open" | "escalated" | "confirmed";

/** What holds partners, by partner: a confirmed case before an open one; whom nothing holds is left out. */
export async function findHolds(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, Hold>> {
  const rows = await selectCases(tx)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    .where("status", "in", ["open", "escalated", "confirmed"])
    .execute();
  const holds = new Map<string, Hold>();
  for (const { partner_id: partnerId, status } of rows)
    if (holds.get(partnerId) !== "confirmed") holds.set(partnerId, status as Hold);
  return holds;
}

/** Hits come one transaction after another in a tenant, so that two who find the same make one case. Held until the transaction ends. */
export const lockFinding = (tx: Tx): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`screening hits ${tx.ctx.tenantId}`}, 0))`.execute(tx);

export async function insertCase(
  tx: Tx,
  { id, partnerId, listVersion }: Pick<Case, "id" | "partnerId" | "listVersion">,
): Promise<Case> {
  const row = await tx
    .insertInto("screening_cases")
    .values({
      tenant_id: tx.ctx.tenantId,
      id,
      partner_id: partnerId,
      status: "open",
      list_version: listVersion,
      opened_at: tx.ctx.now,
      updated_at: tx.ctx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return caseOf(row);
}

/** Writes what may change of a case that the caller has locked. */
export async function updateCase(
  tx: Tx,
  id: string,
  change: { readonly status: CaseStatus; readonly round?: number; readonly listVersion?: bigint },
): Promise<Case> {
  const isDecided = change.status === "cleared" || change.status === "confirmed";
  const row = await tx
    .updateTable("screening_cases")
    .set({
      status: change.status,
      updated_at: tx.ctx.now,
      decided_at: isDecided ? tx.ctx.now : null,
      ...(change.round === undefined ? {} : { round: change.round }),
      ...(change.listVersion === undefined ? {} : { list_version: change.listVersion }),
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return caseOf(row);
}

export type StoredVote = {
  readonly userId: string;
  readonly round: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly votedAt: Date;
};

export async function insertVote(
  tx: Tx,
  vote: Omit<StoredVote, "votedAt"> & { readonly id: string; readonly caseId: string },
): Promise<void> {
  await tx
    .insertInto("screening_votes")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: vote.id,
      case_id: vote.caseId,
      round: vote.round,
      user_id: vote.userId,
      verdict: vote.verdict,
      reason: vote.reason,
      voted_at: tx.ctx.now,
    })
    .execute();
}

/** In the order in which they were given. */
export async function findVotes(tx: ReadTx, caseId: string): Promise<StoredVote[]> {
  const rows = await tx
    .selectFrom("screening_votes")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("case_id", "=", caseId)
    .orderBy("voted_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    userId: row.user_id,
    round: row.round,
    verdict: row.verdict as Verdict,
    reason: row.reason,
    votedAt: row.voted_at,
  }));
}

export async function countCases(tx: ReadTx): Promise<{ readonly waiting: number; readonly confirmed: number }> {
  const { rows } = await sql<{ waiting: bigint; confirmed: bigint }>`
    select count(*) filter (where status in ('open', 'escalated')) as waiting,
           count(*) filter (where status = 'confirmed') as confirmed
      from screening_cases
     where tenant_id = ${tx.ctx.tenantId}`.execute(tx);
  return { waiting: Number(rows[0]?.waiting ?? 0n), confirmed: Number(rows[0]?.confirmed ?? 0n) };
}
