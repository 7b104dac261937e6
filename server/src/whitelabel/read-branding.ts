import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { fileErrors, findFile, type StoredFile } from "../platform/files/index.ts";
import type { PageLook } from "../platform/pages/index.ts";
import type { PdfBrand } from "../platform/pdf/index.ts";
import { type Branding, plainBranding } from "./branding.ts";
import { findBranding, findVersionsBefore, isImage } from "./branding-repository.ts";
import { type BrandingView, brandingView } from "./branding-view.ts";
import { isCoBrandingLogo } from "./co-branding-repository.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** As many earlier versions as are listed. */
const VERSIONS_SHOWN = 50;

/** How the tenant looks: for everybody, before anybody has signed in. */
export const getBrand =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx): Promise<BrandingView> =>
    deps.db.read(ctx, async (tx) => brandingView(await currentBranding(deps, tx)));

/** How the pages look that links in mails lead to, by the tenant's host. */
export const getPageLook =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx): Promise<PageLook> => {
    const { name, accent, radius, images } = await getBrand(deps)(ctx);
    return { name, accent, radius, logo: images.logo, logoDark: images.logoDark };
  };

/** The same for the team, with the versions before it. */
export const getBranding =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx): Promise<BrandingView & { readonly earlier: BrandingView[] }> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "program:read");
      const current = await currentBranding(deps, tx);
      const earlier = await findVersionsBefore(tx, current.version, VERSIONS_SHOWN);
      return { ...brandingView(current), earlier: earlier.map(brandingView) };
    });

/** A mark of the brand, of any version: a mail that was sent shows the one of its day; or the logo that a partner shows beside it. Throws `file.not_found`. */
export const getBrandImage =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { fileId }: { readonly fileId: string }): Promise<StoredFile> =>
    deps.db.read(ctx, async (tx) => {
      const isShown = (await isImage(tx, fileId)) || (await isCoBrandingLogo(tx, fileId));
      const file = isShown ? await findFile(tx, fileId) : undefined;
      if (file === undefined) throw fileErrors.not_found();
      return file;
    });

/** What a document can hold of pictures. */
const PRINTED = ["image/png", "image/jpeg"];

/** How the tenant's documents look; without its logo where that is of another kind. */
export const pdfBrand =
  (deps: Pick<WhitelabelDeps, "programs">) =>
  async (tx: ReadTx): Promise<PdfBrand> => {
    const { name, accent, imageIds } = await currentBranding(deps, tx);
    const file = imageIds.logo === null ? undefined : await findFile(tx, imageIds.logo);
    return { name, accent, logo: file && PRINTED.includes(file.mediaType) ? file.content : null };
  };

/** The branding that is shown; the plain one under the programme's name where there is none. */
export async function currentBranding({ programs }: Pick<WhitelabelDeps, "programs">, tx: ReadTx): Promise<Branding> {
  return (await findBranding(tx)) ?? plainBranding((await programs.getProgram(tx)).name);
}
