import { fresh, type Objects } from "./journey-steps.ts";
import { listed, type WellFormed } from "./request-parts.ts";

const LOOK = {
  name: "Acme",
  accent: "#4453d6",
  radius: 6,
  font: "inter",
  welcome: null,
  links: { terms: "https://acme.test/terms", privacy: null, imprint: null, help: null },
  mail: { ground: "#ffffff", text: "#161a1f", button: "#4453d6", buttonText: "#ffffff" },
};

const LOGO = {
  name: "logo.svg",
  content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9"/></svg>').toString("base64"),
};

/** Of the routes of branding, of landing pages and of domains. */
export const BRANDING_REQUESTS: Readonly<Record<string, (of: Objects) => WellFormed>> = {
  "GET /api/v1/brand": () => ({}),
  "GET /api/v1/brand/images/:id": ({ brandImage }) => ({ params: { id: brandImage } }),
  "GET /api/v1/admin/branding": () => ({}),
  "PUT /api/v1/admin/branding": () => ({ body: { ...LOOK, version: 1 } }),
  "POST /api/v1/admin/branding/restore": () => ({ body: { version: 1, restores: 1 } }),
  "GET /l/:code": ({ linkCode }) => ({ params: { code: linkCode }, query: { utm_campaign: "spring", sub1: "one" } }),
  "GET /api/v1/partners/co-branding": () => ({}),
  "PUT /api/v1/partners/co-branding": () => ({ body: { colour: "#1f5c4d", logo: LOGO } }),
  "GET /api/v1/partners/referrals/links/:id/landing-page": ({ link }) => ({ params: { id: link } }),
  "PUT /api/v1/partners/referrals/links/:id/landing-page": ({ link }) => ({
    params: { id: link },
    body: { title: "Cards", text: "For small firms.", button: "Have a look" },
  }),
  "DELETE /api/v1/partners/referrals/links/:id/landing-page": ({ link }) => ({ params: { id: link } }),
  "GET /api/v1/admin/domains": listed({ sort: "domain", state: "active" }),
  "POST /api/v1/admin/domains": () => ({ body: { domain: `${fresh("go")}.acme-cards.com` } }),
  "GET /api/v1/admin/domains/:id": ({ domain }) => ({ params: { id: domain } }),
  "POST /api/v1/admin/domains/:id/check": ({ domain }) => ({ params: { id: domain }, body: {} }),
  "DELETE /api/v1/admin/domains/:id": ({ domain }) => ({ params: { id: domain } }),
};
