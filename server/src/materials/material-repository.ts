import { type Selectable, sql } from "kysely";
import type { PartnerTier } from "../platform/context.ts";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { MaterialKind, MaterialStatus } from "./material-rules.ts";

export type Material = {
  readonly id: string;
  readonly kind: MaterialKind;
  readonly title: string;
  readonly description: string | null;
  /** Null: partners whose terms include marketing tools. */
  readonly tiers: PartnerTier[] | null;
  readonly destinationUrl: string | null;
  readonly status: MaterialStatus;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
};

export type MaterialVersion = {
  readonly materialId: string;
  readonly number: number;
  readonly fileId: string | null;
  readonly body: string | null;
  readonly alt: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
};

/** The check constraints make the casts true. */
export const materialOf = (row: Selectable<DB["materials"]>): Material => ({
  id: row.id,
  kind: row.kind as MaterialKind,
  title: row.title,
  description: row.description,
  tiers: row.tiers as PartnerTier[] | null,
  destinationUrl: row.destination_url,
  status: row.status as MaterialStatus,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  archivedAt: row.archived_at,
});

const versionOf = (row: Selectable<DB["material_versions"]>): MaterialVersion => ({
  materialId: row.material_id,
  number: row.number,
  fileId: row.file_id,
  body: row.body,
  alt: row.alt,
  width: row.width,
  height: row.height,
  createdBy: row.created_by,
  createdAt: row.created_at,
});

export const selectMaterials = (tx: ReadTx) =>
  tx.selectFrom("materials").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export async function findMaterial(tx: ReadTx, id: string): Promise<Material | undefined> {
  const row = await selectMaterials(tx).where("id", "=", id).executeTakeFirst();
  return row && materialOf(row);
}

/** The same, locked: versions are numbered by one transaction after the other. */
export async function lockMaterial(tx: Tx, id: string): Promise<Material | undefined> {
  const row = await selectMaterials(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && materialOf(row);
}

const columnsOf = (material: Material) => ({
  kind: material.kind,
  title: material.title,
  description: material.description,
  tiers: material.tiers === null ? null : [...material.tiers],
  destination_url: material.destinationUrl,
  status: material.status,
  version: material.version,
  created_at: material.createdAt,
  updated_at: material.updatedAt,
  archived_at: material.archivedAt,
});

export async function insertMaterial(tx: Tx, material: Material): Promise<void> {
  await tx
    .insertInto("materials")
    .values({ tenant_id: tx.ctx.tenantId, id: material.id, ...columnsOf(material) })
    .execute();
}

/** Writes a material that the caller has locked. */
export async function updateMaterial(tx: Tx, material: Material): Promise<void> {
  await tx
    .updateTable("materials")
    .set(columnsOf(material))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", material.id)
    .execute();
}

export async function insertVersion(tx: Tx, version: MaterialVersion): Promise<void> {
  await tx
    .insertInto("material_versions")
    .values({
      tenant_id: tx.ctx.tenantId,
      material_id: version.materialId,
      number: version.number,
      file_id: version.fileId,
      body: version.body,
      alt: version.alt,
      width: version.width,
      height: version.height,
      created_by: version.createdBy,
      created_at: version.createdAt,
    })
    .execute();
}

/** The version that is shown of each material. */
export async function findCurrentVersions(
  tx: ReadTx,
  materialIds: readonly string[],
): Promise<ReadonlyMap<string, MaterialVersion>> {
  const { rows } = await sql<Selectable<DB["material_versions"]>>`
    select v.*
      from material_versions v
      join materials m
        on m.tenant_id = v.tenant_id
       and m.id = v.material_id
       and m.version = v.number
     where v.tenant_id = ${tx.ctx.tenantId}
       and v.material_id = any (${[...materialIds]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.material_id, versionOf(row)]));
}

/** More than anybody looks through; older ones are kept all the same. */
const VERSIONS_SHOWN_MAX = 100;

/** A material's versions, the latest first. */
export async function findVersions(tx: ReadTx, materialId: string): Promise<MaterialVersion[]> {
  const rows = await tx
    .selectFrom("material_versions")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("material_id", "=", materialId)
    .orderBy("number", "desc")
    .limit(VERSIONS_SHOWN_MAX)
    .execute();
  return rows.map(versionOf);
}

export async function findVersion(
  tx: ReadTx,
  { materialId, number }: { readonly materialId: string; readonly number: number },
): Promise<MaterialVersion | undefined> {
  const row = await tx
    .selectFrom("material_versions")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("material_id", "=", materialId)
    .where("number", "=", number)
    .executeTakeFirst();
  return row && versionOf(row);
}

/** Counts a download of a partner. */
export async function countDownload(
  tx: Tx,
  of: { readonly materialId: string; readonly partnerId: string },
): Promise<void> {
  await sql`
    insert into material_downloads as d (tenant_id, material_id, partner_id, count, last_at)
    values (${tx.ctx.tenantId}, ${of.materialId}, ${of.partnerId}, 1, ${tx.ctx.now})
        on conflict (tenant_id, material_id, partner_id) do update
       set count = d.count + 1, last_at = excluded.last_at`.execute(tx);
}

export type Downloads = { readonly count: bigint; readonly partners: bigint };

/** How often materials were downloaded, and by how many partners; those of one partner alone where one is named. */
export async function findDownloads(
  tx: ReadTx,
  materialIds: readonly string[],
  partnerId?: string,
): Promise<ReadonlyMap<string, Downloads>> {
  const { rows } = await sql<{ material_id: string; count: bigint; partners: bigint }>`
    select material_id, sum(count)::bigint as count, count(*) as partners
      from material_downloads
     where tenant_id = ${tx.ctx.tenantId}
       and material_id = any (${[...materialIds]}::uuid[])
       and (${partnerId ?? null}::uuid is null or partner_id = ${partnerId ?? null}::uuid)
     group by material_id`.execute(tx);
  return new Map(rows.map((row) => [row.material_id, { count: row.count, partners: row.partners }]));
}
