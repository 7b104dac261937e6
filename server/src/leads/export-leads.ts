import { stringify } from "csv-stringify/sync";
import { csvField } from "../kernel/csv-field.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { type LeadFilters, listLeads, type OwnLeadFilters } from "./find-leads.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { leadErrors } from "./lead-errors.ts";
import type { Lead } from "./lead-repository.ts";

/** What one file takes: a few megabytes, written at once. */
export const EXPORT_ROWS_MAX = 20_000;

const COLUMNS = [
  "id",
  "company",
  "domain",
  "contact_name",
  "contact_email",
  "expected_value",
  "currency",
  "status",
  "registered_at",
  "decided_at",
  "ends_at",
  "renewals",
  "closed_at",
  "customer",
] as const;

const fieldsOf = (lead: Lead): string[] => [
  lead.id,
  csvField({ text: lead.company }),
  csvField({ text: lead.domain }),
  csvField({ text: lead.contactName }),
  csvField({ text: lead.contactEmail }),
  lead.expectedValue === null || lead.currency === null
    ? ""
    : csvField({ amount: lead.expectedValue, currency: lead.currency }),
  csvField({ word: lead.currency }),
  lead.status,
  csvField({ at: lead.registeredAt }),
  csvField({ at: lead.decidedAt }),
  csvField({ at: lead.endsAt }),
  csvField({ word: lead.renewals }),
  csvField({ at: lead.closedAt }),
  csvField({ word: lead.tie }),
];

/** The acting partner's leads as CSV, filtered as the list is. Throws `lead.export_too_large`. */
export const exportLeads =
  (deps: Pick<LeadDeps, "db">) =>
  (ctx: Ctx, filters: OwnLeadFilters): Promise<Buffer> => {
    requireScope(ctx, "own:leads:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const leads = await readAll(tx, { ...filters, partnerId });
      return Buffer.from(stringify([[...COLUMNS], ...leads.map(fieldsOf)]));
    });
  };

/** Every partner's, with whose each is. */
export const exportLeadsFor =
  (deps: Pick<LeadDeps, "db" | "partners">) =>
  (ctx: Ctx, filters: LeadFilters): Promise<Buffer> => {
    requireScope(ctx, "leads:read");
    return deps.db.read(ctx, async (tx) => {
      const leads = await readAll(tx, filters);
      const partners = await deps.partners.findPartners(tx, [...new Set(leads.map(({ partnerId }) => partnerId))]);
      const rows = leads.map((lead) => {
        const partner = partners.get(lead.partnerId);
        const name = csvField({ text: partner?.companyName ?? partner?.referralCode ?? null });
        return [lead.partnerId, name, ...fieldsOf(lead)];
      });
      return Buffer.from(stringify([["partner_id", "partner", ...COLUMNS], ...rows]));
    });
  };

async function readAll(tx: ReadTx, filters: LeadFilters): Promise<Lead[]> {
  const { data, nextCursor } = await listLeads(tx, { ...filters, limit: EXPORT_ROWS_MAX });
  if (nextCursor !== null) throw leadErrors.export_too_large({ maximum: EXPORT_ROWS_MAX });
  return data;
}
