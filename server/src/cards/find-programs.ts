import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { CardDeps } from "./card-deps.ts";
import { productView, programView } from "./card-view.ts";
import { selectProducts, selectPrograms } from "./program-repository.ts";

type Deps = Pick<CardDeps, "db">;

/** The programmes at the issuer. */
export const findPrograms =
  (deps: Deps) =>
  (ctx: Ctx, page: PageRequest): Promise<Page<ReturnType<typeof programView>>> => {
    requireScope(ctx, "cards:read");
    return deps.db.read(ctx, async (tx) => {
      const found = await selectPage(selectPrograms(tx), page, {
        sorts: { createdAt: { column: "created_at", type: "timestamptz" } },
        defaultSort: "-createdAt",
        idColumn: "id",
      });
      return { data: found.data.map(programView), nextCursor: found.nextCursor };
    });
  };

/** Every partner's products, or one's. */
export const findProducts =
  (deps: Deps) =>
  (ctx: Ctx, filters: PageRequest & { readonly partnerId?: string }): Promise<Page<ReturnType<typeof productView>>> => {
    requireScope(ctx, "cards:read");
    return deps.db.read(ctx, (tx) => listProducts(tx, filters));
  };

/** The acting partner's products. */
export const findOwnProducts =
  (deps: Deps) =>
  (ctx: Ctx, page: PageRequest): Promise<Page<ReturnType<typeof productView>>> => {
    requireScope(ctx, "own:cards:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listProducts(tx, { ...page, partnerId }));
  };

async function listProducts(tx: ReadTx, filters: PageRequest & { readonly partnerId?: string }) {
  let query = selectProducts(tx);
  if (filters.partnerId !== undefined) query = query.where("card_products.partner_id", "=", filters.partnerId);
  const found = await selectPage(query, filters, {
    sorts: { createdAt: { column: "card_products.created_at", type: "timestamptz" } },
    defaultSort: "-createdAt",
    idColumn: "card_products.id",
  });
  return { data: found.data.map(productView), nextCursor: found.nextCursor };
}
