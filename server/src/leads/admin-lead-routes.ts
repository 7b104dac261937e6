import type { Routes } from "../platform/http/index.ts";
import {
  AcceptLeadBody,
  DeclineLeadBody,
  LeadParams,
  LeadSettings,
  LeadSettingsBody,
  OperatorLead,
  OperatorLeadDetail,
  OperatorLeadFileQuery,
  OperatorLeadNote,
  OperatorLeadNoteBody,
  OperatorLeadPage,
  OperatorLeadQuery,
  RenewLeadBody,
} from "./lead-schema.ts";
import type { LeadService } from "./lead-service.ts";
import { LEADS_FILE, sendLeads } from "./send-leads.ts";

const reading = { audience: "operator", scope: "leads:read" } as const;
const writing = { audience: "operator", scope: "leads:write" } as const;

/** Every partner's leads, for the team. */
export const adminLeadRoutes =
  (leads: LeadService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/leads",
      config: { access: reading },
      schema: {
        operationId: "listAllLeads",
        tags: ["Operator"],
        summary: "List every partner's leads",
        description:
          "`status=submitted` and `status=conflict` wait for you; `tie=elsewhere` are deals whose customer came otherwise than through their partner.",
        querystring: OperatorLeadQuery,
        response: { 200: OperatorLeadPage },
      },
      handler: (request) => leads.findLeads(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/leads/settings",
      config: { access: reading },
      schema: {
        operationId: "getLeadSettings",
        tags: ["Operator"],
        summary: "For how long deals are protected",
        response: { 200: LeadSettings },
      },
      handler: (request) => leads.getLeadSettings(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/leads/settings",
      config: { access: writing },
      schema: {
        operationId: "changeLeadSettings",
        tags: ["Operator"],
        summary: "Change for how long deals are protected",
        description: "Holds for what is accepted or renewed from now on; an end that a partner was told stays.",
        body: LeadSettingsBody,
        response: { 200: LeadSettings },
      },
      handler: (request) => leads.changeLeadSettings(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/leads/file",
      config: { access: reading },
      schema: {
        operationId: "exportAllLeads",
        tags: ["Operator"],
        summary: "Every partner's leads as CSV",
        description: "Filtered as the list is.",
        querystring: OperatorLeadFileQuery,
        response: LEADS_FILE,
      },
      handler: async (request, reply) => sendLeads(reply, await leads.exportLeadsFor(request.ctx, request.query)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/leads/:id",
      config: { access: reading },
      schema: {
        operationId: "getLeadFor",
        tags: ["Operator"],
        summary: "Get a lead with what happened and was noted",
        params: LeadParams,
        response: { 200: OperatorLeadDetail },
      },
      handler: (request) => leads.getLeadFor(request.ctx, { leadId: request.params.id }),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/leads/:id/accept",
      config: { access: writing },
      schema: {
        operationId: "acceptLead",
        tags: ["Operator"],
        summary: "Accept a deal",
        description:
          "Its protection begins. A conflict can be accepted where no other lead holds its address or domain: a name alone is no bar to you.",
        params: LeadParams,
        body: AcceptLeadBody,
        response: { 200: OperatorLead },
      },
      handler: (request) => leads.acceptLead(request.ctx, { leadId: request.params.id, ...request.body }),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/leads/:id/decline",
      config: { access: writing },
      schema: {
        operationId: "declineLead",
        tags: ["Operator"],
        summary: "Decline a deal, or take back its protection",
        params: LeadParams,
        body: DeclineLeadBody,
        response: { 200: OperatorLead },
      },
      handler: (request) => leads.declineLead(request.ctx, { leadId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/leads/:id/renew",
      config: { access: writing },
      schema: {
        operationId: "renewLeadFor",
        tags: ["Operator"],
        summary: "Renew the protection of a deal",
        description: "However often its partner has; it takes none of the partner's own renewals.",
        params: LeadParams,
        body: RenewLeadBody,
        response: { 200: OperatorLead },
      },
      handler: (request) => leads.renewLeadFor(request.ctx, { leadId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/leads/:id/notes",
      config: { access: writing, successStatus: 201 },
      schema: {
        operationId: "noteOnLeadFor",
        tags: ["Operator"],
        summary: "Note something on a lead",
        description: "For the team alone, unless `isInternal` is false.",
        params: LeadParams,
        body: OperatorLeadNoteBody,
        response: { 201: OperatorLeadNote },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await leads.noteOnLeadFor(request.ctx, { leadId: request.params.id, ...request.body })),
    });
  };
