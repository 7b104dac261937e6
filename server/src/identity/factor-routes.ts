import { Type } from "typebox";
import type { Routes } from "../platform/http/index.ts";
import type { RouteConfig } from "./auth-routes.ts";
import {
  BegunView,
  ConfirmPasskeyBody,
  ConfirmTotpBody,
  EnrolledView,
  FactorsView,
  PasskeyBegunView,
  PasskeyEnrolledView,
  PasskeySignInBody,
  RecoveryCodesView,
  ResetFactorsBody,
  SecondFactorBody,
  SignInSettingsBody,
  SignInSettingsView,
  StepUpBody,
  StepUpFactorBody,
  TotpView,
} from "./factor-schema.ts";
import { factorErrors } from "./identity-errors.ts";
import { IdParams, SignedInView } from "./identity-schema.ts";
import type { IdentityService } from "./identity-service.ts";
import type { SignedIn } from "./open-session.ts";
import { createRefreshCookie } from "./refresh-cookie.ts";
import type { Shown } from "./show-factor.ts";

const open = { access: { audience: "public" }, idempotency: "none" } as const;
/** Also for whoever has to enrol a factor first. */
const own = { access: { audience: "person", mayLackFactor: true }, idempotency: "none" } as const;
const operator = { access: { audience: "operator", scope: "users:write" } } as const;
const tags = ["Second factors"];
const done = Type.Null({ description: "Done" });
const FACTORS = "/api/v1/auth/factors";

