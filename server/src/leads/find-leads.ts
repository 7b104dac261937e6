import { sql } from "kysely";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { likeOf, type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import { findEntries, type LeadEntry } from "./entry-repository.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { leadErrors } from "./lead-errors.ts";
import { findLead, type Lead, leadOf, selectLeads } from "./lead-repository.ts";
import type { LeadStatus, Tie } from "./lead-rules.ts";
import {
  type OperatorLead,
  operatorView,
  type PartnerEntry,
  type PartnerLead,
  partnerEntryView,
  partnerView,
} from "./lead-view.ts";

export type LeadFilters = PageRequest & {
  readonly status?: LeadStatus;
  readonly tie?: Tie;
  /** Part of a company's name, or a whole domain or e-mail. */
  readonly q?: string;
  /** ISO 8601: what ends by then. */
  readonly endsBefore?: string;
  readonly partnerId?: string;
};
export type OwnLeadFilters = Omit<LeadFilters, "partnerId">;

/** Sorts of the lists of leads. */
export const LEAD_SORTS = ["registeredAt", "-registeredAt", "updatedAt", "-updatedAt", "company", "-company"] as const;

type Deps = Pick<LeadDeps, "db">;

/** The acting partner's leads, the latest first unless asked otherwise. */
export const getLeads =
  (deps: Deps) =>
  (ctx: Ctx, filters: OwnLeadFilters): Promise<Page<PartnerLead>> => {
    requireScope(ctx, "own:leads:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const page = await listLeads(tx, { ...filters, partnerId });
      return { ...page, data: page.data.map(partnerView) };
    });
  };

/** Every partner's leads. */
export const findLeads =
  (deps: Deps) =>
  (ctx: Ctx, filters: LeadFilters): Promise<Page<OperatorLead>> => {
    requireScope(ctx, "leads:read");
    return deps.db.read(ctx, async (tx) => {
      const page = await listLeads(tx, filters);
      return { ...page, data: page.data.map(operatorView) };
    });
  };

/** A page of leads; also what a file of them is made of. */
export async function listLeads(tx: ReadTx, filters: LeadFilters): Promise<Page<Lead>> {
  let query = selectLeads(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.status !== undefined) query = query.where("status", "=", filters.status);
  if (filters.tie !== undefined) query = query.where("tie", "=", filters.tie);
  if (filters.endsBefore !== undefined) query = query.where("ends_at", "<", new Date(filters.endsBefore));
  if (filters.q !== undefined) {
    const pattern = likeOf(filters.q);
    const whole = filters.q.trim().toLowerCase();
    query = query.where(sql<boolean>`(company ilike ${pattern} or domain = ${whole} or contact_email = ${whole})`);
  }
  const page = await selectPage(query, filters, {
    sorts: {
      registeredAt: { column: "registered_at", type: "timestamptz" },
      updatedAt: { column: "updated_at", type: "timestamptz" },
      company: { column: "company", type: "text" },
    },
    defaultSort: "-registeredAt",
    idColumn: "id",
  });
  return { ...page, data: page.data.map(leadOf) };
}

/** One of the acting partner's leads with what happened, without the team's notes. */
export const getLead =
  (deps: Deps) =>
  (ctx: Ctx, { leadId }: { readonly leadId: string }): Promise<PartnerLead & { entries: PartnerEntry[] }> => {
    requireScope(ctx, "own:leads:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const lead = await findLead(tx, leadId);
      if (lead?.partnerId !== partnerId) throw leadErrors.not_found();
      return { ...partnerView(lead), entries: (await findEntries(tx, leadId, false)).map(partnerEntryView) };
    });
  };

/** A lead with all that happened and was noted. */
export const getLeadFor =
  (deps: Deps) =>
  (ctx: Ctx, { leadId }: { readonly leadId: string }): Promise<OperatorLead & { entries: LeadEntry[] }> => {
    requireScope(ctx, "leads:read");
    return deps.db.read(ctx, async (tx) => {
      const lead = await findLead(tx, leadId);
      if (lead === undefined) throw leadErrors.not_found();
      return { ...operatorView(lead), entries: await findEntries(tx, leadId, true) };
    });
  };
