import type { FastifyInstance } from "fastify";
import { ApiError } from "./api-error.ts";
import type { TestBankName } from "./bank-accounts.ts";
import { addBillingControls } from "./billing/billing-controls.ts";
import { controlSchemas } from "./control-schema.ts";
import type { Fault, FaultOptions } from "./faults.ts";
import type { PayoutMove } from "./payout-lifecycle.ts";
import type { StandingName } from "./standings.ts";
import type { StripeControls } from "./stripe-controls.ts";
import type { WebhookEndpointInput } from "./webhook-endpoints.ts";

type WithId = { Params: { id: string } };

/**
 * The controls over HTTP, for a caller in another process. Bodies are JSON, which a page of another origin cannot send without being asked first,
 * and nobody here says yes.
 */
export function addControlRoutes(server: FastifyInstance, controls: StripeControls): void {
  const { faults, webhooks } = controls;
  const done = { done: true };
  const route = { prefix: "/_control" };

  void server.register(async (control) => {
    control.addHook("onRequest", async (request, reply) => {
      const isJson = request.headers["content-type"]?.startsWith("application/json") === true;
      if (request.method !== "GET" && !isJson) await reply.code(415).send({ message: "Controls take JSON" });
    });
    control.setErrorHandler((error, _request, reply) => {
      const status = error instanceof ApiError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500);
      void reply.code(status).send({ message: error instanceof Error ? error.message : "Unknown error" });
    });

    control.post<{ Body: Fault & FaultOptions }>("/faults", { schema: { body: controlSchemas.fault } }, ({ body }) => {
      faults.inject(readFault(body), body);
      return done;
    });
    control.delete("/faults", () => {
      faults.clear();
      return done;
    });
    control.post("/faults/release", () => {
      faults.release();
      return done;
    });
    control.post<{ Body: { amount: number; currency: string } }>(
      "/funds",
      { schema: { body: controlSchemas.funds } },
      ({ body }) => {
        controls.addFunds(body);
        return controls.balance();
      },
    );
    control.post<{ Body: { moveTo?: string; advanceMs?: number } }>(
      "/clock",
      { schema: { body: controlSchemas.clock } },
      async ({ body }) => {
        if (body.moveTo !== undefined) await controls.moveTo(new Date(body.moveTo));
        if (body.advanceMs !== undefined) await controls.advance(body.advanceMs);
        return { now: controls.now().toISOString() };
      },
    );
    control.post<WithId & { Body: { standing: StandingName; bank?: TestBankName } }>(
      "/accounts/:id/standing",
      { schema: { body: controlSchemas.standing } },
      ({ params, body }) => {
        controls.setStanding(params.id, body.standing, body.bank);
        return done;
      },
    );
    control.post<WithId>("/accounts/:id/disconnect", ({ params }) => {
      controls.disconnect(params.id);
      return done;
    });
    control.post<WithId & { Body: { status: string; failureCode?: string } }>(
      "/payouts/:id",
      { schema: { body: controlSchemas.payout } },
      ({ params, body }) => ({ moved: controls.movePayout(params.id, readMove(body)) }),
    );

    control.post<{ Body: WebhookEndpointInput }>(
      "/webhooks/endpoints",
      { schema: { body: controlSchemas.endpoint } },
      ({ body }) => ({ secret: webhooks.addEndpoint(body) }),
    );
    control.post("/webhooks/hold", () => {
      webhooks.hold();
      return done;
    });
    control.post<{ Body: { order?: "as published" | "reversed" } }>(
      "/webhooks/release",
      { schema: { body: controlSchemas.release } },
      async ({ body }) => {
        webhooks.release(body.order);
        await webhooks.idle();
        return done;
      },
    );
    control.post<{ Body: { count: number } }>(
      "/webhooks/lose",
      { schema: { body: controlSchemas.loss } },
      ({ body }) => {
        webhooks.loseNext(body.count);
        return done;
      },
    );
    control.post<{ Body: { count: number } }>(
      "/webhooks/duplicate",
      { schema: { body: controlSchemas.duplication } },
      ({ body }) => {
        webhooks.duplicateNext(body.count);
        return done;
      },
    );
    control.post<WithId>("/webhooks/events/:id/resend", async ({ params }) => {
      webhooks.resend(params.id);
      await webhooks.idle();
      return done;
    });

    addBillingControls(control, controls.billing);

    control.get("/state", () => ({
      now: controls.now().toISOString(),
      balance: controls.balance(),
      accounts: controls.accounts(),
      transfers: controls.transfers(),
      reversals: controls.reversals(),
      payouts: controls.payouts(),
    }));
    control.get("/events", () => controls.events());
    control.get("/requests", () => controls.requests());
    control.get("/webhooks/attempts", () => webhooks.attempts());
  }, route);
}

/** What the schema lets through has the fields of its kind, but for two that are asked for here. */
function readFault(body: Fault & FaultOptions): Fault {
  const { kind } = body;
  if ((kind === "refuse" || kind === "replay_refusal") && body.code === undefined) throw missing("code");
  if (kind === "latency" && body.delayMs === undefined) throw missing("delayMs");
  return body;
}

function readMove({ status, failureCode }: { status: string; failureCode?: string }): PayoutMove {
  if (status === "in_transit" || status === "paid" || status === "canceled") return status;
  return { failed: failureCode ?? "could_not_process" };
}

const missing = (name: string): ApiError =>
  new ApiError(400, { type: "invalid_request_error", message: `Missing: ${name}`, param: name });
