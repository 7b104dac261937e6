import { PNG } from "./journey-scenes.ts";
import { fresh, type Objects } from "./journey-steps.ts";
import { AT, byId, page, type Request } from "./request-parts.ts";

const deal: Request = () => {
  const domain = `${fresh("deal")}.test`;
  return {
    body: {
      company: domain,
      domain,
      contactName: "Grace",
      contactEmail: `grace@${domain}`,
      expectedValue: 100_000,
      currency: "USD",
      note: "They decide in May.",
    },
  };
};
const filters = { status: "accepted", tie: "own", q: "deal", endsBefore: AT };
const search = { kind: "banner", q: "banner" };
const banner = { alt: "Cards", file: { name: "banner.png", content: PNG } };
const ofVersion = ({ material }: Objects) => ({ params: { id: material, number: "1" } });

/** Of the routes of leads and materials. */
export const LEAD_REQUESTS: Readonly<Record<string, Request>> = {
  "GET /api/v1/partners/leads": () => ({ query: { ...page, ...filters } }),
  "POST /api/v1/partners/leads": deal,
  "GET /api/v1/partners/leads/rules": () => ({}),
  "GET /api/v1/partners/leads/file": () => ({ query: filters }),
  "GET /api/v1/partners/leads/:id": byId("lead"),
  "PATCH /api/v1/partners/leads/:id": byId("lead", {
    status: "contacted",
    reason: "They wrote back.",
    contactName: "Grace",
    expectedValue: 200_000,
    currency: "USD",
  }),
  "POST /api/v1/partners/leads/:id/renew": byId("lead", { note: "It goes on." }),
  "POST /api/v1/partners/leads/:id/notes": byId("lead", { body: "They wrote back." }),
  "GET /api/v1/admin/leads": (of) => ({ query: { ...page, ...filters, partnerId: of.partner } }),
  "GET /api/v1/admin/leads/settings": () => ({}),
  "PUT /api/v1/admin/leads/settings": () => ({
    body: { protectionDays: 90, renewalsMax: 3, reminderDays: 14, acceptsAtOnce: false },
  }),
  "GET /api/v1/admin/leads/file": (of) => ({ query: { ...filters, partnerId: of.partner } }),
  "GET /api/v1/admin/leads/:id": byId("lead"),
  "PUT /api/v1/admin/leads/:id/accept": byId("lead", { note: "Good luck." }),
  "PUT /api/v1/admin/leads/:id/decline": byId("lead", { reason: "We talk to them." }),
  "POST /api/v1/admin/leads/:id/renew": byId("lead", { note: "As agreed." }),
  "POST /api/v1/admin/leads/:id/notes": byId("lead", { body: "Looked at it.", isInternal: true }),

  "GET /api/v1/partners/materials": () => ({ query: { ...page, ...search } }),
  "GET /api/v1/partners/materials/:id": byId("material"),
  "GET /api/v1/partners/materials/:id/file": byId("material"),
  "GET /m/:id": byId("material"),
  "GET /api/v1/admin/materials": () => ({ query: { ...page, ...search, status: "active", tier: "tier4" } }),
  "POST /api/v1/admin/materials": () => ({
    body: {
      kind: "banner",
      title: "A banner",
      description: "For a page",
      tiers: ["tier4"],
      destinationUrl: "https://shop.test/spring",
      ...banner,
    },
  }),
  "GET /api/v1/admin/materials/:id": byId("material"),
  "PATCH /api/v1/admin/materials/:id": byId("material", {
    title: "A banner",
    description: null,
    tiers: ["tier4"],
    destinationUrl: null,
    status: "active",
  }),
  "POST /api/v1/admin/materials/:id/versions": byId("material", banner),
  "GET /api/v1/admin/materials/:id/versions/:number/file": ofVersion,
};
