import { type Routes } from "../platform/http/index.ts";
import { IdParams, InviteBody, NewestFirstQuery, UpdateUserBody, UserPage, UserView } from "./identity-schema.ts";
import type { IdentityService } from "./identity-service.ts";

const access = { audience: "operator", scope: "users:write" } as const;
const tags = ["Team"];

/** Who runs the programme. */
export const teamRoutes =
  (identity: IdentityService): Routes =>
  (app) => {
    app.get(
      "/api/v1/admin/users",
      {
        config: { access },
        schema: {
          operationId: "listUsers",
          tags,
          summary: "Members of the team",
          querystring: NewestFirstQuery,
          response: { 200: UserPage },
        },
      },
      (request) => identity.findUsers(request.ctx, request.query),
    );

    app.post(
      "/api/v1/admin/users",
      {
        config: { access, successStatus: 201 },
        schema: {
          operationId: "inviteUser",
          tags,
          summary: "Invite somebody to the team",
          body: InviteBody,
          response: { 201: UserView },
        },
      },
      async (request, reply) => {
        const { name = null, ...invitation } = request.body;
        return reply.code(201).send(await identity.inviteUser(request.ctx, { ...invitation, name }));
      },
    );

    app.post(
      "/api/v1/admin/users/:id/invitation",
      {
        config: { access },
        schema: {
          operationId: "repeatInvitation",
          tags,
          summary: "Send the invitation again",
          params: IdParams,
          response: { 200: UserView },
        },
      },
      (request) => identity.repeatInvitation(request.ctx, request.params),
    );

    app.patch(
      "/api/v1/admin/users/:id",
      {
        config: { access },
        schema: {
          operationId: "updateUser",
          tags,
          summary: "Give somebody another role, disable or enable them",
          params: IdParams,
          body: UpdateUserBody,
          response: { 200: UserView },
        },
      },
      (request) => identity.updateUser(request.ctx, { ...request.params, ...request.body }),
    );
  };
