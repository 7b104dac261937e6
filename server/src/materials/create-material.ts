import { newId } from "../kernel/id.ts";
import { type Ctx, type PartnerTier, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { allowedDestination } from "../referrals/index.ts";
import { type FoundMaterial, withContent } from "./find-materials.ts";
import { judgeContent, keepVersion, readFile, type SentContent } from "./material-content.ts";
import type { MaterialDeps } from "./material-deps.ts";
import { materialErrors } from "./material-errors.ts";
import { materialEvent } from "./material-events.ts";
import { insertMaterial, type Material } from "./material-repository.ts";
import type { MaterialKind } from "./material-rules.ts";

export type NewMaterial = SentContent & {
  readonly kind: MaterialKind;
  readonly title: string;
  readonly description?: string | undefined;
  readonly tiers?: readonly PartnerTier[] | null | undefined;
  readonly destinationUrl?: string | null | undefined;
};

/** The operator offers something to publish. */
export const createMaterial =
  (deps: MaterialDeps) =>
  async (ctx: Ctx, input: NewMaterial): Promise<FoundMaterial> => {
    requireScope(ctx, "materials:write");
    const content = judgeContent(input.kind, input, await readFile(input));
    return deps.db.transaction(ctx, async (tx) => {
      const material: Material = {
        id: newId(),
        kind: input.kind,
        title: input.title,
        description: input.description ?? null,
        tiers: input.tiers ? [...input.tiers] : null,
        destinationUrl: await requireDestination(deps, tx, input.destinationUrl ?? null),
        status: "active",
        version: 1,
        createdAt: ctx.now,
        updatedAt: ctx.now,
        archivedAt: null,
      };
      await insertMaterial(tx, material);
      await keepVersion(tx, material, content);
      await deps.audit.record(tx, "material.created", {
        targetType: "material",
        targetId: material.id,
        after: material,
      });
      await deps.outbox.publish(tx, [materialEvent("material.published", material)]);
      return withContent(deps, tx, material);
    });
  };

/** A destination in its normal form. Throws `material.destination_refused` where no link of the programme may lead there. */
export async function requireDestination(deps: MaterialDeps, tx: ReadTx, text: string | null): Promise<string | null> {
  if (text === null) return null;
  const { destinationHosts } = await deps.programs.getProgram(tx);
  const destination = allowedDestination(text, destinationHosts);
  if (destination === undefined)
    throw materialErrors.destination_refused({ field: "destinationUrl", hosts: destinationHosts });
  return destination;
}
