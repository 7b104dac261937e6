import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, selectPage } from "../platform/database/index.ts";
import { waitsBy } from "./case-partner-repository.ts";
import { caseOf, type FraudCase, findCase, selectCases } from "./case-repository.ts";
import type { CaseStatus } from "./case-rules.ts";
import { type CaseDetail, caseDetail, type Review, reviewsOf } from "./case-view.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { fraudErrors } from "./fraud-errors.ts";

/** Sorts of the queue. */
export const CASE_SORTS = ["openedAt", "-openedAt", "score", "-score"] as const;
export const REVIEW_SORTS = ["openedAt", "-openedAt"] as const;

export type CaseFilters = PageRequest & {
  readonly status?: CaseStatus;
  readonly partnerId?: string;
  readonly assignedTo?: string;
  readonly subjectId?: string;
  readonly isHeld?: boolean;
};

const PAGES = {
  sorts: { openedAt: { column: "opened_at", type: "timestamptz" }, score: { column: "score", type: "bigint" } },
  defaultSort: "-openedAt",
  idColumn: "id",
} as const;

export type ListedCase = FraudCase & { readonly partnerName: string | null };

/** The queue of cases. */
export const findCases =
  (deps: FraudDeps) =>
  (ctx: Ctx, filters: CaseFilters): Promise<Page<ListedCase>> => {
    requireScope(ctx, "fraud:read");
    return deps.db.read(ctx, async (tx) => {
      let query = selectCases(tx);
      if (filters.status !== undefined) query = query.where("status", "=", filters.status);
      if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
      if (filters.assignedTo !== undefined) query = query.where("assigned_to", "=", filters.assignedTo);
      if (filters.subjectId !== undefined) query = query.where("subject_id", "=", filters.subjectId);
      if (filters.isHeld !== undefined) query = query.where("is_held", "=", filters.isHeld);
      const page = await selectPage(query, filters, PAGES);
      const partners = await deps.partners.findPartners(
        tx,
        page.data.map((row) => row.partner_id),
      );
      const nameOf = (id: string) => partners.get(id)?.companyName ?? null;
      return { ...page, data: page.data.map((row) => ({ ...caseOf(row), partnerName: nameOf(row.partner_id) })) };
    });
  };

/** One case with its evidence. */
export const getCase =
  (deps: FraudDeps) =>
  (ctx: Ctx, { caseId }: { readonly caseId: string }): Promise<CaseDetail> => {
    requireScope(ctx, "fraud:read");
    return deps.db.read(ctx, async (tx) => {
      const found = await findCase(tx, caseId);
      if (found === undefined) throw fraudErrors.case_not_found();
      return caseDetail(deps, tx, found);
    });
  };

/** What of the acting partner waits for a decision, or was decided. What was never held nor refused is nothing that it need know. */
export const getReviews =
  (deps: FraudDeps) =>
  (ctx: Ctx, filters: PageRequest & { readonly subjectId?: string }): Promise<Page<Review>> => {
    requireScope(ctx, "own:commissions:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const { subjectId } = filters;
      const query = selectCases(tx)
        .where(waitsBy(tx, { partnerId, subjectId }))
        .where((row) => row.or([row("is_held", "=", true), row("decided_at", "is not", null)]));
      const page = await selectPage(query, filters, PAGES);
      return { ...page, data: await reviewsOf(tx, page.data.map(caseOf), partnerId) };
    });
  };
