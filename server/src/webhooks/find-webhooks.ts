import type { Ctx } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import { type Header, readHeaders } from "./answer-headers.ts";
import { bodyFor } from "./body-for.ts";
import { requireReadable } from "./create-endpoint.ts";
import {
  type Attempt,
  type Delivery,
  type DeliveryFilter,
  findAttempts,
  findDeliveries,
  findDelivery,
} from "./delivery-repository.ts";
import { requireOwner } from "./endpoint-owner.ts";
import { type Endpoint, findEndpoint, findEndpoints } from "./endpoint-repository.ts";
import { headersOf } from "./sign-message.ts";
import type { WebhookDeps } from "./webhook-deps.ts";
import { webhookErrors } from "./webhook-errors.ts";

/** Attempts that are shown with a delivery; it has no more until it is replayed. */
const ATTEMPTS_SHOWN = 50;

/** The caller's own endpoints. */
export const listEndpoints =
  ({ db }: WebhookDeps) =>
  (ctx: Ctx, page: PageRequest): Promise<Page<Endpoint>> =>
    db.read(ctx, (tx) => findEndpoints(tx, { partnerId: requireOwner(ctx, "read"), page }));

/** One of them; another's is not found. */
export const getEndpoint =
  ({ db }: WebhookDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<Endpoint> =>
    db.read(ctx, async (tx) => {
      const endpoint = await findEndpoint(tx, { id, partnerId: requireOwner(ctx, "read") });
      if (endpoint === undefined) throw webhookErrors.endpoint_not_found();
      return endpoint;
    });

/** Deliveries to the caller's own endpoints. */
export const listDeliveries =
  ({ db }: WebhookDeps) =>
  (
    ctx: Ctx,
    { filter, page }: { readonly filter: DeliveryFilter; readonly page: PageRequest },
  ): Promise<Page<Delivery>> =>
    db.read(ctx, (tx) => findDeliveries(tx, { partnerId: requireOwner(ctx, "read"), filter, page }));

/** An attempt as its owner sees it. */
export type LoggedAttempt = Omit<Attempt, "signature" | "responseHeaders"> & {
  readonly requestHeaders: Header[] | null;
  readonly responseHeaders: Header[] | null;
};

export type DeliveryDetail = Delivery & { readonly body: string; readonly log: LoggedAttempt[] };

/** The headers of a request are made again, as they were. */
const asLogged =
  (id: string) =>
  ({ signature, responseHeaders, ...attempt }: Attempt): LoggedAttempt => ({
    ...attempt,
    requestHeaders:
      signature === null
        ? null
        : Object.entries(headersOf({ id, sentAt: attempt.startedAt, signature })).map(([name, value]) => ({
            name,
            value,
          })),
    responseHeaders: responseHeaders === null ? null : readHeaders(responseHeaders),
  });

/** One of them, with what was sent and each attempt's answer. */
export const getDelivery =
  ({ db }: WebhookDeps) =>
  (ctx: Ctx, { id }: { readonly id: string }): Promise<DeliveryDetail> =>
    db.read(ctx, async (tx) => {
      const partnerId = requireOwner(ctx, "read");
      const delivery = await findDelivery(tx, { id, partnerId });
      if (delivery === undefined) throw webhookErrors.delivery_not_found();
      requireReadable(ctx, partnerId, [delivery.eventType]);
      const log = (await findAttempts(tx, id, ATTEMPTS_SHOWN)).map(asLogged(delivery.eventId));
      return { ...delivery, body: bodyFor(partnerId, delivery.body), log };
    });
