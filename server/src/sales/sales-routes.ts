import { Type } from "typebox";
import { type App, Id, LARGE_BODY_BYTES } from "../platform/http/index.ts";
import {
  OwnTransactionsPage,
  OwnTransactionsQuery,
  RecordTransactionsBody,
  RecordTransactionsResponse,
  reportedTransaction,
  TransactionDetail,
  TransactionsPage,
  TransactionsQuery,
} from "./sales-schema.ts";
import type { SalesService } from "./sales-service.ts";

/** One event is an array of one: it may also be sent bare. */
export function acceptBareEvent(body: unknown): unknown {
  const isBare = typeof body === "object" && body !== null && !Array.isArray(body) && !("transactions" in body);
  return isBare ? { transactions: [body] } : body;
}

/** What the operator's own systems report, and what its people look up. */
export const salesRoutes =
  (sales: SalesService) =>
  (app: App): void => {
    app.post(
      "/api/v1/transactions",
      {
        bodyLimit: LARGE_BODY_BYTES,
        preValidation: (request, _reply, done) => {
          request.body = acceptBareEvent(request.body) as typeof request.body;
          done();
        },
        // What is owed of it is owed while the programme is suspended, too.
        config: {
          access: { audience: "operator", scope: "transactions:write" },
          idempotency: "required",
          whileSuspended: true,
          bareItemOf: "transactions",
        },
        schema: {
          operationId: "recordTransactions",
          summary: "Report payments, card spend, refunds and chargebacks",
          description:
            "One event (sent bare, or in a list of one) or up to 1,000, each with a result of its own; what is recorded is assessed and booked before the answer. Sending an event again is harmless: the same external id with the same content is the same event.",
          tags: ["Transactions"],
          body: RecordTransactionsBody,
          response: { 200: RecordTransactionsResponse },
        },
      },
      (request) => sales.recordTransactions(request.ctx, request.body.transactions.map(reportedTransaction)),
    );

    app.get(
      "/api/v1/admin/transactions",
      {
        config: { access: { audience: "operator", scope: "transactions:read" } },
        schema: {
          operationId: "listTransactions",
          summary: "Transactions, newest first",
          tags: ["Transactions"],
          querystring: TransactionsQuery,
          response: { 200: TransactionsPage },
        },
      },
      (request) => sales.findTransactions(request.ctx, request.query),
    );

    app.get(
      "/api/v1/partner-api/transactions",
      {
        config: { access: { audience: "partner", scope: "own:transactions:read" } },
        schema: {
          operationId: "listPartnerTransactions",
          summary: "Transactions of the own customers, newest first",
          tags: ["Partner API"],
          querystring: OwnTransactionsQuery,
          response: { 200: OwnTransactionsPage },
        },
      },
      (request) => sales.findOwnTransactions(request.ctx, request.query),
    );

    app.get(
      "/api/v1/admin/transactions/:id",
      {
        config: { access: { audience: "operator", scope: "transactions:read" } },
        schema: {
          operationId: "getTransaction",
          summary: "One transaction, and what reverses it",
          tags: ["Transactions"],
          params: Type.Object({ id: Id("Of the transaction") }),
          response: { 200: TransactionDetail },
        },
      },
      (request) => sales.getTransaction(request.ctx, request.params.id),
    );
  };
