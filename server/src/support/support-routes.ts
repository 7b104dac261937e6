import { FILE_BODY_BYTES, FILE_RESPONSE, sendFile } from "../platform/files/index.ts";
import type { Routes } from "../platform/http/index.ts";
import {
  MessageBody,
  OpenTicketBody,
  Ticket,
  TicketDetail,
  TicketFileParams,
  TicketMessage,
  TicketPage,
  TicketParams,
  TicketQuery,
} from "./support-schema.ts";
import type { SupportService } from "./support-service.ts";

const reading = { audience: "partner", scope: "own:support:read" } as const;
const writing = { audience: "partner", scope: "own:support:write" } as const;

/** A partner's own tickets. */
export const supportRoutes =
  (support: SupportService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/tickets",
      config: { access: reading },
      schema: {
        operationId: "listTickets",
        tags: ["Support"],
        summary: "List own tickets",
        querystring: TicketQuery,
        response: { 200: TicketPage },
      },
      handler: (request) => support.getTickets(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/tickets",
      config: { access: writing, successStatus: 201 },
      bodyLimit: FILE_BODY_BYTES,
      schema: {
        operationId: "openTicket",
        tags: ["Support"],
        summary: "Open a ticket",
        description: "Asks the operator's team, who are told by e-mail. `object` is something of the caller's own.",
        body: OpenTicketBody,
        response: { 201: Ticket },
      },
      handler: async (request, reply) => reply.code(201).send(await support.openTicket(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/tickets/:id",
      config: { access: reading },
      schema: {
        operationId: "getTicket",
        tags: ["Support"],
        summary: "Get a ticket with its messages",
        params: TicketParams,
        response: { 200: TicketDetail },
      },
      handler: (request) => support.getTicket(request.ctx, { ticketId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/tickets/:id/messages",
      config: { access: writing, successStatus: 201 },
      bodyLimit: FILE_BODY_BYTES,
      schema: {
        operationId: "answerTicket",
        tags: ["Support"],
        summary: "Write into a ticket",
        description: "It is the team's turn then; a solved ticket is open again. A closed one takes no more.",
        params: TicketParams,
        body: MessageBody,
        response: { 201: TicketMessage },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await support.answerTicket(request.ctx, { ticketId: request.params.id, ...request.body })),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/tickets/:id/solve",
      config: { access: writing },
      schema: {
        operationId: "solveTicket",
        tags: ["Support"],
        summary: "Say that a ticket is solved",
        params: TicketParams,
        response: { 200: Ticket },
      },
      handler: (request) => support.solveTicket(request.ctx, { ticketId: request.params.id }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/tickets/files/:id",
      config: { access: reading },
      schema: {
        operationId: "getTicketFile",
        tags: ["Support"],
        summary: "Download a file of a ticket",
        params: TicketFileParams,
        response: FILE_RESPONSE,
      },
      handler: async (request, reply) =>
        sendFile(reply, await support.getTicketFile(request.ctx, { fileId: request.params.id })),
    });
  };
