import { fresh, type Objects } from "./journey-steps.ts";
import { byId, listed, nothing, page, type Request, type WellFormed } from "./request-parts.ts";

const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const draft = { title: "Rules", body: "Be kind.", blocksPayouts: true, blocksApproval: false, graceDays: 30 };

/** Of the routes of screening and agreements. */
export const COMPLIANCE_REQUESTS: Readonly<Record<string, (of: Objects) => WellFormed>> = {
  "GET /api/v1/admin/screening": nothing,
  "PUT /api/v1/admin/screening/settings": () => ({
    body: { isEnabled: false, listMaxAgeDays: 7, alertAt: 0.9, blockedCountries: ["CU", "IR"] },
  }),
  "GET /api/v1/admin/screening/lists": listed({ sort: "version", source: "ofac" }),
  "GET /api/v1/admin/screening/cases": (of) => ({ query: { ...page, status: "open", partnerId: of.partner } }),
  "GET /api/v1/admin/screening/cases/:id": byId("screeningCase"),
  "POST /api/v1/admin/screening/cases/:id/votes": byId("screeningCase", {
    verdict: "clear",
    reason: "Another person",
    round: 1,
  }),
  "POST /api/v1/admin/screening/cases/:id/test-decision": byId("screeningCase", { verdict: "clear" }),
  "POST /api/v1/admin/screening/cases/:id/reopen": byId("screeningCase", { reason: "The list was wrong" }),
  "GET /api/v1/admin/screening/partners/:partnerId": (of) => ({ params: { partnerId: of.partner } }),
  "GET /api/v1/partners/agreements": nothing,
  "POST /api/v1/partners/agreements/:id/accept": byId("agreementVersion", { textHash: HASH }),
  "GET /api/v1/partners/agreements/:id/file": (of) => ({
    params: { id: of.agreementVersion },
    query: { format: "text" },
  }),
  "GET /api/v1/admin/agreements": listed({ sort: "-createdAt" }),
  "POST /api/v1/admin/agreements": () => ({ body: { name: fresh("rules"), tiers: ["tier1"], ...draft } }),
  "GET /api/v1/admin/agreements/:id": byId("agreement"),
  "POST /api/v1/admin/agreements/:id/versions": byId("agreement", draft),
  "PUT /api/v1/admin/agreement-versions/:id": byId("agreementDraft", { readHash: HASH, ...draft }),
  "POST /api/v1/admin/agreement-versions/:id/publish": byId("agreementDraft", {
    readHash: HASH,
    effectiveFrom: "2030-06-01T00:00:00Z",
  }),
  "GET /api/v1/admin/agreement-versions/:id/acceptances": (of) => ({
    params: { id: of.agreementVersion },
    query: page,
  }),
  "GET /api/v1/admin/agreement-versions/:id/acceptances/file": byId("agreementVersion"),
  "GET /api/v1/admin/agreement-versions/:id/file": (of) => ({
    params: { id: of.agreementVersion },
    query: { format: "text", partnerId: of.partner },
  }),
} satisfies Record<string, Request>;
