import { sql } from "kysely";
import type { Sealer } from "../platform/crypto/index.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { toWire } from "../platform/wire.ts";
import type { SanctionsEntry } from "./ofac-entry.ts";
import type { Case } from "./screening-repository.ts";
import { nameHash, type Subject, type Weight } from "./screening-rules.ts";

/** What of the partner agreed is kept, and not the partner's own date or numbers: these stay sealed where they were signed. */
export type Evidence = Weight & {
  readonly entry: SanctionsEntry | null;
  readonly matchedName: string | null;
};

/** Of hits from before more was compared than names and countries. */
const NOT_COMPARED = { rank: null, countryAgrees: false, birthDate: "unknown", numberAgrees: false } as const;

export type Hit = {
  readonly subjectKey: string;
  readonly entryId: string;
  readonly entryHash: string;
  readonly subject: Subject;
  readonly evidence: Evidence;
};

type Sealing = { readonly sealer: Sealer };

/** The name of a hit may be one that is sealed where the partner has given it. */
const nameContext = (caseId: string, entryId: string): string => `screening_hits:${caseId}:${entryId}`;

export async function insertHits(
  { sealer }: Sealing,
  tx: Tx,
  { id: caseId, partnerId, round }: Pick<Case, "id" | "partnerId" | "round">,
  hits: readonly Hit[],
): Promise<void> {
  await tx
    .insertInto("screening_hits")
    .values(
      hits.map(({ subject: { name, ...subject }, ...hit }) => ({
        tenant_id: tx.ctx.tenantId,
        case_id: caseId,
        partner_id: partnerId,
        subject_key: hit.subjectKey,
        entry_id: hit.entryId,
        entry_hash: hit.entryHash,
        round,
        subject: toWire(subject),
        name_sealed: sealer.seal(name, nameContext(caseId, hit.entryId)),
        evidence: toWire(hit.evidence),
        found_at: tx.ctx.now,
      })),
    )
    .execute();
}

/** Whether there are names that an earlier release wrote down as they are. */
export async function hasOldNames(tx: ReadTx): Promise<boolean> {
  const row = await tx
    .selectFrom("screening_hits")
    .select("entry_id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("name_sealed", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const SEALED_AT_ONCE = 500;

/** What hashes begin with that were keyed before the release was put back to an earlier one and forward again. */
const KEYED_BEFORE = "keyed ";

/**
 * Seals names of hits that an earlier release wrote down as they are, and keys their hashes, so that what was cleared stays cleared. Returns whether
 * there may be more. The caller has the hits to itself (`lockFinding`).
 */
export async function sealOldNames(
  { sealer, nameKey }: Sealing & { readonly nameKey: Buffer },
  tx: Tx,
): Promise<boolean> {
  const { tenantId } = tx.ctx;
  const rows = await tx
    .selectFrom("screening_hits")
    .select(["case_id", "subject_key", "entry_id", "entry_hash", "subject"])
    .where("tenant_id", "=", tenantId)
    .where("name_sealed", "is", null)
    // Before what the earlier release may have found again: that has the name, and takes their place.
    .orderBy(sql`starts_with(subject_key, ${KEYED_BEFORE})`, "desc")
    .limit(SEALED_AT_ONCE)
    .execute();
  for (const { subject, ...key } of rows) {
    const { name, ...rest } = subject as unknown as Subject;
    const subjectKey = key.subject_key.startsWith(KEYED_BEFORE)
      ? key.subject_key.slice(KEYED_BEFORE.length)
      : nameHash({ nameKey, tenantId }, key.subject_key);
    const isAt = (at: string) =>
      sql<boolean>`(tenant_id, case_id, subject_key, entry_id, entry_hash) = (${tenantId}, ${key.case_id}, ${at}, ${key.entry_id}, ${key.entry_hash})`;
    await tx.deleteFrom("screening_hits").where(isAt(subjectKey)).execute();
    await tx
      .updateTable("screening_hits")
      .set({
        subject_key: subjectKey,
        subject: toWire(rest),
        name_sealed: sealer.seal(name, nameContext(key.case_id, key.entry_id)),
      })
      .where(isAt(key.subject_key))
      .execute();
  }
  return rows.length === SEALED_AT_ONCE;
}

/** What was found of partners before, whatever was decided of it: keys of name, entry and its content. */
export async function findKnownHits(tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom("screening_hits")
    .select(["partner_id", "subject_key", "entry_id", "entry_hash"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    .execute();
  return new Set(
    rows.map((row) =>
      hitKey(row.partner_id, { subjectKey: row.subject_key, entryId: row.entry_id, entryHash: row.entry_hash }),
    ),
  );
}

export const hitKey = (
  partnerId: string,
  { subjectKey, entryId, entryHash }: Pick<Hit, "subjectKey" | "entryId" | "entryHash">,
): string => `${partnerId} ${subjectKey} ${entryId} ${entryHash}`;

/** More than anybody compares by hand: the most alike are shown. */
const HITS_SHOWN_MAX = 200;

export async function findHits({ sealer }: Sealing, tx: ReadTx, caseId: string) {
  const rows = await tx
    .selectFrom("screening_hits")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("case_id", "=", caseId)
    .orderBy("round", "desc")
    .orderBy(sql`coalesce(evidence ->> 'rank', evidence ->> 'score')::numeric`, (order) => order.desc().nullsFirst())
    .orderBy("entry_id")
    .limit(HITS_SHOWN_MAX)
    .execute();
  return rows.map((row) => ({
    entryId: row.entry_id,
    entryHash: row.entry_hash,
    round: row.round,
    // Written by `insertHits` alone.
    subject: {
      source: "profile",
      ...(row.subject as unknown as Omit<Subject, "source">),
      ...(row.name_sealed !== null && { name: sealer.open(row.name_sealed, nameContext(caseId, row.entry_id)) }),
    } satisfies Subject,
    evidence: { ...NOT_COMPARED, ...(row.evidence as unknown as Omit<Evidence, keyof typeof NOT_COMPARED>) },
    foundAt: row.found_at,
  }));
}
