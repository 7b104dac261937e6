import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import type { Routes } from "../platform/http/index.ts";
import type { ReturnsFile } from "./export-returns.ts";
import { TaxDocumentPage } from "./form-schema.ts";
import type { TaxService } from "./tax-service.ts";
import {
  CloseYearBody,
  FiledQuery,
  ReturnsQuery,
  TaxDifferencePage,
  TaxDifferenceQuery,
  TaxFigures,
  TaxFiguresBody,
  TaxLinePage,
  TaxLineQuery,
  TaxPaymentPage,
  TaxPaymentQuery,
  TaxRateBody,
  TaxSettings,
  TaxSettingsBody,
  TaxYear,
  YearParams,
  YearPartnerParams,
} from "./year-schema.ts";

const reading = { audience: "operator", scope: "tax:read" } as const;
const writing = { audience: "operator", scope: "tax:write" } as const;
const exporting = { audience: "operator", scope: "tax:export" } as const;

const sendCsv = (reply: FastifyReply, { name, content }: ReturnsFile): FastifyReply =>
  reply
    .type("text/csv; charset=utf-8; header=present")
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("cache-control", "no-store")
    .send(content);

/** Tax years, as the operator sees and closes them. */
export const yearRoutes =
  (tax: TaxService): Routes =>
  (app) => {
    settingRoutes(tax)(app);
    lookingRoutes(tax)(app);
    filingRoutes(tax)(app);
  };

const settingRoutes =
  (tax: TaxService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/tax/settings",
      config: { access: reading },
      schema: {
        operationId: "getTaxSettings",
        tags: ["Operator"],
        summary: "How the programme deals with taxes",
        response: { 200: TaxSettings },
      },
      handler: (request) => tax.getTaxSettings(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/tax/settings",
      config: { access: writing },
      schema: {
        operationId: "changeTaxSettings",
        tags: ["Operator"],
        summary: "Change how the programme deals with taxes",
        description: "What is left out stays.",
        body: TaxSettingsBody,
        response: { 200: TaxSettings },
      },
      handler: (request) => tax.changeTaxSettings(request.ctx, request.body),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/tax/years/:year/figures",
      config: { access: writing },
      schema: {
        operationId: "enterTaxFigures",
        tags: ["Operator"],
        summary: "Enter the figures of a tax year",
        description:
          "The threshold from 2027 on, which follows prices; another rate of withholding; the columns of the year's template. What is left out stays, null takes an entry back.",
        params: YearParams,
        body: TaxFiguresBody,
        response: { 200: TaxFigures },
      },
      handler: (request) => tax.enterYearFigures(request.ctx, { ...request.params, ...request.body }),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/tax/years/:year/rates",
      config: { access: writing },
      schema: {
        operationId: "enterTaxRate",
        tags: ["Operator"],
        summary: "Enter the average exchange rate of a tax year",
        params: YearParams,
        body: TaxRateBody,
        response: { 200: TaxFigures },
      },
      handler: (request) => tax.enterExchangeRate(request.ctx, { ...request.params, ...request.body }),
    });
  };

const lookingRoutes =
  (tax: TaxService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/tax/years/:year",
      config: { access: reading },
      schema: {
        operationId: "getTaxYear",
        tags: ["Operator"],
        summary: "Get a tax year",
        params: YearParams,
        response: { 200: TaxYear },
      },
      handler: (request) => tax.getTaxYear(request.ctx, request.params),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/tax/years/:year/partners",
      config: { access: reading },
      schema: {
        operationId: "listTaxLines",
        tags: ["Operator"],
        summary: "List what partners were paid in a tax year",
        params: YearParams,
        querystring: TaxLineQuery,
        response: { 200: TaxLinePage },
      },
      handler: (request) => tax.findTaxLines(request.ctx, { ...request.params, ...request.query }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/tax/years/:year/partners/:partnerId/payments",
      config: { access: reading },
      schema: {
        operationId: "listTaxPayments",
        tags: ["Operator"],
        summary: "List the transfers that a partner's tax year is made of",
        params: YearPartnerParams,
        querystring: TaxPaymentQuery,
        response: { 200: TaxPaymentPage },
      },
      handler: (request) => tax.findTaxPayments(request.ctx, { ...request.params, ...request.query }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/tax/years/:year/corrections",
      config: { access: reading },
      schema: {
        operationId: "listTaxDifferences",
        tags: ["Operator"],
        summary: "List what would be corrected of a closed tax year",
        params: YearParams,
        querystring: TaxDifferenceQuery,
        response: { 200: TaxDifferencePage },
      },
      handler: (request) => tax.findTaxDifferences(request.ctx, { ...request.params, ...request.query }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/tax/years/:year/documents",
      config: { access: reading },
      schema: {
        operationId: "listAllTaxDocuments",
        tags: ["Operator"],
        summary: "List the returns of a tax year",
        params: YearParams,
        querystring: FiledQuery,
        response: { 200: TaxDocumentPage },
      },
      handler: (request) => tax.findTaxDocuments(request.ctx, { ...request.params, ...request.query }),
    });
  };

const filingRoutes =
  (tax: TaxService): Routes =>
  (app) => {
    app.route({
      method: "POST",
      url: "/api/v1/admin/tax/years/:year/close",
      config: { access: writing },
      schema: {
        operationId: "closeTaxYear",
        tags: ["Operator"],
        summary: "Close a tax year that is over",
        description: "Its returns are frozen: what changes afterwards is a correction.",
        params: YearParams,
        body: CloseYearBody,
        response: { 200: TaxYear },
      },
      handler: (request) => tax.closeTaxYear(request.ctx, { ...request.params, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/tax/years/:year/corrections",
      config: { access: writing },
      schema: {
        operationId: "correctTaxYear",
        tags: ["Operator"],
        summary: "File corrections of a closed tax year",
        description: "Of everything that differs from what was filed, as a run of its own.",
        params: YearParams,
        response: { 200: TaxYear },
      },
      handler: (request) => tax.correctTaxYear(request.ctx, request.params),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/tax/years/:year/returns",
      config: { access: exporting },
      schema: {
        operationId: "exportTaxReturns",
        tags: ["Operator"],
        summary: "The returns of a tax year as CSV for the IRS",
        description:
          "In the columns of the year's template (IRIS), with whole taxpayer identification numbers. Each export is noted in the audit trail.",
        params: YearParams,
        querystring: ReturnsQuery,
        response: {
          200: {
            description: "The returns",
            content: { "text/csv": { schema: Type.String({ format: "binary" }) } },
          },
        },
      },
      handler: async (request, reply) =>
        sendCsv(reply, await tax.exportReturns(request.ctx, { ...request.params, ...request.query })),
    });
  };
