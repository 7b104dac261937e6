import { randomBytes } from "node:crypto";
import { requireRecentProof } from "../identity/index.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { SECRET_BYTES } from "../platform/crypto/index.ts";
import type { RevenueDeps } from "./revenue-deps.ts";
import { revenueErrors } from "./revenue-errors.ts";
import { signingSecretOf } from "./signature.ts";
import { sourceEvent } from "./source-events.ts";
import { countSources, insertSource, type Source, type SourceKind, toSource } from "./source-repository.ts";
import { sealContext } from "./source-secrets.ts";

/** More billing systems than one operator has. */
const SOURCES_MAX = 20;

export type CreateSource = {
  readonly kind: SourceKind;
  readonly name: string;
  /** Stripe's; it may come later, when its endpoint has been made. */
  readonly signingSecret?: string;
};

/** A source with the secret that was made for it: in this answer and nowhere else. Null where Stripe makes it. */
export type SourceWithSecret = Source & { readonly signingSecret: string | null };

/** Connects a billing system. */
export const createSource =
  (deps: RevenueDeps) =>
  (ctx: Ctx, { kind, name, signingSecret }: CreateSource): Promise<SourceWithSecret> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "sources:write");
      requireRecentProof(ctx);
      const secret = newSecret(kind, signingSecret);
      if ((await countSources(tx)) >= SOURCES_MAX) throw revenueErrors.too_many_sources({ limit: SOURCES_MAX });
      const id = newId();
      const sealed = secret === null ? null : deps.sealer.seal(secret, sealContext(id));
      const source = toSource(await insertSource(tx, { id, kind, name, secret_sealed: sealed }));
      await deps.audit.record(tx, "revenue_source.created", {
        targetType: "revenue_source",
        targetId: id,
        after: { kind, name, hasSecret: source.hasSecret },
      });
      await deps.outbox.publish(tx, [sourceEvent("revenue_source.created", source)]);
      return { ...source, signingSecret: kind === "generic" ? secret : null };
    });

/** What is to be kept: ours is made here, Stripe's is given. */
export function newSecret(kind: SourceKind, given: string | undefined): string | null {
  if (kind === "stripe") return given ?? null;
  if (given !== undefined) throw revenueErrors.secret_unexpected({ field: "signingSecret" });
  return signingSecretOf(randomBytes(SECRET_BYTES));
}
