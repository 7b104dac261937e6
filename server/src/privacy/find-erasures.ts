import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import { type Erasure, findErasure, findErasures as findErasurePage } from "./erasure-repository.ts";
import type { ErasureStatus } from "./erasure-rules.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";
import { privacyErrors } from "./privacy-errors.ts";

/** Wishes to be forgotten, newest first. */
export const findErasures =
  ({ db }: PrivacyDeps) =>
  (ctx: Ctx, filters: PageRequest & { readonly status?: ErasureStatus }): Promise<Page<Erasure>> => {
    requireScope(ctx, "privacy:read");
    return db.read(ctx, (tx) => findErasurePage(tx, filters));
  };

/** One wish, with its certificate once it is done. */
export const getErasure =
  ({ db }: PrivacyDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<Erasure> => {
    requireScope(ctx, "privacy:read");
    return db.read(ctx, async (tx) => {
      const erasure = await findErasure(tx, id);
      if (erasure === undefined) throw privacyErrors.erasure_not_found();
      return erasure;
    });
  };
