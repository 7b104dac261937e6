import { listed, nothing, type Request } from "./request-parts.ts";

/** Of the routes of test mode. */
export const TEST_MODE_REQUESTS: Readonly<Record<string, Request>> = {
  "GET /api/v1/admin/test-mode": nothing,
  "POST /api/v1/admin/test-mode": nothing,
  "POST /api/v1/admin/test-mode/refresh": nothing,
  "POST /api/v1/admin/test-mode/clock": () => ({ body: { to: "2026-03-02T12:00:00Z" } }),
  "DELETE /api/v1/admin/test-mode": nothing,
  "GET /api/v1/admin/test-mode/mails": listed({ sort: "-sentAt", recipient: "nobody@people.test" }),
  "GET /api/v1/clock": nothing,
  // There is no twin: of whom the code is does not matter.
  "GET /test/r/:code": () => ({ params: { code: "nobodys" }, query: { utm_campaign: "spring" } }),
};