/** What somebody shows beside the password: at sign-in, and when it is added or taken away. */
export const factorRoutes =
  (identity: IdentityService, config: RouteConfig): Routes =>
  (app) => {
    const cookie = createRefreshCookie(config);
    const answer = (reply: Parameters<typeof cookie.set>[0], { user, tokens }: SignedIn, place?: string) => {
      if (place !== "cookie") return { ...tokens, user };
      cookie.set(reply, tokens);
      const { refreshToken: _, ...others } = tokens;
      return { ...others, user };
    };

    app.post(
      "/api/v1/auth/second-factor",
      {
        config: open,
        schema: {
          operationId: "showSecondFactor",
          tags,
          summary: "Sign in: show the second factor",
          description: "After `auth.second_factor_required`. A code is taken once; trying them has an end.",
          body: SecondFactorBody,
          response: { 200: SignedInView },
        },
      },
      async (request, reply) => {
        const { token, refreshToken: place, ...shown } = request.body;
        const userAgent = request.headers["user-agent"] ?? null;
        const visitorId = config.visitorOf?.(request);
        const input = { token, shown: shownOf(shown), userAgent, visitorId };
        return answer(reply, await identity.showSecondFactor(request.ctx, input), place);
      },
    );
    app.post(
      "/api/v1/auth/passkey/begin",
      {
        config: open,
        schema: {
          operationId: "beginPasskeySignIn",
          tags,
          summary: "Begin to sign in by a passkey alone",
          response: { 200: BegunView },
        },
      },
      (request) => identity.beginPasskeySignIn(request.ctx),
    );
    app.post(
      "/api/v1/auth/passkey",
      {
        config: open,
        schema: {
          operationId: "signInByPasskey",
          tags,
          summary: "Sign in by a passkey alone",
          body: PasskeySignInBody,
          response: { 200: SignedInView },
        },
      },
      async (request, reply) => {
        const { refreshToken: place, ...body } = request.body;
        const userAgent = request.headers["user-agent"] ?? null;
        const visitorId = config.visitorOf?.(request);
        return answer(reply, await identity.signInByPasskey(request.ctx, { ...body, userAgent, visitorId }), place);
      },
    );
    app.post(
      "/api/v1/auth/step-up",
      {
        config: own,
        schema: {
          operationId: "stepUp",
          tags,
          summary: "Show again who you are, by your password",
          description:
            "Good for 15 minutes, as a sign-in is: within them factors are added and removed, people invited and given roles, API keys made. Whoever has a second factor is answered `auth.step_up_factor_required` where the password is right, with a `token` and the `methods` by which `POST /api/v1/auth/step-up/factor` goes on.",
          body: StepUpBody,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        await identity.stepUp(request.ctx, request.body);
        return reply.code(204).send(null);
      },
    );
    app.post(
      "/api/v1/auth/step-up/factor",
      {
        config: own,
        schema: {
          operationId: "stepUpByFactor",
          tags,
          summary: "Show again who you are: the second factor",
          description: "After `auth.step_up_factor_required`. A recovery code does as well.",
          body: StepUpFactorBody,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        const { token, ...shown } = request.body;
        await identity.stepUpByFactor(request.ctx, { token, shown: shownOf(shown) });
        return reply.code(204).send(null);
      },
    );

    app.get(
      FACTORS,
      {
        config: own,
        schema: {
          operationId: "getFactors",
          tags,
          summary: "Your second factors, and whether you need one",
          response: { 200: FactorsView },
        },
      },
      (request) => identity.getFactors(request.ctx),
    );
    app.post(
      `${FACTORS}/totp`,
      {
        config: { ...own, successStatus: 201 },
        schema: {
          operationId: "beginTotp",
          tags,
          summary: "Begin to enrol an authenticator app",
          response: { 201: TotpView },
        },
      },
      async (request, reply) => reply.code(201).send(await identity.beginTotp(request.ctx)),
    );
    app.post(
      `${FACTORS}/totp/confirm`,
      {
        config: own,
        schema: {
          operationId: "confirmTotp",
          tags,
          summary: "Enrol the app, by a code of it",
          description: "With the first factor come recovery codes, and every other session ends.",
          body: ConfirmTotpBody,
          response: { 200: EnrolledView },
        },
      },
      (request) => identity.confirmTotpFactor(request.ctx, request.body),
    );
    app.delete(
      `${FACTORS}/totp`,
      {
        config: own,
        schema: { operationId: "removeTotp", tags, summary: "Remove your authenticator app", response: { 204: done } },
      },
      async (request, reply) => {
        await identity.removeTotp(request.ctx);
        return reply.code(204).send(null);
      },
    );
    app.post(
      `${FACTORS}/passkeys/begin`,
      {
        config: own,
        schema: {
          operationId: "beginPasskey",
          tags,
          summary: "Begin to enrol a passkey",
          response: { 200: PasskeyBegunView },
        },
      },
      (request) => identity.beginPasskey(request.ctx),
    );
    app.post(
      `${FACTORS}/passkeys`,
      {
        config: { ...own, successStatus: 201 },
        schema: {
          operationId: "confirmPasskey",
          tags,
          summary: "Enrol the passkey that your browser has made",
          body: ConfirmPasskeyBody,
          response: { 201: PasskeyEnrolledView },
        },
      },
      async (request, reply) => reply.code(201).send(await identity.confirmPasskey(request.ctx, request.body)),
    );
    app.delete(
      `${FACTORS}/passkeys/:id`,
      {
        config: own,
        schema: {
          operationId: "removePasskey",
          tags,
          summary: "Remove one of your passkeys",
          params: IdParams,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        await identity.removePasskey(request.ctx, request.params);
        return reply.code(204).send(null);
      },
    );
    app.post(
      `${FACTORS}/recovery-codes`,
      {
        config: own,
        schema: {
          operationId: "renewRecoveryCodes",
          tags,
          summary: "Get new recovery codes; the old ones are worth nothing",
          response: { 200: RecoveryCodesView },
        },
      },
      (request) => identity.renewRecoveryCodes(request.ctx),
    );

    app.post(
      "/api/v1/admin/users/:id/reset-factors",
      {
        config: { ...operator, successStatus: 204 },
        schema: {
          operationId: "resetFactors",
          tags,
          summary: "Take the second factors of somebody who has lost them",
          description:
            "Of a member of the team or a partner's person. Their sessions end, and they are told by e-mail. Make sure first that it is they who ask.",
          params: IdParams,
          body: ResetFactorsBody,
          response: { 204: done },
        },
      },
      async (request, reply) => {
        await identity.resetFactors(request.ctx, { ...request.params, ...request.body });
        return reply.code(204).send(null);
      },
    );
    app.get(
      "/api/v1/admin/sign-in-settings",
      {
        config: operator,
        schema: {
          operationId: "getSignInSettings",
          tags,
          summary: "Who must have a second factor",
          response: { 200: SignInSettingsView },
        },
      },
      (request) => identity.getSignInSettings(request.ctx),
    );
    app.put(
      "/api/v1/admin/sign-in-settings",
      {
        config: operator,
        schema: {
          operationId: "changeSignInSettings",
          tags,
          summary: "Say who must have a second factor",
          description:
            "The grace begins anew. When it is over, whoever has no factor may sign in and enrol one, and nothing else.",
          body: SignInSettingsBody,
          response: { 200: SignInSettingsView },
        },
      },
      (request) => identity.changeSignInSettings(request.ctx, request.body),
    );
  };

type ShownFields = {
  readonly code?: string;
  readonly recoveryCode?: string;
  readonly passkey?: Extract<Shown, { passkey: unknown }>["passkey"];
};

/** The one thing that was shown. Throws `factor.not_one` for none, and for several. */
function shownOf({ code, recoveryCode, passkey }: ShownFields): Shown {
  const shown: Shown[] = [
    ...(code === undefined ? [] : [{ code }]),
    ...(recoveryCode === undefined ? [] : [{ recoveryCode }]),
    ...(passkey === undefined ? [] : [{ passkey }]),
  ];
  const [only, ...others] = shown;
  if (only === undefined || others.length > 0) throw factorErrors.not_one();
  return only;
}
