import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Lead } from "./lead-repository.ts";

export type LeadEventType =
  | "lead.registered"
  | "lead.accepted"
  | "lead.declined"
  | "lead.advanced"
  | "lead.renewed"
  | "lead.expiring"
  | "lead.expired"
  | "lead.lost"
  | "lead.won"
  | "lead.converted_elsewhere";

/** News of a lead, as its partner and the operator may both see it: nothing in it says which company it is, or whom the deal met. */
export const leadEvent = (type: LeadEventType, lead: Lead): DomainEvent => ({
  type,
  objectType: "lead",
  objectId: lead.id,
  data: {
    id: lead.id,
    partnerId: lead.partnerId,
    status: lead.status,
    endsAt: lead.endsAt,
    renewals: lead.renewals,
    expectedValue: lead.expectedValue,
    currency: lead.currency,
    tie: lead.tie,
    referralId: lead.tie === "own" ? lead.referralId : null,
    registeredAt: lead.registeredAt,
  },
});
