import { type Ctx, type PartnerTier, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { requireDestination } from "./create-material.ts";
import { type FoundMaterial, withContent } from "./find-materials.ts";
import { judgeContent, keepVersion, readFile, type SentContent } from "./material-content.ts";
import type { MaterialDeps } from "./material-deps.ts";
import { materialErrors } from "./material-errors.ts";
import { materialEvent } from "./material-events.ts";
import { lockMaterial, type Material, updateMaterial } from "./material-repository.ts";
import type { MaterialStatus } from "./material-rules.ts";

export type MaterialChange = {
  readonly materialId: string;
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly tiers?: readonly PartnerTier[] | null | undefined;
  readonly destinationUrl?: string | null | undefined;
  readonly status?: MaterialStatus | undefined;
};

const NEWS = { updated: "material.changed", archived: "material.withdrawn", restored: "material.published" } as const;

/** The operator changes what is said of a material, who sees it and where it leads, withdraws it, or offers it again. */
export const changeMaterial =
  (deps: MaterialDeps) =>
  (ctx: Ctx, { materialId, ...change }: MaterialChange): Promise<FoundMaterial> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "materials:write");
      const before = await lock(tx, materialId);
      const status = change.status ?? before.status;
      const after: Material = {
        ...before,
        title: change.title ?? before.title,
        description: change.description === undefined ? before.description : change.description,
        tiers: change.tiers === undefined ? before.tiers : change.tiers && [...change.tiers],
        destinationUrl:
          change.destinationUrl === undefined
            ? before.destinationUrl
            : await requireDestination(deps, tx, change.destinationUrl),
        status,
        archivedAt: status === "active" ? null : (before.archivedAt ?? ctx.now),
        updatedAt: ctx.now,
      };
      await updateMaterial(tx, after);
      const act = status === before.status ? "updated" : status === "archived" ? "archived" : "restored";
      await deps.audit.record(tx, `material.${act}`, { targetType: "material", targetId: materialId, before, after });
      await deps.outbox.publish(tx, [materialEvent(NEWS[act], after)]);
      return withContent(deps, tx, after);
    });

/** A newer content takes the place of the one that is shown; also of the pictures that stand in partners' pages. */
export const addMaterialVersion =
  (deps: MaterialDeps) =>
  async (ctx: Ctx, { materialId, ...sent }: SentContent & { readonly materialId: string }): Promise<FoundMaterial> => {
    requireScope(ctx, "materials:write");
    const file = await readFile(sent);
    return deps.db.transaction(ctx, async (tx) => {
      const before = await lock(tx, materialId);
      if (before.status === "archived") throw materialErrors.archived();
      const content = judgeContent(before.kind, sent, file);
      const after: Material = { ...before, version: before.version + 1, updatedAt: ctx.now };
      await keepVersion(tx, after, content);
      await updateMaterial(tx, after);
      await deps.audit.record(tx, "material.versioned", {
        targetType: "material",
        targetId: materialId,
        before: { version: before.version },
        after: { version: after.version },
      });
      await deps.outbox.publish(tx, [materialEvent("material.versioned", after)]);
      return withContent(deps, tx, after);
    });
  };

async function lock(tx: Tx, materialId: string): Promise<Material> {
  const material = await lockMaterial(tx, materialId);
  if (material === undefined) throw materialErrors.not_found();
  return material;
}
