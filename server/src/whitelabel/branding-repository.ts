import type { Selectable } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { Branding, BrandingSettings } from "./branding.ts";

/** The version that is shown; undefined where the tenant has none of its own. */
export const findBranding = (tx: ReadTx): Promise<Branding | undefined> => findOne(tx, undefined);

/** One version. */
export const findVersion = (tx: ReadTx, version: number): Promise<Branding | undefined> => findOne(tx, version);

async function findOne(tx: ReadTx, version: number | undefined): Promise<Branding | undefined> {
  let select = tx.selectFrom("brandings").selectAll().where("tenant_id", "=", tx.ctx.tenantId);
  if (version !== undefined) select = select.where("version", "=", version);
  const row = await select.orderBy("version", "desc").limit(1).executeTakeFirst();
  return row && brandingOf(row);
}

/** The versions before one, the latest first. */
export async function findVersionsBefore(tx: ReadTx, before: number, limit: number): Promise<Branding[]> {
  const rows = await tx
    .selectFrom("brandings")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("version", "<", before)
    .orderBy("version", "desc")
    .limit(limit)
    .execute();
  return rows.map(brandingOf);
}

/** Whether a file is a mark of any version. */
export async function isImage(tx: ReadTx, fileId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("brandings")
    .select("version")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where((where) =>
      where.or([where("logo_id", "=", fileId), where("logo_dark_id", "=", fileId), where("favicon_id", "=", fileId)]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps a version; undefined where there is one of that number already. */
export async function insertBranding(
  tx: Tx,
  { version, imageIds, restores, ...kept }: Omit<Branding, "savedAt" | "savedBy">,
): Promise<Branding | undefined> {
  const { actor, tenantId, now } = tx.ctx;
  const { name, accent, radius, font, welcome, links, mail } = kept;
  const settings: BrandingSettings = { name, accent, radius, font, welcome, links, mail };
  const row = await tx
    .insertInto("brandings")
    .values({
      tenant_id: tenantId,
      version,
      settings: JSON.stringify(settings),
      logo_id: imageIds.logo,
      logo_dark_id: imageIds.logoDark,
      favicon_id: imageIds.favicon,
      restores,
      created_at: now,
      created_by: actor.type === "user" ? actor.userId : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row && brandingOf(row);
}

/** What is kept is what `BrandingSettings` was when it was saved. */
const brandingOf = (row: Selectable<DB["brandings"]>): Branding => ({
  ...(row.settings as BrandingSettings),
  version: row.version,
  imageIds: { logo: row.logo_id, logoDark: row.logo_dark_id, favicon: row.favicon_id },
  restores: row.restores,
  savedAt: row.created_at,
  savedBy: row.created_by,
});
