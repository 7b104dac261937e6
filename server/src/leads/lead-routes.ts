import type { Routes } from "../platform/http/index.ts";
import {
  ChangeLeadBody,
  Lead,
  LeadDetail,
  LeadFileQuery,
  LeadNote,
  LeadNoteBody,
  LeadPage,
  LeadParams,
  LeadQuery,
  LeadRules,
  RegisteredLead,
  RegisterLeadBody,
  RenewLeadBody,
} from "./lead-schema.ts";
import type { LeadService } from "./lead-service.ts";
import { LEADS_FILE, sendLeads } from "./send-leads.ts";

const reading = { audience: "partner", scope: "own:leads:read" } as const;
const writing = { audience: "partner", scope: "own:leads:write" } as const;

/** A partner's own leads. */
export const leadRoutes =
  (leads: LeadService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/leads",
      config: { access: reading },
      schema: {
        operationId: "listLeads",
        tags: ["Leads"],
        summary: "List own leads",
        querystring: LeadQuery,
        response: { 200: LeadPage },
      },
      handler: (request) => leads.getLeads(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/leads",
      config: { access: writing },
      schema: {
        operationId: "registerLead",
        tags: ["Leads"],
        summary: "Register a deal",
        description:
          "Says at once whether it is free, in conflict or yours already. A free deal is held for you from now on; a conflict is kept for the operator to look at and holds nothing. Compared are the contact's mailbox, the domain with those above and below it, and the company's name. Needs the feature `leads`.",
        body: RegisterLeadBody,
        response: { 200: RegisteredLead },
      },
      handler: (request) => leads.registerLead(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/leads/rules",
      config: { access: reading },
      schema: {
        operationId: "getLeadRules",
        tags: ["Leads"],
        summary: "For how long deals are protected",
        response: { 200: LeadRules },
      },
      handler: (request) => leads.getLeadRules(request.ctx),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/leads/file",
      config: { access: reading },
      schema: {
        operationId: "exportLeads",
        tags: ["Leads"],
        summary: "Own leads as CSV",
        description: "Filtered as the list is.",
        querystring: LeadFileQuery,
        response: LEADS_FILE,
      },
      handler: async (request, reply) => sendLeads(reply, await leads.exportLeads(request.ctx, request.query)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/leads/:id",
      config: { access: reading },
      schema: {
        operationId: "getLead",
        tags: ["Leads"],
        summary: "Get a lead with what happened",
        params: LeadParams,
        response: { 200: LeadDetail },
      },
      handler: (request) => leads.getLead(request.ctx, { leadId: request.params.id }),
    });
    app.route({
      method: "PATCH",
      url: "/api/v1/partners/leads/:id",
      config: { access: writing },
      schema: {
        operationId: "changeLead",
        tags: ["Leads"],
        summary: "Say how far a deal is",
        description:
          "Which deal it is stays as it was registered. A deal that is `won` stays protected as long as it was, until its customer comes through you.",
        params: LeadParams,
        body: ChangeLeadBody,
        response: { 200: Lead },
      },
      handler: (request) => leads.changeLead(request.ctx, { leadId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/leads/:id/renew",
      config: { access: writing },
      schema: {
        operationId: "renewLead",
        tags: ["Leads"],
        summary: "Renew the protection of a deal",
        description: "Prolongs it from its end, as often as the programme lets you.",
        params: LeadParams,
        body: RenewLeadBody,
        response: { 200: Lead },
      },
      handler: (request) => leads.renewLead(request.ctx, { leadId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/leads/:id/notes",
      config: { access: writing, successStatus: 201 },
      schema: {
        operationId: "noteOnLead",
        tags: ["Leads"],
        summary: "Note something on a lead",
        description: "The operator reads it.",
        params: LeadParams,
        body: LeadNoteBody,
        response: { 201: LeadNote },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await leads.noteOnLead(request.ctx, { leadId: request.params.id, ...request.body })),
    });
  };
