import { Type } from "typebox";
import type { Routes } from "../platform/http/index.ts";
import type { PartnerService } from "./partner-service.ts";
import { ChangeMemberBody, InviteMemberBody, JoinTeamBody, MemberParams, MemberView, TeamView } from "./team-schema.ts";

const URL = "/api/v1/partners/team";
const reading = { audience: "partner", scope: "own:team:read" } as const;
const writing = { audience: "partner", scope: "own:team:write" } as const;
const tags = ["Team"];
const done = Type.Null({ description: "Done" });

/** Who works for a partner, and as what. */
export const teamRoutes =
  (partners: PartnerService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: URL,
      config: { access: reading },
      schema: { operationId: "getTeam", tags, summary: "Who is on your team", response: { 200: TeamView } },
      handler: (request) => partners.getTeam(request.ctx),
    });
    app.route({
      method: "POST",
      url: URL,
      // Each has a mail sent to an address that somebody names: counted as such.
      config: { access: writing, successStatus: 201, rateLimit: "mail_address" },
      schema: {
        operationId: "inviteMember",
        tags,
        summary: "Invite somebody to your team",
        description: "The answer is the same whether or not the e-mail has an account. What follows is in a mail.",
        body: InviteMemberBody,
        response: { 201: MemberView },
      },
      handler: async (request, reply) => reply.code(201).send(await partners.inviteMember(request.ctx, request.body)),
    });
    app.route({
      method: "PATCH",
      url: `${URL}/:id`,
      config: { access: writing },
      schema: {
        operationId: "changeMember",
        tags,
        summary: "Give somebody on your team another role",
        description: "It counts with their next request.",
        params: MemberParams,
        body: ChangeMemberBody,
        response: { 200: MemberView },
      },
      handler: (request) => partners.changeMember(request.ctx, { ...request.params, ...request.body }),
    });
    app.route({
      method: "POST",
      url: `${URL}/:id/owner`,
      config: { access: writing },
      schema: {
        operationId: "transferOwnership",
        tags,
        summary: "Hand your account over to somebody on your team",
        description:
          "They own it from now on, and you stay on the team as a manager; both are told by mail. What was earned, signed and set up stays. Needs proof of just now.",
        params: MemberParams,
        response: { 200: TeamView },
      },
      handler: (request) => partners.transferOwnership(request.ctx, request.params),
    });
    app.route({
      method: "DELETE",
      url: `${URL}/:id`,
      config: { access: writing },
      schema: {
        operationId: "removeMember",
        tags,
        summary: "Take somebody off your team",
        description:
          "Their sessions end and their account is closed for good; their e-mail is free for another. Webhooks and keys that they made go on working: the owner is told of them.",
        params: MemberParams,
        response: { 204: done },
      },
      handler: async (request, reply) => {
        await partners.removeMember(request.ctx, request.params);
        return reply.code(204).send(null);
      },
    });
    app.route({
      method: "POST",
      url: "/api/v1/auth/join-team",
      config: { access: { audience: "public" }, idempotency: "none" },
      schema: {
        operationId: "joinTeam",
        tags,
        summary: "Join a partner's team by the link that was sent",
        body: JoinTeamBody,
        response: { 204: done },
      },
      handler: async (request, reply) => {
        await partners.joinTeam(request.ctx, request.body);
        return reply.code(204).send(null);
      },
    });
  };
