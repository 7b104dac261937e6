import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { type App, LARGE_BODY_BYTES, type Routes } from "../platform/http/index.ts";
import { AuthorizationAnswer, ProgramParams } from "./card-schema.ts";
import type { CardService } from "./card-service.ts";

const TAGS = ["Webhooks in"];
const URL = "/api/v1/webhooks/card-issuer/:programId";
/** What the issuer reads as a no. */
const PAYMENT_REQUIRED = 402;
const byIssuer = {
  access: { audience: "public" },
  idempotency: "none",
  rateLimit: "issuer",
  whileSuspended: true,
} as const;

/** What the card issuer asks and tells. Signatures are over the bytes as they came, so bodies are read here. */
export const issuerRoutes =
  (cards: CardService): Routes =>
  (app) => {
    void app.register(async (inner) => {
      const scope = inner as App;
      scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

      scope.post(
        URL,
        {
          bodyLimit: LARGE_BODY_BYTES,
          config: byIssuer,
          schema: {
            operationId: "receiveCardIssuerMessage",
            tags: TAGS,
            summary: "Messages of the card issuer",
            description:
              "By the user name and password that the issuer was given, and signed (`X-Marqeta-Signature`). An item is stored once, however often it is delivered, and nothing of it that could be paid with.",
            params: ProgramParams,
            response: { 200: Type.Object({ received: Type.Boolean() }) },
          },
        },
        async (request) => {
          await cards.storeMessage(request.ctx, {
            programId: request.params.programId,
            body: bytesOf(request.body),
            authorization: request.headers.authorization,
            signature: headerOf(request, "x-marqeta-signature"),
          });
          return { received: true };
        },
      );

      scope.post(
        `${URL}/authorizations`,
        {
          config: byIssuer,
          schema: {
            operationId: "authorizePurchase",
            tags: TAGS,
            summary: "Whether a purchase is funded",
            description:
              "Just-in-time funding: 200 is a yes, 402 a no. Whatever cannot be decided within two seconds is a no.",
            params: ProgramParams,
            response: { 200: AuthorizationAnswer, [PAYMENT_REQUIRED]: AuthorizationAnswer },
          },
        },
        async (request, reply) => {
          const { isApproved, ask, reason } = await cards.authorizePurchase(request.ctx, {
            programId: request.params.programId,
            authorization: request.headers.authorization,
            message: messageOf(bytesOf(request.body)),
          });
          const funding = {
            token: ask.token,
            method: ask.method,
            user_token: ask.userToken,
            amount: Number(ask.amount),
          };
          return isApproved
            ? { jit_funding: funding }
            : reply.code(PAYMENT_REQUIRED).send({ jit_funding: { ...funding, decline_reason: reason } });
        },
      );
    });
  };

/** Undefined for what is no JSON: it is refused like any message that cannot be read. */
function messageOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}

/** The parser hands over bytes; a request without a body has none. */
const bytesOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}
