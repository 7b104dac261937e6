import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/language/index.ts";
import type { IdentityParts } from "./identity-deps.ts";
import { updateLanguage } from "./user-repository.ts";

/** Chooses the language in which the caller is written to. */
export const chooseLanguage = (
  parts: IdentityParts,
  ctx: Ctx,
  { language }: { readonly language: Language },
): Promise<void> =>
  parts.db.transaction(ctx, (tx) => {
    const { actor } = ctx;
    invariant(actor.type === "user", "the route admits people only");
    return updateLanguage(tx, actor.userId, language);
  });
