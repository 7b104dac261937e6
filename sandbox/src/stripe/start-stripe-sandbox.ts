import Fastify from "fastify";
import { runningClock, type SandboxClock } from "../clock.ts";
import { sendPage } from "../pages/page.ts";
import { openRecords } from "../records/record-store.ts";
import { guardHost } from "../servers/guard-host.ts";
import { listenOnLoopback } from "../servers/listen-on-loopback.ts";
import { createAgenda, type Task } from "./agenda.ts";
import { addApiRoutes, type SeenRequest } from "./api-routes.ts";
import { AUTOMATIC_PAYOUT, payOutAutomatically } from "./automatic-payouts.ts";
import { createBalances } from "./balances.ts";
import { createBilling } from "./billing/billing.ts";
import { addControlRoutes } from "./control-routes.ts";
import { recordEvent } from "./events.ts";
import { createFaults } from "./faults.ts";
import { createIdempotency } from "./idempotency.ts";
import { endVerification, VERIFICATION_DONE } from "./onboarding-page.ts";
import { addOnboardingRoutes } from "./onboarding-routes.ts";
import { overviewPage } from "./overview-page.ts";
import { PAYOUT_ARRIVE, PAYOUT_RETURN, PAYOUT_SUBMIT, progressPayout } from "./payout-lifecycle.ts";
import { createControls, type StripeControls } from "./stripe-controls.ts";
import { STRIPE_KINDS, type StripeKinds } from "./stripe-records.ts";
import type { Cause, StripeWorld } from "./stripe-world.ts";
import { createWebhookDelivery, WEBHOOK_RETRY } from "./webhook-delivery.ts";
import { addWebhookEndpoint, type WebhookEndpointInput } from "./webhook-endpoints.ts";

/** The version that the SDK of this workspace pins; a request that names another gets that one back. */
const API_VERSION = "2026-10-28.endive";
const REQUESTS_REMEMBERED = 10_000;

export type StripeSandboxOptions = {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The one key that is accepted. */
  readonly secretKey?: string;
  /** The machine's when not given. */
  readonly clock?: SandboxClock;
  /** Where the state is kept; in memory alone when not given. */
  readonly file?: string;
  readonly webhooks?: readonly WebhookEndpointInput[];
};

export type StripeSandbox = StripeControls & {
  readonly url: string;
  readonly port: number;
  readonly secretKey: string;
  /** For `new Stripe(secretKey, clientOptions)`. */
  readonly clientOptions: {
    readonly host: string;
    readonly port: number;
    readonly protocol: "http";
    readonly telemetry: false;
  };
  /** Stops it. Requests that are held or left in silence are cut off; what is held never acts. */
  close(): Promise<void>;
};

/** Starts a stand-in for Stripe Connect on 127.0.0.1, as the official SDK sees it. */
export async function startStripeSandbox(options: StripeSandboxOptions = {}): Promise<StripeSandbox> {
  const clock = options.clock ?? runningClock();
  const secretKey = options.secretKey ?? "sk_test_sandbox";
  const { records, atomically, close: closeRecords } = openRecords<StripeKinds>(STRIPE_KINDS, options.file);
  const agenda = createAgenda({ tasks: records.tasks, clock, run: (task) => runTask(task), atomically });
  let cause: Cause = null;
  let url = "";

  const world: StripeWorld = {
    records,
    balances: createBalances(records.entries),
    agenda,
    secretKey,
    baseUrl: () => url,
    now: () => agenda.now(),
    emit: (news) => delivery.publish(recordEvent(world, { news, cause, apiVersion: API_VERSION })),
  };
  const delivery = createWebhookDelivery(world);
  for (const endpoint of options.webhooks ?? []) addWebhookEndpoint(world, endpoint);

  function runTask({ kind, subject }: Task): void {
    if (kind === WEBHOOK_RETRY) delivery.attempt(subject);
    if (kind === VERIFICATION_DONE) endVerification(world, subject);
    if (kind === AUTOMATIC_PAYOUT) payOutAutomatically(world, subject);
    if (kind === PAYOUT_SUBMIT || kind === PAYOUT_ARRIVE || kind === PAYOUT_RETURN)
      progressPayout(world, kind, subject);
  }

  /** Operations are synchronous, so whatever is emitted until the work returns is the doing of this cause, and is kept as one. */
  function during<T>(because: Cause, work: () => T): T {
    cause = because;
    try {
      return atomically(work);
    } finally {
      cause = null;
    }
  }

  const faults = createFaults();
  const seen: SeenRequest[] = [];
  const saw = (request: SeenRequest): void => {
    seen.push(request);
    if (seen.length > REQUESTS_REMEMBERED) seen.shift();
  };
  const controls = createControls({ world, clock, faults, delivery, billing: createBilling(world, atomically), seen });

  const server = Fastify({ forceCloseConnections: true });
  guardHost(server);
  const idempotency = createIdempotency(records.answers);
  addApiRoutes(server, { world, faults, idempotency, during, apiVersion: API_VERSION, saw });
  addOnboardingRoutes(server, world);
  addControlRoutes(server, controls);
  server.get("/", (_request, reply) => sendPage(reply, overviewPage(world)));
  const stop = async (): Promise<void> => {
    agenda.close();
    await server.close();
    await delivery.close();
    closeRecords();
  };
  const listening = await listenOnLoopback(server, options.port ?? 0).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  url = listening.url;
  agenda.runDue();

  return {
    ...controls,
    ...listening,
    secretKey,
    clientOptions: { host: "127.0.0.1", port: listening.port, protocol: "http", telemetry: false },
    close: stop,
  };
}
