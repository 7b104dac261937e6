import { sql } from "kysely";
import { type Ctx, type PartnerTier, requirePartner, requireScope } from "../platform/context.ts";
import type { Page, PageRequest, ReadTx } from "../platform/database/index.ts";
import type { StoredFile } from "../platform/files/index.ts";
import { findLinksByIds } from "../referrals/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import {
  type Content,
  type FoundMaterial,
  filtered,
  pageOf,
  readFile,
  withContent,
  withContents,
} from "./find-materials.ts";
import type { MaterialDeps } from "./material-deps.ts";
import { materialErrors } from "./material-errors.ts";
import { countDownload, findCurrentVersions, findMaterial, type Material } from "./material-repository.ts";
import { bannerCode, fillText, type MaterialKind, materialLink } from "./material-rules.ts";

/** A material as a partner sees it: who else sees it, and who else downloads it, is not told. */
export type OfferedMaterial = Omit<Material, "tiers" | "status" | "archivedAt" | "destinationUrl"> &
  Omit<Content, "body"> & { readonly downloads: bigint };

/** The same with what the partner publishes. */
export type Publishable = OfferedMaterial & {
  /** The partner's own, leading where the material says. */
  readonly link: string;
  /** Of a text, filled. */
  readonly text: string | null;
  /** HTML to paste; null for a file. */
  readonly embedCode: string | null;
};

type Reader = { readonly partnerId: string; readonly tier: PartnerTier; readonly hasTools: boolean };

/** The materials that the acting partner may publish, the latest change first unless asked otherwise. */
export const getMaterials =
  (deps: MaterialDeps) =>
  (
    ctx: Ctx,
    filters: PageRequest & { readonly kind?: MaterialKind; readonly q?: string },
  ): Promise<Page<OfferedMaterial>> => {
    requireScope(ctx, "own:materials:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const { tier, hasTools } = await readerOf(deps, tx, partnerId);
      const query = filtered(tx, filters)
        .where("status", "=", "active")
        .where(sql<boolean>`case when tiers is null then ${hasTools}::boolean else ${tier} = any (tiers) end`);
      const page = await withContents(deps, tx, await pageOf(query, filters), partnerId);
      return { ...page, data: page.data.map(offered) };
    });
  };

/** One of them with the partner's own link inside: its first, or the one that is named. */
export const getMaterial =
  (deps: MaterialDeps) =>
  (
    ctx: Ctx,
    { materialId, linkId }: { readonly materialId: string; readonly linkId?: string | undefined },
  ): Promise<Publishable> => {
    requireScope(ctx, "own:materials:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const material = await withContent(
        deps,
        tx,
        await requireOffered(deps, tx, { materialId, partnerId }),
        partnerId,
      );
      const partner = await deps.partners.getPartner(tx, partnerId);
      const code = linkId === undefined ? partner.referralCode : await codeOf(tx, { linkId, partnerId });
      const { url } = await findOwnTenant(tx, deps.publicUrl);
      const link = materialLink(`${url}/r/${code}`, material.destinationUrl);
      return {
        ...offered(material),
        link,
        ...publish(material, { link, code, company: partner.companyName ?? partner.referralCode }),
      };
    });
  };

/** The file of a material; it is counted unless it is only asked about. */
export const downloadMaterial =
  (deps: MaterialDeps) =>
  (
    ctx: Ctx,
    { materialId, isCounted }: { readonly materialId: string; readonly isCounted: boolean },
  ): Promise<StoredFile> => {
    requireScope(ctx, "own:materials:read");
    const partnerId = requirePartner(ctx);
    return deps.db.transaction(ctx, async (tx) => {
      const { id } = await requireOffered(deps, tx, { materialId, partnerId });
      const file = await readFile(tx, (await findCurrentVersions(tx, [id])).get(id));
      if (isCounted) await countDownload(tx, { materialId: id, partnerId });
      return file;
    });
  };

async function readerOf(deps: MaterialDeps, tx: ReadTx, partnerId: string): Promise<Reader> {
  const { tier } = await deps.partners.getPartner(tx, partnerId);
  const terms = (await deps.partners.currentTerms(tx, [partnerId], tx.ctx.now)).get(partnerId);
  return { partnerId, tier, hasTools: terms?.features.has("marketing_tools") ?? false };
}

/** What is withdrawn, or for others, is as though it were not there. */
async function requireOffered(
  deps: MaterialDeps,
  tx: ReadTx,
  { materialId, partnerId }: { readonly materialId: string; readonly partnerId: string },
): Promise<Material> {
  const material = await findMaterial(tx, materialId);
  const reader = await readerOf(deps, tx, partnerId);
  if (material === undefined || material.status === "archived" || !isFor(material, reader))
    throw materialErrors.not_found();
  return material;
}

const isFor = ({ tiers }: Pick<Material, "tiers">, { tier, hasTools }: Reader): boolean =>
  tiers === null ? hasTools : tiers.includes(tier);

async function codeOf(tx: ReadTx, { linkId, partnerId }: { linkId: string; partnerId: string }): Promise<string> {
  const link = (await findLinksByIds(tx, [linkId])).get(linkId);
  if (link?.partnerId !== partnerId || link.status !== "active")
    throw materialErrors.link_not_found({ field: "linkId" });
  return link.code;
}

function offered(material: FoundMaterial): OfferedMaterial {
  const { tiers: _, status: __, archivedAt: ___, destinationUrl: ____, body: _____, downloads, ...rest } = material;
  return { ...rest, downloads: downloads.count };
}

function publish(
  { imageUrl, alt, width, height, body }: FoundMaterial,
  places: { readonly link: string; readonly code: string; readonly company: string },
): Pick<Publishable, "text" | "embedCode"> {
  if (body !== null) {
    const { text, code } = fillText(body, places);
    return { text, embedCode: code };
  }
  if (imageUrl === null || width === null || height === null) return { text: null, embedCode: null };
  return {
    text: null,
    embedCode: bannerCode({ link: places.link, image: imageUrl, alt: alt ?? "", width, height }),
  };
}
