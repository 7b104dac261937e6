import type { Ctx } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import { type ApiKey, findKeys } from "./api-key-repository.ts";
import type { KeyOwner } from "./api-key-rules.ts";
import { requireKeyOwner } from "./generate-api-key.ts";
import type { IdentityParts } from "./identity-deps.ts";

/** Keys of the caller's partner, or of the operator. */
export const findAPIKeys = (
  parts: Pick<IdentityParts, "db">,
  ctx: Ctx,
  { owner, page }: { owner: KeyOwner; page: PageRequest },
): Promise<Page<ApiKey>> => parts.db.read(ctx, (tx) => findKeys(tx, { partnerId: requireKeyOwner(ctx, owner), page }));
