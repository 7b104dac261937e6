import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import type { Routes } from "../platform/http/index.ts";
import type { TaxDocumentFile } from "./find-documents.ts";
import {
  Delivery,
  DeliveryBody,
  OwnTax,
  PartnerTax,
  SignedReceipt,
  SignFormBody,
  TaxDocumentPage,
  TaxDocumentParams,
  TaxDocumentQuery,
  TestFormBody,
} from "./form-schema.ts";
import type { TaxService } from "./tax-service.ts";
import { yearRoutes } from "./year-routes.ts";
import { FormRequestBody, FormsAsked, TaxPartnerParams, WithholdingBody } from "./year-schema.ts";

const ownReading = { audience: "partner", scope: "own:tax:read" } as const;
const ownWriting = { audience: "partner", scope: "own:tax:write" } as const;
const reading = { audience: "operator", scope: "tax:read" } as const;
const writing = { audience: "operator", scope: "tax:write" } as const;

const pdf = {
  200: {
    description: "The document",
    content: { "application/pdf": { schema: Type.String({ format: "binary" }) } },
  },
};

const sendPdf = (reply: FastifyReply, { name, content }: TaxDocumentFile): FastifyReply =>
  reply
    .type("application/pdf")
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("cache-control", "no-store")
    .send(content);

/** Taxes of partners: their own part, and what the operator does. */
export const taxRoutes =
  (tax: TaxService): Routes =>
  (app) => {
    partnerRoutes(tax)(app);
    operatorRoutes(tax)(app);
    yearRoutes(tax)(app);
  };

const partnerRoutes =
  (tax: TaxService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/tax",
      config: { access: ownReading },
      schema: {
        operationId: "getOwnTax",
        tags: ["Taxes"],
        summary: "The own tax form, and what follows from it",
        response: { 200: OwnTax },
      },
      handler: (request) => tax.getOwnTax(request.ctx),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/tax/forms",
      config: { access: ownWriting, successStatus: 201 },
      schema: {
        operationId: "signTaxForm",
        tags: ["Taxes"],
        summary: "Sign a tax form",
        description:
          "Form W-9, W-8BEN or W-8BEN-E, under penalties of perjury: only a person who has signed in can. The same form signed twice is one; another is the next version.",
        body: SignFormBody,
        response: { 201: SignedReceipt },
      },
      handler: async (request, reply) => reply.code(201).send(await tax.signForm(request.ctx, request.body)),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/tax/test-forms",
      config: { access: { audience: "partner", scope: "own:payouts:write" }, successStatus: 201 },
      schema: {
        operationId: "signTestTaxForm",
        tags: ["Taxes"],
        summary: "Sign a tax form that is made up, in test mode",
        description:
          "In force at once. It is of `Test Partner`, whose number is nobody's: nothing of anybody is taken.",
        body: TestFormBody,
        response: { 201: SignedReceipt },
      },
      handler: async (request, reply) => reply.code(201).send(await tax.signTestForm(request.ctx, request.body)),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/partners/tax/delivery",
      config: { access: ownWriting },
      schema: {
        operationId: "chooseTaxDelivery",
        tags: ["Taxes"],
        summary: "Have tax documents electronically, or on paper",
        body: DeliveryBody,
        response: { 200: Delivery },
      },
      handler: (request) => tax.chooseDelivery(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/tax/documents",
      config: { access: ownReading },
      schema: {
        operationId: "listTaxDocuments",
        tags: ["Taxes"],
        summary: "List the own tax documents",
        querystring: TaxDocumentQuery,
        response: { 200: TaxDocumentPage },
      },
      handler: (request) => tax.getTaxDocuments(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/tax/documents/:id/file",
      config: { access: ownReading },
      schema: {
        operationId: "getTaxDocumentFile",
        tags: ["Taxes"],
        summary: "An own tax document as PDF",
        params: TaxDocumentParams,
        response: pdf,
      },
      handler: async (request, reply) =>
        sendPdf(reply, await tax.getTaxDocumentFile(request.ctx, { documentId: request.params.id })),
    });
  };

const operatorRoutes =
  (tax: TaxService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/tax/partners/:partnerId",
      config: { access: reading },
      schema: {
        operationId: "getPartnerTax",
        tags: ["Operator"],
        summary: "How a partner stands with its taxes",
        params: TaxPartnerParams,
        response: { 200: PartnerTax },
      },
      handler: (request) => tax.getPartnerTax(request.ctx, request.params),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/tax/partners/:partnerId/withholding",
      config: { access: writing },
      schema: {
        operationId: "orderTaxWithholding",
        tags: ["Operator"],
        summary: "Order backup withholding of a partner's payouts, or end it",
        description:
          "From the next payout on that is released. A notice of the IRS asks for it, and another one ends it.",
        params: TaxPartnerParams,
        body: WithholdingBody,
        response: { 200: PartnerTax },
      },
      handler: (request) => tax.orderWithholding(request.ctx, { ...request.params, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/tax/form-requests",
      config: { access: writing },
      schema: {
        operationId: "askForTaxForms",
        tags: ["Operator"],
        summary: "Ask partners for a tax form",
        description: "By mail, once a day at most; whoever has a valid form is passed over.",
        body: FormRequestBody,
        response: { 200: FormsAsked },
      },
      handler: (request) => tax.askForForms(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/tax/documents/:id/file",
      config: { access: reading },
      schema: {
        operationId: "getAnyTaxDocumentFile",
        tags: ["Operator"],
        summary: "Any recipient's copy as PDF, to be sent on paper",
        params: TaxDocumentParams,
        response: pdf,
      },
      handler: async (request, reply) =>
        sendPdf(reply, await tax.getTaxDocumentFileFor(request.ctx, { documentId: request.params.id })),
    });
  };
