import { REFUSAL_CODES } from "./api-error.ts";
import { TEST_BANK_NAMES } from "./bank-accounts.ts";
import { FAULT_KINDS } from "./faults.ts";
import { STANDING_NAMES } from "./standings.ts";

const object = (properties: Record<string, object>, required: readonly string[] = []) =>
  ({ type: "object", properties, required, additionalProperties: false }) as const;

const count = object({ count: { type: "integer", minimum: 0 } }, ["count"]);

const text = { type: "string", minLength: 1 } as const;
const minor = { type: "integer", minimum: 0 } as const;
const flag = { type: "boolean" } as const;
const metadata = { type: "object", additionalProperties: { type: "string" } } as const;
const price = object({ subtotal: minor, discount: minor, tax: minor, credit: minor }, ["subtotal"]);

/** Bodies of what customers do with subscriptions, by act. `id` is of what it is done to. */
export const billingSchemas = {
  createCustomer: object({ email: text, metadata }),
  subscribe: object({ customer: text, currency: { type: "string", pattern: "^[a-z]{3}$" }, price, metadata }, [
    "customer",
    "currency",
    "price",
  ]),
  renew: object({ id: text, price }, ["id"]),
  cancel: object({ id: text }, ["id"]),
  refund: object({ id: text, amount: { type: "integer", minimum: 1 }, isPending: flag }, ["id"]),
  settleRefund: object({ id: text, outcome: { enum: ["succeeded", "failed"] } }, ["id", "outcome"]),
  dispute: object({ id: text, amount: { type: "integer", minimum: 1 }, isInquiry: flag }, ["id"]),
  escalate: object({ id: text }, ["id"]),
  closeDispute: object({ id: text, outcome: { enum: ["won", "lost", "warning_closed"] } }, ["id", "outcome"]),
} as const;

/** Bodies of the control endpoints, as JSON Schema. */
export const controlSchemas = {
  fault: object(
    {
      kind: { enum: FAULT_KINDS },
      code: { enum: REFUSAL_CODES },
      delayMs: { type: "integer", minimum: 0, maximum: 600_000 },
      on: { type: "string", pattern: "^(GET|POST|DELETE) " },
      times: { type: "integer", minimum: 1 },
    },
    ["kind"],
  ),
  funds: object({ amount: { type: "integer", minimum: 1 }, currency: { type: "string", pattern: "^[a-z]{3}$" } }, [
    "amount",
    "currency",
  ]),
  clock: object({ moveTo: { type: "string", format: "date-time" }, advanceMs: { type: "integer", minimum: 0 } }),
  standing: object({ standing: { enum: STANDING_NAMES }, bank: { enum: TEST_BANK_NAMES } }, ["standing"]),
  payout: object({ status: { enum: ["in_transit", "paid", "canceled", "failed"] }, failureCode: { type: "string" } }, [
    "status",
  ]),
  release: object({ order: { enum: ["as published", "reversed"] } }),
  loss: count,
  duplication: count,
  endpoint: object(
    {
      url: { type: "string", format: "uri" },
      connect: { type: "boolean" },
      enabledEvents: { type: "array", items: { type: "string" } },
      secret: { type: "string", pattern: "^whsec_" },
    },
    ["url"],
  ),
} as const;
