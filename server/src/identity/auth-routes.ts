import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { type Routes } from "../platform/http/index.ts";
import type { SendPage } from "../platform/pages/index.ts";
import type { TwinEntrance } from "./api-key-routes.ts";
import { authErrors } from "./identity-errors.ts";
import {
  AcceptInvitationBody,
  EmailBody,
  IdParams,
  JwksView,
  LanguageBody,
  MeView,
  NewestFirstQuery,
  RefreshBody,
  ResetBody,
  SessionPage,
  SetUpBody,
  SignedInView,
  SignInBody,
  TokensView,
  UserView,
  VerifyBody,
} from "./identity-schema.ts";
import type { IdentityService } from "./identity-service.ts";
import { createRefreshCookie } from "./refresh-cookie.ts";
import type { SessionTokens } from "./session-tokens.ts";

const open = { access: { audience: "public" }, idempotency: "none" } as const;
/** Also for whoever has to enrol a second factor first. */
const signedIn = { access: { audience: "person", mayLackFactor: true }, idempotency: "none" } as const;
const tags = ["Sign-in"];
const done = Type.Null({ description: "Done" });
const accepted = Type.Null({ description: "Taken; if the e-mail is known, a mail is on its way" });

export type RouteConfig = {
  readonly publicUrl: string;
  /** Whom the tracking cookie of a request names; tracking lies above. */
  readonly visitorOf?: (request: FastifyRequest) => string | undefined;
  /** Where keys of test mode are made; twins lie above. */
  readonly twins?: TwinEntrance;
  readonly sendPage: SendPage;
};

