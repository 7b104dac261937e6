import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { CoBranding, LandingPageWords } from "./co-branding.ts";

/** A partner's logo and colour; undefined where it has set none. */
export async function findCoBranding(tx: ReadTx, partnerId: string): Promise<CoBranding | undefined> {
  const row = await tx
    .selectFrom("co_brandings")
    .select(["colour", "logo_id"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .executeTakeFirst();
  return row && { colour: row.colour, logoId: row.logo_id };
}

/** Keeps a partner's logo and colour in the place of those it had. */
export async function writeCoBranding(tx: Tx, partnerId: string, { colour, logoId }: CoBranding): Promise<void> {
  const kept = { colour, logo_id: logoId, updated_at: tx.ctx.now };
  await tx
    .insertInto("co_brandings")
    .values({ tenant_id: tx.ctx.tenantId, partner_id: partnerId, ...kept })
    .onConflict((conflict) => conflict.columns(["tenant_id", "partner_id"]).doUpdateSet(kept))
    .execute();
}

/** Whether a file is the logo of any partner. */
export async function isCoBrandingLogo(tx: ReadTx, fileId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("co_brandings")
    .select("partner_id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("logo_id", "=", fileId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What stands on the page of a link; undefined where it has none. */
export const findLandingPage = (tx: ReadTx, linkId: string): Promise<LandingPageWords | undefined> =>
  tx
    .selectFrom("landing_pages")
    .select(["title", "text", "button"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("link_id", "=", linkId)
    .executeTakeFirst();

/** Keeps what stands on the page of a partner's link, in the place of what stood there. */
export async function writeLandingPage(
  tx: Tx,
  of: { readonly linkId: string; readonly partnerId: string },
  { title, text, button }: LandingPageWords,
): Promise<void> {
  const kept = { title, text, button, updated_at: tx.ctx.now };
  await tx
    .insertInto("landing_pages")
    .values({ tenant_id: tx.ctx.tenantId, link_id: of.linkId, partner_id: of.partnerId, ...kept })
    .onConflict((conflict) => conflict.columns(["tenant_id", "link_id"]).doUpdateSet(kept))
    .execute();
}

/** Takes the page of a link away; whether there was one. */
export async function deleteLandingPage(tx: Tx, linkId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("landing_pages")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("link_id", "=", linkId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
