import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import { subOperatorErrors } from "./sub-operator-errors.ts";
import {
  findSharePage,
  findSubOperator,
  findSubOperatorOf,
  findSubOperatorPage,
  type ListedShare,
} from "./sub-operator-repository.ts";
import type { SubOperatorState } from "./sub-operator-rules.ts";
import { type SubOperatorView, subOperatorViews } from "./sub-operator-view.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** Sub-operators with their figures, page by page. */
export const findSubOperators =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, page: PageRequest & { readonly status?: SubOperatorState }): Promise<Page<SubOperatorView>> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "sub_operators:read");
      const { data, nextCursor } = await findSubOperatorPage(tx, page);
      return { data: await subOperatorViews(deps, tx, data), nextCursor };
    });

/** One of them. Throws `sub_operator.not_found`. */
export const getWhiteLabelConfig =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<SubOperatorView> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "sub_operators:read");
      const found = await findSubOperator(tx, id);
      if (found === undefined) throw subOperatorErrors.not_found();
      const [view] = await subOperatorViews(deps, tx, [found]);
      return view as SubOperatorView;
    });

/** What the acting partner runs; null where it runs none. */
export const getOwnSubOperator =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx): Promise<SubOperatorView | null> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "own:profile:read");
      const found = await findSubOperatorOf(tx, requirePartner(ctx));
      if (found === undefined) return null;
      const [view] = await subOperatorViews(deps, tx, [found]);
      return view as SubOperatorView;
    });

/** What each transaction of a sub-operator has changed of the share, page by page. Throws `sub_operator.not_found`. */
export const findSubOperatorShares =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { id, ...page }: PageRequest & { readonly id: string }): Promise<Page<ListedShare>> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "sub_operators:read");
      if ((await findSubOperator(tx, id)) === undefined) throw subOperatorErrors.not_found();
      return findSharePage(tx, id, page);
    });