/** Signing in and out, and what proves who somebody is. */
export const authRoutes =
  (identity: IdentityService, config: RouteConfig): Routes =>
  (app) => {
    const cookie = createRefreshCookie(config);
    /** What a browser holds in the cookie is not in the body as well, where a script could read it. */
    const inCookie = ({ refreshToken: _, ...tokens }: SessionTokens) => tokens;

    app.post(
      "/api/v1/auth/sign-in",
      {
        config: open,
        schema: {
          operationId: "signIn",
          tags,
          summary: "Sign in",
          description:
            "Whoever has a second factor is answered `auth.second_factor_required` where the password is right, with a `token` and the `methods` by which `POST /api/v1/auth/second-factor` goes on. It opens nothing by itself.",
          body: SignInBody,
          response: { 200: SignedInView },
        },
      },
      async (request, reply) => {
        const { refreshToken: place, ...credentials } = request.body;
        const userAgent = request.headers["user-agent"] ?? null;
        const { user, tokens } = await identity.signIn(request.ctx, {
          ...credentials,
          userAgent,
          visitorId: config.visitorOf?.(request),
        });
        if (place !== "cookie") return { ...tokens, user };
        cookie.set(reply, tokens);
        return { ...inCookie(tokens), user };
      },
    );

    app.post(
      "/api/v1/auth/refresh",
      {
        config: open,
        schema: {
          operationId: "refreshSession",
          tags,
          summary: "Get new tokens",
          description:
            "Spends the refresh token and gives another. A spent one that comes again ends the session: one of two holders is a thief. Tabs of one browser take turns (Web Locks).",
          body: RefreshBody,
          response: { 200: TokensView },
        },
      },
      async (request, reply) => {
        const { refreshToken } = request.body;
        const visitorId = config.visitorOf?.(request);
        if (refreshToken !== undefined) return identity.refreshSession(request.ctx, { refreshToken, visitorId });
        const kept = cookie.read(request);
        if (kept === undefined) throw authErrors.refresh_invalid();
        try {
          const tokens = await identity.refreshSession(request.ctx, { refreshToken: kept, visitorId });
          cookie.set(reply, tokens);
          return inCookie(tokens);
        } catch (error) {
          cookie.clear(reply);
          throw error;
        }
      },
    );

    app.post(
      "/api/v1/auth/sign-out",
      {
        config: open,
        schema: {
          operationId: "signOut",
          tags,
          summary: "Sign out of this device",
          body: RefreshBody,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        const refreshToken = request.body.refreshToken ?? cookie.read(request);
        if (refreshToken !== undefined) await identity.signOut(request.ctx, { refreshToken });
        cookie.clear(reply);
        return reply.code(204).send(null);
      },
    );

    app.post(
      "/api/v1/auth/verify-email",
      {
        config: open,
        schema: {
          operationId: "verifyEmail",
          tags,
          summary: "Prove an e-mail by the link that was sent to it",
          description:
            "Sets the password as well, to the one that was registered or another: whoever registers somebody else's e-mail must not know the password that opens the account.",
          body: VerifyBody,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        await identity.verifyEmail(request.ctx, request.body);
        return reply.code(204).send(null);
      },
    );

    app.post(
      "/api/v1/auth/verify-email/resend",
      {
        config: open,
        schema: {
          operationId: "requestVerification",
          tags,
          summary: "Have the link sent again",
          body: EmailBody,
          response: { 202: accepted },
        },
      },
      async (request, reply) => {
        await identity.requestVerification(request.ctx, request.body);
        return reply.code(202).send(null);
      },
    );

    app.post(
      "/api/v1/auth/password/request-reset",
      {
        config: open,
        schema: {
          operationId: "requestPasswordReset",
          tags,
          summary: "Have a link sent to set a new password",
          body: EmailBody,
          response: { 202: accepted },
        },
      },
      async (request, reply) => {
        await identity.requestPasswordReset(request.ctx, request.body);
        return reply.code(202).send(null);
      },
    );

    app.post(
      "/api/v1/auth/password/reset",
      {
        config: open,
        schema: {
          operationId: "resetPassword",
          tags,
          summary: "Set a new password by the link that was sent",
          body: ResetBody,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        await identity.resetPassword(request.ctx, request.body);
        return reply.code(204).send(null);
      },
    );

    app.post(
      "/api/v1/auth/accept-invitation",
      {
        config: open,
        schema: {
          operationId: "acceptInvitation",
          tags,
          summary: "Join the team by the link that was sent",
          body: AcceptInvitationBody,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        await identity.acceptInvitation(request.ctx, request.body);
        return reply.code(204).send(null);
      },
    );

    app.post(
      "/api/v1/auth/set-up",
      {
        config: { ...open, successStatus: 201 },
        schema: {
          operationId: "completeSetUp",
          tags,
          summary: "Become the first admin by the link that the server printed",
          body: SetUpBody,
          response: { 201: UserView },
        },
      },
      async (request, reply) => reply.code(201).send(await identity.completeSetUp(request.ctx, request.body)),
    );

    app.get(
      "/api/v1/auth/me",
      {
        config: { ...signedIn, access: { ...signedIn.access, alsoLooking: true } },
        schema: {
          operationId: "getMe",
          tags,
          summary: "Who you are and what you may do",
          response: { 200: MeView },
        },
      },
      (request) => identity.getMe(request.ctx),
    );

    app.put(
      "/api/v1/auth/me/language",
      {
        config: signedIn,
        schema: {
          operationId: "chooseLanguage",
          tags,
          summary: "Choose the language in which you are written to",
          description: "Until you do, it is the one in which you signed in first (`Accept-Language`).",
          body: LanguageBody,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        await identity.chooseLanguage(request.ctx, request.body);
        return reply.code(204).send(null);
      },
    );

    app.get(
      "/api/v1/auth/sessions",
      {
        config: signedIn,
        schema: {
          operationId: "listSessions",
          tags,
          summary: "Devices on which you are signed in",
          querystring: NewestFirstQuery,
          response: { 200: SessionPage },
        },
      },
      (request) => identity.findSessions(request.ctx, request.query),
    );

    app.delete(
      "/api/v1/auth/sessions/:id",
      {
        config: signedIn,
        schema: {
          operationId: "revokeSession",
          tags,
          summary: "Sign a device out",
          params: IdParams,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        await identity.revokeSession(request.ctx, request.params);
        return reply.code(204).send(null);
      },
    );

    app.get(
      "/.well-known/jwks.json",
      {
        config: { access: { audience: "public" }, rateLimit: "tracking" },
        schema: {
          operationId: "getJwks",
          tags,
          summary: "Keys that access tokens are verified with (RFC 7517)",
          response: { 200: JwksView },
        },
      },
      async (_request, reply) => reply.header("cache-control", "public, max-age=300").send(identity.jwks),
    );
  };
