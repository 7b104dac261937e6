import type { FastifyInstance } from "fastify";
import { billingSchemas } from "../control-schema.ts";
import type { Billing, Price } from "./billing.ts";

type Bodies = {
  readonly createCustomer: { readonly email?: string; readonly metadata?: Record<string, string> };
  readonly subscribe: {
    readonly customer: string;
    readonly currency: string;
    readonly price: Price;
    readonly metadata?: Record<string, string>;
  };
  readonly renew: { readonly id: string; readonly price?: Price };
  readonly cancel: { readonly id: string };
  readonly refund: { readonly id: string; readonly amount?: number; readonly isPending?: boolean };
  readonly settleRefund: { readonly id: string; readonly outcome: "succeeded" | "failed" };
  readonly dispute: { readonly id: string; readonly amount?: number; readonly isInquiry?: boolean };
  readonly escalate: { readonly id: string };
  readonly closeDispute: { readonly id: string; readonly outcome: "won" | "lost" | "warning_closed" };
};

/** What customers do with their subscriptions, each act by its name. */
export function addBillingControls(control: FastifyInstance, billing: Billing): void {
  const acts: { readonly [Act in keyof Bodies]: (body: Bodies[Act]) => object } = {
    createCustomer: (body) => billing.createCustomer(body),
    subscribe: (body) => billing.subscribe(body),
    renew: ({ id, price }) => billing.renew(id, price),
    cancel: ({ id }) => billing.cancel(id),
    refund: ({ id, ...options }) => billing.refund(id, options),
    settleRefund: ({ id, outcome }) => billing.settleRefund(id, outcome),
    dispute: ({ id, ...options }) => billing.dispute(id, options),
    escalate: ({ id }) => billing.escalate(id),
    closeDispute: ({ id, outcome }) => billing.closeDispute(id, outcome),
  };
  for (const [name, act] of Object.entries(acts)) {
    const schema = { body: billingSchemas[name as keyof Bodies] };
    control.post(`/billing/${name}`, { schema }, ({ body }) => act(body as never));
  }
}
