import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { insertFiles, type SentFile } from "../platform/files/index.ts";
import { showBrand } from "../tenants/index.ts";
import { type Branding, type BrandingSettings, IMAGE_PLACES, type ImagePlace, mailColours } from "./branding.ts";
import { findVersion, insertBranding } from "./branding-repository.ts";
import { unreadablePairs } from "./branding-rules.ts";
import { type BrandingView, brandingView, imagePath } from "./branding-view.ts";
import { canBeMailed, checkImage } from "./check-image.ts";
import { brandingEvent } from "./look-events.ts";
import { currentBranding } from "./read-branding.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";
import { brandingErrors } from "./whitelabel-errors.ts";

/** A new look. An image that is not named stays, null takes it away. */
export type SaveBranding = BrandingSettings & {
  /** The version that was looked at. */
  readonly version: number;
} & { readonly [Place in ImagePlace]?: SentFile | null };

export type RestoreBranding = { readonly version: number; readonly restores: number };

/** Saves a new version and shows it. Throws `branding.unreadable`, `branding.changed_meanwhile`, and what is wrong with an image. */
export const saveBranding =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, input: SaveBranding): Promise<BrandingView> => {
    requireScope(ctx, "program:write");
    const [unreadable] = unreadablePairs(input);
    if (unreadable !== undefined) throw brandingErrors.unreadable({ field: unreadable.pair[0], ...unreadable });
    const images = await Promise.all(
      IMAGE_PLACES.map(async (place) => ({ place, file: input[place] && (await checkImage(input[place], place)) })),
    );
    return deps.db.transaction(ctx, async (tx) => {
      const before = await currentBranding(deps, tx);
      const imageIds = { ...before.imageIds };
      for (const { place, file } of images) {
        if (file === null) imageIds[place] = null;
        else if (file !== undefined) imageIds[place] = (await insertFiles(tx, [file]))[0]?.id ?? null;
      }
      return show(deps, tx, before, { ...input, imageIds, restores: null });
    });
  };

/** Brings an earlier version back, as a new one. Throws `branding.version_unknown`, `branding.changed_meanwhile`. */
export const restoreBranding =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { version, restores }: RestoreBranding): Promise<BrandingView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "program:write");
      const before = await currentBranding(deps, tx);
      const earlier = await findVersion(tx, restores);
      if (earlier === undefined) throw brandingErrors.version_unknown();
      return show(deps, tx, before, { ...earlier, version, restores });
    });

async function show(
  deps: WhitelabelDeps,
  tx: Tx,
  before: Branding,
  wanted: Omit<Branding, "savedAt" | "savedBy">,
): Promise<BrandingView> {
  if (wanted.version !== before.version) throw brandingErrors.changed_meanwhile({ version: before.version });
  const saved = await insertBranding(tx, { ...wanted, version: before.version + 1 });
  // Somebody saved another one since it was read.
  if (saved === undefined) throw brandingErrors.changed_meanwhile();
  const { logo } = saved.imageIds;
  await showBrand(tx, saved.name, {
    ...mailColours(saved),
    logo: logo === null || !(await canBeMailed(tx, logo)) ? null : { url: imagePath(logo), name: saved.name },
  });
  await deps.audit.record(tx, "branding.changed", {
    targetType: "branding",
    targetId: tx.ctx.tenantId,
    before,
    after: saved,
  });
  await deps.outbox.publish(tx, [brandingEvent(tx.ctx.tenantId, saved)]);
  return brandingView(saved);
}
