import { type Ctx, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, selectPage } from "../platform/database/index.ts";
import { findPublishedHeads, planOf, getPlan as readPlan, selectPlans } from "./plan-repository.ts";
import { type PlanView, planView } from "./plan-view.ts";
import type { ProgramDeps } from "./program-deps.ts";
import { getProgram } from "./program-repository.ts";
import type { Program } from "./program-schema.ts";

/** The programme, for the operator. */
export const showProgram =
  (deps: Pick<ProgramDeps, "db">) =>
  (ctx: Ctx): Promise<Program> => {
    requireScope(ctx, "program:read");
    return deps.db.read(ctx, getProgram);
  };

/** Plan versions, drafts among them, newest first unless asked otherwise. */
export const findPlans =
  (deps: Pick<ProgramDeps, "db">) =>
  (ctx: Ctx, filters: PageRequest & { readonly status?: "draft" | "published" }): Promise<Page<PlanView>> => {
    requireScope(ctx, "program:read");
    return deps.db.read(ctx, async (tx) => {
      let query = selectPlans(tx);
      if (filters.status !== undefined) query = query.where("status", "=", filters.status);
      const page = await selectPage(query, filters, {
        sorts: { createdAt: { column: "created_at", type: "timestamptz" } },
        defaultSort: "-createdAt",
        idColumn: "id",
      });
      const published = await findPublishedHeads(tx);
      return { ...page, data: page.data.map((row) => planView(planOf(row), published, ctx.now)) };
    });
  };

/** One plan version. */
export const getPlan =
  (deps: Pick<ProgramDeps, "db">) =>
  (ctx: Ctx, { planId }: { readonly planId: string }): Promise<PlanView> => {
    requireScope(ctx, "program:read");
    return deps.db.read(ctx, async (tx) => planView(await readPlan(tx, planId), await findPublishedHeads(tx), ctx.now));
  };
