import { FILE_BODY_BYTES, FILE_RESPONSE, sendFile } from "../platform/files/index.ts";
import type { Routes } from "../platform/http/index.ts";
import {
  ChangeTicketBody,
  OpenTicketForBody,
  OperatorMessageBody,
  OperatorTicket,
  OperatorTicketDetail,
  OperatorTicketMessage,
  OperatorTicketPage,
  OperatorTicketQuery,
  TicketFileParams,
  TicketParams,
} from "./support-schema.ts";
import type { SupportService } from "./support-service.ts";

const reading = { audience: "operator", scope: "support:read" } as const;
const writing = { audience: "operator", scope: "support:write" } as const;

/** Every partner's tickets, for the team. */
export const adminSupportRoutes =
  (support: SupportService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/tickets",
      config: { access: reading },
      schema: {
        operationId: "listAllTickets",
        tags: ["Operator"],
        summary: "List every partner's tickets",
        querystring: OperatorTicketQuery,
        response: { 200: OperatorTicketPage },
      },
      handler: (request) => support.findTickets(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/tickets",
      config: { access: writing, successStatus: 201 },
      bodyLimit: FILE_BODY_BYTES,
      schema: {
        operationId: "openTicketFor",
        tags: ["Operator"],
        summary: "Ask a partner",
        body: OpenTicketForBody,
        response: { 201: OperatorTicket },
      },
      handler: async (request, reply) => reply.code(201).send(await support.openTicketFor(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/tickets/:id",
      config: { access: reading },
      schema: {
        operationId: "getTicketFor",
        tags: ["Operator"],
        summary: "Get a ticket with its messages and notes",
        params: TicketParams,
        response: { 200: OperatorTicketDetail },
      },
      handler: (request) => support.getTicketFor(request.ctx, { ticketId: request.params.id }),
    });
    app.route({
      method: "PATCH",
      url: "/api/v1/admin/tickets/:id",
      config: { access: writing },
      schema: {
        operationId: "changeTicket",
        tags: ["Operator"],
        summary: "Move or assign a ticket",
        params: TicketParams,
        body: ChangeTicketBody,
        response: { 200: OperatorTicket },
      },
      handler: (request) => support.changeTicket(request.ctx, { ticketId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/tickets/:id/messages",
      config: { access: writing, successStatus: 201 },
      bodyLimit: FILE_BODY_BYTES,
      schema: {
        operationId: "answerTicketFor",
        tags: ["Operator"],
        summary: "Answer a ticket, or keep a note",
        description: "The partner is told of an answer by e-mail, and never of a note.",
        params: TicketParams,
        body: OperatorMessageBody,
        response: { 201: OperatorTicketMessage },
      },
      handler: async (request, reply) =>
        reply
          .code(201)
          .send(await support.answerTicketFor(request.ctx, { ticketId: request.params.id, ...request.body })),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/tickets/files/:id",
      config: { access: reading },
      schema: {
        operationId: "getTicketFileFor",
        tags: ["Operator"],
        summary: "Download a file of any ticket",
        params: TicketFileParams,
        response: FILE_RESPONSE,
      },
      handler: async (request, reply) =>
        sendFile(reply, await support.getTicketFileFor(request.ctx, { fileId: request.params.id })),
    });
  };
