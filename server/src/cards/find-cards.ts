import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import { selectAuthorizations } from "./authorization-repository.ts";
import type { CardDeps } from "./card-deps.ts";
import { cardErrors, partnerUserErrors } from "./card-errors.ts";
import { findCard, findUser, selectCards, selectUsers } from "./card-repository.ts";
import type { CardState, UserStatus } from "./card-rules.ts";
import { authorizationView, type CardView, cardView, type PartnerUser, partnerUser, spendView } from "./card-view.ts";
import { selectSpends } from "./spend-repository.ts";

type Deps = Pick<CardDeps, "db">;
const BY_CREATION = (table: string) => ({
  sorts: { createdAt: { column: `${table}created_at`, type: "timestamptz" as const } },
  defaultSort: "-createdAt",
  idColumn: `${table}id`,
});

/** The acting partner's users. */
export const findUsers =
  (deps: Deps) =>
  (
    ctx: Ctx,
    filters: PageRequest & { readonly status?: UserStatus; readonly externalId?: string },
  ): Promise<Page<PartnerUser>> => {
    requireScope(ctx, "own:users:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      let query = selectUsers(tx).where("partner_id", "=", partnerId);
      if (filters.status !== undefined) query = query.where("status", "=", filters.status);
      if (filters.externalId !== undefined) query = query.where("external_id", "=", filters.externalId);
      const page = await selectPage(query, filters, BY_CREATION(""));
      return { data: page.data.map(partnerUser), nextCursor: page.nextCursor };
    });
  };

/** One of them. */
export const getUser =
  (deps: Deps) =>
  (ctx: Ctx, id: string): Promise<PartnerUser> => {
    requireScope(ctx, "own:users:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const user = await findUser(tx, { id, partnerId });
      if (user === undefined) throw partnerUserErrors.not_found();
      return partnerUser(user);
    });
  };

export type CardFilters = PageRequest & {
  readonly state?: CardState;
  readonly userId?: string;
  readonly partnerId?: string;
};

/** The acting partner's cards. */
export const findOwnCards =
  (deps: Deps) =>
  (ctx: Ctx, filters: Omit<CardFilters, "partnerId">): Promise<Page<CardView>> => {
    requireScope(ctx, "own:cards:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listCards(tx, { ...filters, partnerId }));
  };

/** Every partner's cards. */
export const findCards =
  (deps: Deps) =>
  (ctx: Ctx, filters: CardFilters): Promise<Page<CardView>> => {
    requireScope(ctx, "cards:read");
    return deps.db.read(ctx, (tx) => listCards(tx, filters));
  };

async function listCards(tx: ReadTx, filters: CardFilters): Promise<Page<CardView>> {
  let query = selectCards(tx);
  if (filters.partnerId !== undefined) query = query.where("cards.partner_id", "=", filters.partnerId);
  if (filters.userId !== undefined) query = query.where("cards.partner_user_id", "=", filters.userId);
  if (filters.state !== undefined) query = query.where("cards.state", "=", filters.state);
  const page = await selectPage(query, filters, BY_CREATION("cards."));
  return { data: page.data.map(cardView), nextCursor: page.nextCursor };
}

/** A card of the acting partner's. */
export const getOwnCard =
  (deps: Deps) =>
  (ctx: Ctx, id: string): Promise<CardView> => {
    requireScope(ctx, "own:cards:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => cardView(await readCard(tx, id, partnerId)));
  };

async function readCard(tx: ReadTx, id: string, partnerId: string) {
  const card = await findCard(tx, id);
  if (card === undefined || card.partner_id !== partnerId) throw cardErrors.not_found();
  return card;
}

/** What was asked of a card of the acting partner's, and what was answered. */
export const findAuthorizations =
  (deps: Deps) =>
  (ctx: Ctx, { cardId, ...page }: PageRequest & { readonly cardId: string }) => {
    requireScope(ctx, "own:cards:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      await readCard(tx, cardId, partnerId);
      const found = await selectPage(selectAuthorizations(tx, cardId), page, {
        sorts: { decidedAt: { column: "decided_at", type: "timestamptz" } },
        defaultSort: "-decidedAt",
        idColumn: "id",
      });
      return {
        nextCursor: found.nextCursor,
        data: found.data.map(authorizationView),
      };
    });
  };

export type SpendFilters = PageRequest & {
  readonly partnerId?: string;
  readonly cardId?: string;
  readonly isRefused?: boolean;
};

/** What was spent with every partner's cards. */
export const findSpends =
  (deps: Deps) =>
  (ctx: Ctx, filters: SpendFilters): Promise<Page<ReturnType<typeof spendView>>> => {
    requireScope(ctx, "cards:read");
    return deps.db.read(ctx, (tx) => listSpends(tx, filters));
  };

/** What was spent with the acting partner's. */
export const findOwnSpends =
  (deps: Deps) =>
  (
    ctx: Ctx,
    filters: Pick<SpendFilters, keyof PageRequest | "cardId">,
  ): Promise<Page<ReturnType<typeof spendView>>> => {
    requireScope(ctx, "own:cards:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listSpends(tx, { ...filters, partnerId }));
  };

async function listSpends(tx: ReadTx, filters: SpendFilters) {
  let query = selectSpends(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.cardId !== undefined) query = query.where("card_id", "=", filters.cardId);
  if (filters.isRefused !== undefined) query = query.where("refusal", filters.isRefused ? "is not" : "is", null);
  const page = await selectPage(query, filters, {
    sorts: { occurredAt: { column: "occurred_at", type: "timestamptz" } },
    defaultSort: "-occurredAt",
    idColumn: "id",
  });
  return { data: page.data.map(spendView), nextCursor: page.nextCursor };
}
