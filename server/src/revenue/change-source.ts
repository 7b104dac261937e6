import { requireRecentProof } from "../identity/index.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { newSecret, type SourceWithSecret } from "./create-source.ts";
import type { RevenueDeps } from "./revenue-deps.ts";
import { revenueErrors } from "./revenue-errors.ts";
import { sourceEvent } from "./source-events.ts";
import { changeSource, lockSource, type Source, type SourceKind, toSource } from "./source-repository.ts";
import { sealContext } from "./source-secrets.ts";

/** As long as a day's work to change a secret elsewhere takes. */
export const OVERLAP_HOURS_DEFAULT = 24;
export const OVERLAP_HOURS_MAX = 168;

export type RotateSecret = {
  readonly sourceId: string;
  readonly signingSecret?: string;
  /** How long the secret before is good beside the new one; 0 ends it at once. */
  readonly overlapHours?: number;
};

/** Gives a source another signing secret. The one before stays good for a while, so that no message is lost. */
export const rotateSourceSecret =
  (deps: RevenueDeps) =>
  (
    ctx: Ctx,
    { sourceId, signingSecret, overlapHours = OVERLAP_HOURS_DEFAULT }: RotateSecret,
  ): Promise<SourceWithSecret> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "sources:write");
      requireRecentProof(ctx);
      const before = await lockSource(tx, sourceId);
      if (before === undefined) throw revenueErrors.source_not_found();
      const kind = toSource(before).kind;
      const secret = newSecret(kind, signingSecret);
      if (secret === null) throw revenueErrors.secret_expected({ field: "signingSecret" });
      const isOverlap = overlapHours > 0 && before.secret_sealed !== null;
      const row = await changeSource(tx, sourceId, {
        secret_sealed: deps.sealer.seal(secret, sealContext(sourceId)),
        previous_secret_sealed: isOverlap ? before.secret_sealed : null,
        previous_until: isOverlap ? new Date(ctx.now.getTime() + overlapHours * HOUR_MS) : null,
      });
      if (row === undefined) throw revenueErrors.source_not_found();
      const source = toSource(row);
      await deps.audit.record(tx, "revenue_source.secret_rotated", {
        targetType: "revenue_source",
        targetId: sourceId,
        after: { previousSecretUntil: source.previousSecretUntil },
      });
      await deps.outbox.publish(tx, [sourceEvent("revenue_source.secret_rotated", source)]);
      return { ...source, signingSecret: isOurs(kind) ? secret : null };
    });

const isOurs = (kind: SourceKind): boolean => kind === "generic";

export type UpdateSource = { readonly sourceId: string; readonly name?: string; readonly isEnabled?: boolean };

/** Renames a source, turns it off or on. What it told of before is kept, and still recorded. */
export const updateSource =
  (deps: RevenueDeps) =>
  (ctx: Ctx, { sourceId, name, isEnabled }: UpdateSource): Promise<Source> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "sources:write");
      requireRecentProof(ctx);
      const before = await lockSource(tx, sourceId);
      if (before === undefined) throw revenueErrors.source_not_found();
      const row = await changeSource(tx, sourceId, {
        name: name ?? before.name,
        is_enabled: isEnabled ?? before.is_enabled,
      });
      if (row === undefined) throw revenueErrors.source_not_found();
      await deps.audit.record(tx, "revenue_source.updated", {
        targetType: "revenue_source",
        targetId: sourceId,
        before: { name: before.name, isEnabled: before.is_enabled },
        after: { name: row.name, isEnabled: row.is_enabled },
      });
      const source = toSource(row);
      await deps.outbox.publish(tx, [sourceEvent("revenue_source.updated", source)]);
      return source;
    });
