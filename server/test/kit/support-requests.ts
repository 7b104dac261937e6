import type { Objects } from "./journey-steps.ts";
import type { WellFormed } from "./request-parts.ts";

const words = {
  message: "How is this reckoned?",
  files: [{ name: "note.txt", content: Buffer.from("A note").toString("base64") }],
};
const page = { limit: 2 };
const about = ({ commission }: Objects) => ({
  subject: "A question",
  ...words,
  object: { type: "commission", id: commission },
});
const ofTicket =
  (body?: object) =>
  ({ ticket }: Objects): WellFormed => ({ params: { id: ticket }, ...(body && { body: { ...body } }) });
const ofFile = ({ ticketFile }: Objects): WellFormed => ({ params: { id: ticketFile } });

/** Of the routes of tickets. */
export const SUPPORT_REQUESTS: Readonly<Record<string, (of: Objects) => WellFormed>> = {
  "GET /api/v1/partners/tickets": (of) => ({ query: { ...page, status: "open", objectId: of.commission } }),
  "POST /api/v1/partners/tickets": (of) => ({ body: about(of) }),
  "GET /api/v1/partners/tickets/:id": ofTicket(),
  "POST /api/v1/partners/tickets/:id/messages": ofTicket(words),
  "POST /api/v1/partners/tickets/:id/solve": ofTicket(),
  "GET /api/v1/partners/tickets/files/:id": ofFile,
  "GET /api/v1/admin/tickets": (of) => ({ query: { ...page, partnerId: of.partner, assignedTo: of.user } }),
  "POST /api/v1/admin/tickets": (of) => ({ body: { partnerId: of.partner, ...about(of) } }),
  "GET /api/v1/admin/tickets/:id": ofTicket(),
  "PATCH /api/v1/admin/tickets/:id": ofTicket({ status: "open", assignedTo: null }),
  "POST /api/v1/admin/tickets/:id/messages": ofTicket({ ...words, isInternal: true }),
  "GET /api/v1/admin/tickets/files/:id": ofFile,
};
