import { documentResponse, sendDocument } from "../platform/files/index.ts";
import type { Routes } from "../platform/http/index.ts";
import { ShareStatementQuery, SubOperatorParams } from "./sub-operator-schema.ts";
import type { WhitelabelService } from "./whitelabel-service.ts";

const tags = ["Sub-operators"];
const description =
  "What was owed before the month, the share of its sales with their base, adjustments by refunds and chargebacks, what was paid and paid back, what of it was set off against the opening balance, and what is owed after it; then each line. A month counts what was booked in it, by the programme's time zone, and its statement is made from an hour after its end on; it never changes then. The totals have been held against the books. A PDF lists up to 2,000 lines and sums up the others; a CSV has them all.";
const response = documentResponse("The statement");

/** The share of a month on paper: for the operator above, and for the partner that the sub-operator is. */
export const shareStatementRoutes =
  (whitelabel: WhitelabelService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/sub-operators/:id/statement",
      config: { access: { audience: "operator", scope: "sub_operators:read" } },
      schema: {
        operationId: "getSubOperatorStatement",
        tags,
        summary: "Statement of a month's share, as PDF or CSV",
        description,
        params: SubOperatorParams,
        querystring: ShareStatementQuery,
        response,
      },
      handler: async ({ ctx, params: { id }, query: { format = "pdf", ...asked } }, reply) =>
        sendDocument(reply, await whitelabel.getShareStatement(ctx, { id, ...asked, format })),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/sub-operator/statement",
      config: { access: { audience: "partner", scope: "own:fees:read" } },
      schema: {
        operationId: "getOwnSubOperatorStatement",
        tags,
        summary: "Statement of a month's share that the partner owes, as PDF or CSV",
        description,
        querystring: ShareStatementQuery,
        response,
      },
      handler: async ({ ctx, query: { format = "pdf", ...asked } }, reply) =>
        sendDocument(reply, await whitelabel.getOwnShareStatement(ctx, { ...asked, format })),
    });
  };
