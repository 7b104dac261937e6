import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { type App, LARGE_BODY_BYTES, type Routes } from "../platform/http/index.ts";
import { acceptBareEvent, RecordTransactionsBody, reportedTransaction } from "../sales/index.ts";
import { IntakeResponse, SourceIdParams } from "./revenue-schema.ts";
import type { RevenueService } from "./revenue-service.ts";
import type { VerifiedMessage } from "./verify-intake.ts";

const TAGS = ["Webhooks in"];

/** Takes what billing systems sign. Signatures are over the bytes as they came, so bodies are read here. */
export const signedRevenueRoutes =
  (revenue: RevenueService): Routes =>
  (app) => {
    const verified = new WeakMap<FastifyRequest["raw"], VerifiedMessage>();
    void app.register(async (inner) => {
      const scope = inner as App;
      scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

      scope.post(
        "/api/v1/webhooks/stripe-billing/:sourceId",
        {
          bodyLimit: LARGE_BODY_BYTES,
          config: { access: { audience: "public" }, idempotency: "none", rateLimit: "signed", whileSuspended: true },
          schema: {
            operationId: "receiveStripeBillingMessage",
            tags: TAGS,
            summary: "Messages of Stripe Billing",
            description:
              "Signed by Stripe (`Stripe-Signature`). A message is stored once, however often it is delivered.",
            params: SourceIdParams,
            response: { 200: Type.Object({ received: Type.Boolean() }) },
          },
        },
        async (request) => {
          await revenue.storeStripeMessage(request.ctx, {
            sourceId: request.params.sourceId,
            body: bytesOf(request.body),
            signature: headerOf(request, "stripe-signature"),
          });
          return { received: true };
        },
      );

      scope.post(
        "/api/v1/intake/:sourceId",
        {
          bodyLimit: LARGE_BODY_BYTES,
          config: {
            access: { audience: "public" },
            idempotency: "none",
            rateLimit: "signed",
            whileSuspended: true,
            bareItemOf: "transactions",
          },
          // The signature first: nothing of a message is read before, and then it is held against the schema like any body.
          preValidation: async (request) => {
            const message = await revenue.verifyIntake(request.ctx, {
              sourceId: (request.params as { sourceId: string }).sourceId,
              body: bytesOf(request.body),
              headers: {
                id: headerOf(request, "webhook-id"),
                timestamp: headerOf(request, "webhook-timestamp"),
                signature: headerOf(request, "webhook-signature"),
              },
            });
            verified.set(request.raw, message);
            request.body = acceptBareEvent(message.content) as typeof request.body;
          },
          schema: {
            operationId: "takeTransactions",
            tags: TAGS,
            summary: "Signed transactions of another billing system",
            description:
              "Signed as Standard Webhooks say: `webhook-id`, `webhook-timestamp` and `webhook-signature` (`v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`). One event, or up to 1,000, each with a result of its own. A message that is delivered again is answered as it was first.",
            params: SourceIdParams,
            body: RecordTransactionsBody,
            response: { 200: IntakeResponse },
          },
        },
        (request) => {
          const { id, body } = verified.get(request.raw) as VerifiedMessage;
          return revenue.takeIntake(request.ctx, {
            sourceId: request.params.sourceId,
            id,
            body,
            events: request.body.transactions.map(reportedTransaction),
          });
        },
      );
    });
  };

/** The parser hands over bytes; a request without a body has none. */
const bytesOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}
