import { documentResponse, sendDocument } from "../platform/files/index.ts";
import { type Routes } from "../platform/http/index.ts";
import { budgetRoutes } from "./budget-routes.ts";
import {
  AdminInvoiceQuery,
  AgreeFeesBody,
  CardUsage,
  CardUsageBody,
  CreditBody,
  FeeAgreement,
  FeeAgreementPage,
  FeeAgreementQuery,
  InvoiceDetail,
  InvoiceFileQuery,
  InvoicePage,
  InvoiceParams,
  InvoiceQuery,
  IssueInvoiceBody,
  PartnerParams,
  PaymentBody,
  SetOffBody,
  UndoSetOffBody,
} from "./fee-schema.ts";
import type { FeeService } from "./fee-service.ts";

const own = { audience: "partner", scope: "own:fees:read" } as const;
const reading = { audience: "operator", scope: "fees:read" } as const;
const writing = { audience: "operator", scope: "fees:write" } as const;

const file = documentResponse("The invoice");

/** Invoices of fees: the partner's own, and what the operator does. */
export const feeRoutes =
  (fees: FeeService): Routes =>
  (app) => {
    partnerRoutes(fees)(app);
    operatorRoutes(fees)(app);
    budgetRoutes(fees)(app);
  };

const partnerRoutes =
  (fees: FeeService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/invoices",
      config: { access: own },
      schema: {
        operationId: "listInvoices",
        tags: ["Invoices"],
        summary: "List the own invoices",
        querystring: InvoiceQuery,
        response: { 200: InvoicePage },
      },
      handler: (request) => fees.getInvoices(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/invoices/:id",
      config: { access: own },
      schema: {
        operationId: "getInvoice",
        tags: ["Invoices"],
        summary: "Get an own invoice",
        params: InvoiceParams,
        response: { 200: InvoiceDetail },
      },
      handler: (request) => fees.getInvoice(request.ctx, { invoiceId: request.params.id }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/invoices/:id/file",
      config: { access: own },
      schema: {
        operationId: "getInvoiceFile",
        tags: ["Invoices"],
        summary: "An own invoice, as PDF or CSV",
        params: InvoiceParams,
        querystring: InvoiceFileQuery,
        response: file,
      },
      handler: async (request, reply) => {
        const { format = "pdf" } = request.query;
        return sendDocument(reply, await fees.getInvoiceFile(request.ctx, { invoiceId: request.params.id, format }));
      },
    });
  };

const operatorRoutes =
  (fees: FeeService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/invoices",
      config: { access: reading },
      schema: {
        operationId: "listAllInvoices",
        tags: ["Operator"],
        summary: "List all invoices",
        querystring: AdminInvoiceQuery,
        response: { 200: InvoicePage },
      },
      handler: (request) => fees.findInvoices(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/invoices",
      config: { access: writing, idempotency: "required", successStatus: 201 },
      schema: {
        operationId: "issueInvoice",
        tags: ["Operator"],
        summary: "Issue an invoice by hand",
        description: "For what the partner's terms do not name; those are invoiced by themselves, each month.",
        body: IssueInvoiceBody,
        response: { 201: InvoiceDetail },
      },
      handler: async (request, reply) => reply.code(201).send(await fees.issueInvoice(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/invoices/:id",
      config: { access: reading },
      schema: {
        operationId: "getAnyInvoice",
        tags: ["Operator"],
        summary: "Get an invoice",
        params: InvoiceParams,
        response: { 200: InvoiceDetail },
      },
      handler: (request) => fees.getInvoiceFor(request.ctx, { invoiceId: request.params.id }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/invoices/:id/file",
      config: { access: reading },
      schema: {
        operationId: "getAnyInvoiceFile",
        tags: ["Operator"],
        summary: "Any invoice, as PDF or CSV",
        params: InvoiceParams,
        querystring: InvoiceFileQuery,
        response: file,
      },
      handler: async (request, reply) => {
        const { format = "pdf" } = request.query;
        return sendDocument(reply, await fees.getInvoiceFileFor(request.ctx, { invoiceId: request.params.id, format }));
      },
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/invoices/:id/payment",
      config: { access: writing, idempotency: "required" },
      schema: {
        operationId: "recordInvoicePayment",
        tags: ["Operator"],
        summary: "Record that an invoice was paid",
        description: "At most what is open. The same reference is recorded once for an invoice.",
        params: InvoiceParams,
        body: PaymentBody,
        response: { 200: InvoiceDetail },
      },
      handler: (request) => fees.recordInvoicePayment(request.ctx, { invoiceId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/invoices/:id/credit",
      config: { access: writing, idempotency: "required" },
      schema: {
        operationId: "creditInvoice",
        tags: ["Operator"],
        summary: "Credit an invoice",
        description: "A numbered credit note over what is open, or a part of it; the invoice itself stays.",
        params: InvoiceParams,
        body: CreditBody,
        response: { 200: InvoiceDetail },
      },
      handler: (request) => fees.creditInvoice(request.ctx, { invoiceId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/invoices/:id/set-off",
      config: { access: writing, idempotency: "required" },
      schema: {
        operationId: "setOffInvoice",
        tags: ["Operator"],
        summary: "Set an invoice off against earnings",
        description:
          "At most what is open and what nothing else holds of the partner's earnings in the invoice's currency, where the partner has agreed to it.",
        params: InvoiceParams,
        body: SetOffBody,
        response: { 200: InvoiceDetail },
      },
      handler: (request) => fees.setOffInvoice(request.ctx, { invoiceId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/invoices/:id/set-off/undo",
      config: { access: writing, idempotency: "required" },
      schema: {
        operationId: "undoSetOff",
        tags: ["Operator"],
        summary: "Undo a set-off",
        description:
          "Whole and once, by entries of its own: the invoice is open again, and the earnings are the partner's again, less what they repay of a debt.",
        params: InvoiceParams,
        body: UndoSetOffBody,
        response: { 200: InvoiceDetail },
      },
      handler: (request) => fees.undoSetOff(request.ctx, { invoiceId: request.params.id, ...request.body }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/fees/agreements",
      config: { access: reading },
      schema: {
        operationId: "listFeeAgreements",
        tags: ["Operator"],
        summary: "List fee agreements",
        querystring: FeeAgreementQuery,
        response: { 200: FeeAgreementPage },
      },
      handler: (request) => fees.findFeeAgreements(request.ctx, request.query),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/fees/agreements/:partnerId",
      config: { access: writing },
      schema: {
        operationId: "agreeFees",
        tags: ["Operator"],
        summary: "Agree on fees with a partner",
        description:
          "From then on the fees of its terms are invoiced each month, in advance; a month that was missed is invoiced once. The first day stays once a month has been invoiced.",
        params: PartnerParams,
        body: AgreeFeesBody,
        response: { 200: FeeAgreement },
      },
      handler: (request) => fees.agreeFees(request.ctx, { ...request.params, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/fees/card-usage",
      config: { access: writing, idempotency: "required", successStatus: 201 },
      schema: {
        operationId: "recordCardUsage",
        tags: ["Operator"],
        summary: "Record card products of a partner",
        description:
          "Each owes the card fee of the partner's terms, on the next month's invoice. The same reference is one.",
        body: CardUsageBody,
        response: { 201: CardUsage },
      },
      handler: async (request, reply) => reply.code(201).send(await fees.recordCardUsage(request.ctx, request.body)),
    });
  };
