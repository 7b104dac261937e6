import { documentResponse, sendDocument } from "../platform/files/index.ts";
import { type Routes } from "../platform/http/index.ts";
import { PayoutParams, StatementQuery } from "./payout-schema.ts";
import type { PayoutService } from "./payout-service.ts";

const file = documentResponse("The statement");

const description =
  "Opening balance, each commission and reversal with its customer masked, fees, what was set off, closing balance. The totals have been held against the books. Lines and totals never change; names are those of now. A PDF lists up to 2,000 lines and sums up the others; a CSV has them all.";

/** Statements of payouts that have been paid. */
export const statementRoutes =
  (payouts: PayoutService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/payouts/:id/statement",
      config: { access: { audience: "partner", scope: "own:payouts:read" } },
      schema: {
        operationId: "getPayoutStatement",
        tags: ["Payouts"],
        summary: "Statement of a payout, as PDF or CSV",
        description,
        params: PayoutParams,
        querystring: StatementQuery,
        response: file,
      },
      handler: async (request, reply) => {
        const { format = "pdf" } = request.query;
        return sendDocument(reply, await payouts.getStatement(request.ctx, { payoutId: request.params.id, format }));
      },
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/payouts/:id/statement",
      config: { access: { audience: "operator", scope: "payouts:read" } },
      schema: {
        operationId: "getAnyPayoutStatement",
        tags: ["Operator"],
        summary: "Statement of any payout, as PDF or CSV",
        description,
        params: PayoutParams,
        querystring: StatementQuery,
        response: file,
      },
      handler: async (request, reply) => {
        const { format = "pdf" } = request.query;
        return sendDocument(reply, await payouts.getStatementFor(request.ctx, { payoutId: request.params.id, format }));
      },
    });
  };
