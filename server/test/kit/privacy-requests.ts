import { type Request, reason } from "./request-parts.ts";

const page = { limit: 2 };

/** Of the routes about people's data. */
export const PRIVACY_REQUESTS: Readonly<Record<string, Request>> = {
  "GET /api/v1/privacy/export": () => ({ query: { format: "json" } }),
  "GET /api/v1/privacy/erasure": () => ({}),
  "POST /api/v1/privacy/erasure": () => ({ body: { reason } }),
  "DELETE /api/v1/privacy/erasure": () => ({}),
  "GET /api/v1/admin/privacy/subjects": (of) => ({ query: { externalId: of.customer } }),
  "GET /api/v1/admin/privacy/subjects/:id/export": (of) => ({ params: { id: of.user }, query: { format: "zip" } }),
  "GET /api/v1/admin/privacy/retention": () => ({}),
  "GET /api/v1/admin/privacy/erasures": () => ({ query: { ...page, status: "done" } }),
  "POST /api/v1/admin/privacy/erasures": (of) => ({ body: { userId: of.user, reason } }),
  "GET /api/v1/admin/privacy/erasures/:id": (of) => ({ params: { id: of.erasure } }),
  "POST /api/v1/admin/privacy/erasures/:id/accept": (of) => ({ params: { id: of.openErasure } }),
  "POST /api/v1/admin/privacy/erasures/:id/refuse": (of) => ({ params: { id: of.openErasure }, body: { reason } }),
  "GET /api/v1/admin/privacy/erasures/:id/certificate": (of) => ({ params: { id: of.erasure } }),
  "GET /api/v1/admin/privacy/holds": (of) => ({ query: { ...page, userId: of.user } }),
  "POST /api/v1/admin/privacy/holds": (of) => ({ body: { userId: of.user, reason } }),
  "POST /api/v1/admin/privacy/holds/:id/lift": (of) => ({ params: { id: of.hold } }),
};
