import { type Ctx, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, selectPage } from "../platform/database/index.ts";
import { findInboxFailures, type InboxFailure, type TransactionKind } from "../sales/index.ts";
import type { MovementStatus } from "./movement.ts";
import { type MovementRow, selectMovements } from "./movement-repository.ts";
import type { RevenueDeps } from "./revenue-deps.ts";
import { type Source, selectSources, toSource } from "./source-repository.ts";

/** Revenue that was told of and is not in the books. */
export type UnmatchedRevenue = {
  readonly id: string;
  readonly sourceId: string;
  readonly externalId: string;
  readonly kind: TransactionKind;
  readonly amount: bigint;
  readonly currency: string;
  readonly tax: bigint;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly status: MovementStatus;
  readonly reason: string;
  readonly customerExternalId: string | null;
  readonly providerCustomerId: string | null;
  readonly email: string | null;
};

export type UnmatchedFilters = PageRequest & {
  readonly sourceId?: string;
  readonly status?: "waiting" | "refused" | "notice";
  readonly reason?: string;
  readonly currency?: string;
};

/** The tenant's sources, the newest first. */
export const findSources =
  (deps: RevenueDeps) =>
  (ctx: Ctx, page: PageRequest): Promise<Page<Source>> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "transactions:read");
      const found = await selectPage(selectSources(tx), page, {
        sorts: { createdAt: { column: "created_at", type: "timestamptz" } },
        defaultSort: "-createdAt",
        idColumn: "id",
      });
      return { ...found, data: found.data.map(toSource) };
    });

/** What waits for its customer or for what it reverses, was refused, or is to be looked at; the newest first. */
export const findUnmatched =
  (deps: RevenueDeps) =>
  (ctx: Ctx, query: UnmatchedFilters): Promise<Page<UnmatchedRevenue>> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "transactions:read");
      let select = selectMovements(tx).where("status", "in", ["waiting", "refused", "notice"]);
      if (query.sourceId !== undefined) select = select.where("source_id", "=", query.sourceId);
      if (query.status !== undefined) select = select.where("status", "=", query.status);
      if (query.reason !== undefined) select = select.where("reason", "=", query.reason);
      if (query.currency !== undefined) select = select.where("currency", "=", query.currency);
      const found = await selectPage(select, query, {
        sorts: { occurredAt: { column: "occurred_at", type: "timestamptz" } },
        defaultSort: "-occurredAt",
        idColumn: "id",
      });
      return { ...found, data: found.data.map(unmatchedOf) };
    });

/** Signed messages that could not be worked on so far, of every sender. */
export const findFailures =
  (deps: RevenueDeps) =>
  (ctx: Ctx, page: PageRequest): Promise<Page<InboxFailure>> =>
    deps.db.read(ctx, (tx) => {
      requireScope(ctx, "transactions:read");
      return findInboxFailures(tx, page);
    });

/** The check constraints make the casts true. */
const unmatchedOf = (row: MovementRow): UnmatchedRevenue => ({
  id: row.id,
  sourceId: row.source_id,
  externalId: row.external_id,
  kind: row.kind as TransactionKind,
  amount: row.amount,
  currency: row.currency,
  tax: row.tax,
  occurredAt: row.occurred_at,
  receivedAt: row.received_at,
  status: row.status as MovementStatus,
  reason: row.reason ?? "",
  customerExternalId: row.customer_external_id,
  providerCustomerId: row.provider_customer_id,
  email: row.email,
});
