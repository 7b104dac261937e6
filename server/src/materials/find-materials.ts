import { sql } from "kysely";
import { type Ctx, type PartnerTier, requireScope } from "../platform/context.ts";
import { likeOf, type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import { type FileFacts, fileErrors, findFile, findFileFacts, type StoredFile } from "../platform/files/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import type { MaterialDeps } from "./material-deps.ts";
import { materialErrors } from "./material-errors.ts";
import {
  type Downloads,
  findCurrentVersions,
  findDownloads,
  findMaterial,
  findVersion,
  findVersions,
  type Material,
  type MaterialVersion,
  materialOf,
  selectMaterials,
} from "./material-repository.ts";
import type { MaterialKind, MaterialStatus } from "./material-rules.ts";

/** Where banners are fetched from, by anybody: they stand in partners' pages. */
export const IMAGE_PATH = "/m";

/** What a material holds now. */
export type Content = Pick<MaterialVersion, "body" | "alt" | "width" | "height"> & {
  readonly file: FileFacts | null;
  /** Of a banner: where its picture is; the number makes a new version another address. */
  readonly imageUrl: string | null;
};
export type FoundMaterial = Material & Content & { readonly downloads: Downloads };

export type MaterialFilters = PageRequest & {
  readonly kind?: MaterialKind;
  /** Part of the title or the description. */
  readonly q?: string;
  readonly status?: MaterialStatus;
  readonly tier?: PartnerTier;
};

/** Sorts of the lists of materials. */
export const MATERIAL_SORTS = ["createdAt", "-createdAt", "updatedAt", "-updatedAt", "title", "-title"] as const;

/** Every material, the latest change first unless asked otherwise. */
export const findMaterials =
  (deps: MaterialDeps) =>
  (ctx: Ctx, filters: MaterialFilters): Promise<Page<FoundMaterial>> => {
    requireScope(ctx, "materials:read");
    return deps.db.read(ctx, async (tx) => {
      let query = filtered(tx, filters);
      if (filters.status !== undefined) query = query.where("status", "=", filters.status);
      if (filters.tier !== undefined) query = query.where(sql<boolean>`${filters.tier} = any (tiers)`);
      return withContents(deps, tx, await pageOf(query, filters));
    });
  };

/** The filters that a partner has too. */
export function filtered(tx: ReadTx, { kind, q }: Pick<MaterialFilters, "kind" | "q">) {
  let query = selectMaterials(tx);
  if (kind !== undefined) query = query.where("kind", "=", kind);
  if (q !== undefined) {
    const pattern = likeOf(q);
    query = query.where(sql<boolean>`(title ilike ${pattern} or description ilike ${pattern})`);
  }
  return query;
}

export async function pageOf(query: ReturnType<typeof filtered>, filters: PageRequest): Promise<Page<Material>> {
  const page = await selectPage(query, filters, {
    sorts: {
      createdAt: { column: "created_at", type: "timestamptz" },
      updatedAt: { column: "updated_at", type: "timestamptz" },
      title: { column: "title", type: "text" },
    },
    defaultSort: "-updatedAt",
    idColumn: "id",
  });
  return { ...page, data: page.data.map(materialOf) };
}

/** Materials with what they hold now, and how often they were downloaded: by one partner where one is named. */
export async function withContents(
  deps: Pick<MaterialDeps, "publicUrl">,
  tx: ReadTx,
  page: Page<Material>,
  partnerId?: string,
): Promise<Page<FoundMaterial>> {
  const ids = page.data.map(({ id }) => id);
  const versions = await findCurrentVersions(tx, ids);
  const files = await findFileFacts(
    tx,
    [...versions.values()].flatMap(({ fileId }) => fileId ?? []),
  );
  const downloads = await findDownloads(tx, ids, partnerId);
  const { url } = await findOwnTenant(tx, deps.publicUrl);
  return {
    ...page,
    data: page.data.map((material) => {
      const version = versions.get(material.id);
      return {
        ...material,
        body: version?.body ?? null,
        alt: version?.alt ?? null,
        width: version?.width ?? null,
        height: version?.height ?? null,
        file: files.get(version?.fileId ?? "") ?? null,
        imageUrl: material.kind === "banner" ? `${url}${IMAGE_PATH}/${material.id}` : null,
        downloads: downloads.get(material.id) ?? { count: 0n, partners: 0n },
      };
    }),
  };
}

/** The same for one. */
export async function withContent(
  deps: Pick<MaterialDeps, "publicUrl">,
  tx: ReadTx,
  material: Material,
  partnerId?: string,
): Promise<FoundMaterial> {
  const { data } = await withContents(deps, tx, { data: [material], nextCursor: null }, partnerId);
  const [found] = data;
  if (found === undefined) throw materialErrors.not_found();
  return found;
}

export type VersionView = Omit<MaterialVersion, "materialId" | "fileId"> & { readonly file: FileFacts | null };

/** A material with all its versions. */
export const getMaterialFor =
  (deps: MaterialDeps) =>
  (ctx: Ctx, { materialId }: { readonly materialId: string }): Promise<FoundMaterial & { versions: VersionView[] }> => {
    requireScope(ctx, "materials:read");
    return deps.db.read(ctx, async (tx) => {
      const material = await findMaterial(tx, materialId);
      if (material === undefined) throw materialErrors.not_found();
      const versions = await findVersions(tx, materialId);
      const files = await findFileFacts(
        tx,
        versions.flatMap(({ fileId }) => fileId ?? []),
      );
      return {
        ...(await withContent(deps, tx, material)),
        versions: versions.map(({ materialId: _, fileId, ...version }) => ({
          ...version,
          file: files.get(fileId ?? "") ?? null,
        })),
      };
    });
  };

/** The file of a version, for the team. */
export const getMaterialFileFor =
  (deps: MaterialDeps) =>
  (ctx: Ctx, of: { readonly materialId: string; readonly number: number }): Promise<StoredFile> => {
    requireScope(ctx, "materials:read");
    return deps.db.read(ctx, async (tx) => readFile(tx, await findVersion(tx, of)));
  };

/** What a version holds as a file. Throws `file.not_found` where it holds none. */
export async function readFile(tx: ReadTx, version: MaterialVersion | undefined): Promise<StoredFile> {
  const fileId = version?.fileId ?? null;
  const file = fileId === null ? undefined : await findFile(tx, fileId);
  if (file === undefined) throw fileErrors.not_found();
  return file;
}

/** A banner's picture, for anybody who sees the page that it stands in. What was withdrawn, and what is no banner, is not there. */
export const getBanner =
  (deps: MaterialDeps) =>
  (ctx: Ctx, { materialId }: { readonly materialId: string }): Promise<StoredFile> =>
    deps.db.read(ctx, async (tx) => {
      const material = await findMaterial(tx, materialId);
      if (material?.kind !== "banner" || material.status === "archived") throw fileErrors.not_found();
      return readFile(tx, (await findCurrentVersions(tx, [materialId])).get(materialId));
    });
