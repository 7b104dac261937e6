import { newId } from "../../src/kernel/id.ts";
import type { WholeApp } from "./app.ts";
import type { Objects } from "./journey-steps.ts";
import type { WellFormed } from "./request-parts.ts";
import { PAYER } from "./tax.ts";
import type { Side } from "./two-tenants.ts";

const page = { limit: 2 };
/** Over long since, and closed by the journey. */
const YEAR = "2025";
const SIGNING = {
  form: {
    kind: "w9",
    name: "Ada Lovelace",
    classification: "individual",
    address: { line1: "1 Main St", city: "Austin", region: "TX", postalCode: "78701", country: "US" },
    tinType: "ssn",
    tin: "123-45-6789",
    isSubjectToWithholding: false,
  },
  signature: { name: "Ada Lovelace", certification: "w9-2024-03" },
};
const settings = {
  payoutsWait: "never",
  withholdsWithoutForm: false,
  timeZone: null,
  methodsReportedElsewhere: ["bank_file"],
};
const ofYear =
  (more: Omit<WellFormed, "params"> = {}) =>
  (): WellFormed => ({ params: { year: YEAR }, ...more });

/** Of the routes of taxes. */
export const TAX_REQUESTS: Readonly<Record<string, (of: Objects) => WellFormed>> = {
  "GET /api/v1/partners/tax": () => ({}),
  "POST /api/v1/partners/tax/forms": () => ({ body: SIGNING }),
  "POST /api/v1/partners/tax/test-forms": () => ({ body: { kind: "w9" } }),
  "PUT /api/v1/partners/tax/delivery": () => ({ body: { isElectronic: true, consent: "consent-2026-12" } }),
  "GET /api/v1/partners/tax/documents": () => ({ query: page }),
  "GET /api/v1/partners/tax/documents/:id/file": (of) => ({ params: { id: of.taxDocument } }),
  "GET /api/v1/admin/tax/partners/:partnerId": (of) => ({ params: { partnerId: of.partner } }),
  "PUT /api/v1/admin/tax/partners/:partnerId/withholding": (of) => ({
    params: { partnerId: of.partner },
    body: { isOrdered: false, reason: "A reason" },
  }),
  "POST /api/v1/admin/tax/form-requests": (of) => ({ body: { partnerIds: [of.partner] } }),
  "GET /api/v1/admin/tax/documents/:id/file": (of) => ({ params: { id: of.taxDocument } }),
  "GET /api/v1/admin/tax/settings": () => ({}),
  "PUT /api/v1/admin/tax/settings": () => ({ body: { ...settings, payer: PAYER } }),
  "PUT /api/v1/admin/tax/years/:year/figures": ofYear({
    body: { threshold: 60_000, withholdingRate: 0.24, irisHeader: null },
  }),
  "PUT /api/v1/admin/tax/years/:year/rates": ofYear({ body: { currency: "EUR", unitsPerDollar: 0.924 } }),
  "GET /api/v1/admin/tax/years/:year": ofYear(),
  "GET /api/v1/admin/tax/years/:year/partners": ofYear({ query: { ...page, state: "report" } }),
  "GET /api/v1/admin/tax/years/:year/partners/:partnerId/payments": (of) => ({
    params: { year: YEAR, partnerId: of.partner },
    query: page,
  }),
  "GET /api/v1/admin/tax/years/:year/corrections": ofYear({ query: page }),
  "GET /api/v1/admin/tax/years/:year/documents": (of) => ({
    params: { year: YEAR },
    query: { ...page, run: 0, partnerId: of.partner },
  }),
  "POST /api/v1/admin/tax/years/:year/close": () => ({ params: { year: "2024" }, body: { leaveOutMissing: false } }),
  "POST /api/v1/admin/tax/years/:year/corrections": ofYear(),
  "GET /api/v1/admin/tax/years/:year/returns": ofYear({ query: { run: 0, part: 1 } }),
};

/**
 * A signed form, the figures of a year, and a return of it. Nobody was paid in a year that is over as the world begins: the return is written as
 * the close of the year would. Returns its id.
 */
export async function leaveReturn(
  { app }: WholeApp,
  side: Side,
  send: (method: string, path: string, body: object) => Promise<Record<string, unknown>>,
): Promise<string> {
  const admin = `/api/v1/admin/tax`;
  await send("PUT", `${admin}/settings`, { ...settings, payer: PAYER });
  await send("PUT", `${admin}/years/${YEAR}/figures`, { threshold: 60_000 });
  await send("PUT", `${admin}/years/${YEAR}/rates`, { currency: "EUR", unitsPerDollar: 0.924 });
  const form = await send("POST", "/api/v1/partners/tax/forms", SIGNING);
  const id = newId();
  const ctx = side.ctx();
  const { tenantId: tenant_id, now } = ctx;
  await app.db.transaction(ctx, async (tx) => {
    const year = Number(YEAR);
    await tx.insertInto("tax_years").values({ tenant_id, year, threshold: 60_000n, runs: 0, closed_at: now }).execute();
    await tx
      .insertInto("tax_filings")
      .values({
        tenant_id,
        id,
        year,
        partner_id: side.partner.id,
        number: 1,
        run: 0,
        kind: "original",
        form_id: String(form["id"]),
        amount: 70_000n,
        withheld: 0n,
        made_at: now,
      })
      .execute();
  });
  return id;
}
