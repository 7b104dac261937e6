import { getPartner } from "../partners/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import type { Scope } from "../platform/scopes.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { selectTimeline, TIMELINE_KINDS, type TimelineEntry, type TimelineKind } from "./timeline-repository.ts";

const SCOPES: Readonly<Record<TimelineKind, Scope>> = {
  act: "audit:read",
  note: "partners:read",
  payout: "payouts:read",
  reversal: "commissions:read",
  dispute: "commissions:read",
  ticket: "support:read",
  invoice: "fees:read",
};

type Input = PageRequest & { readonly partnerId: string; readonly kind?: TimelineKind };

/** Everything that happened to or with a partner in one line, of what the caller may read. Throws `partner.not_found`. */
export const getPartnerTimeline =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, { partnerId, kind, ...page }: Input): Promise<Page<TimelineEntry>> => {
    requireScope(ctx, "partners:read");
    const { actor } = ctx;
    const scopes = actor.type === "user" || actor.type === "key" ? actor.scopes : new Set(Object.values(SCOPES));
    const kinds = TIMELINE_KINDS.filter((each) => (kind ?? each) === each && scopes.has(SCOPES[each]));
    return deps.db.read(ctx, async (tx) => {
      await getPartner(tx, partnerId);
      return selectTimeline(tx, { partnerId, kinds }, page);
    });
  };
