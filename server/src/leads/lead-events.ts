import { derivedId } from "../kernel/id.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Lead } from "./lead-repository.ts";
import type { LeadSettings } from "./lead-rules.ts";

export type LeadEventType =
  | "lead.registered"
  | "lead.accepted"
  | "lead.declined"
  | "lead.advanced"
  | "lead.renewed"
  | "lead.noted"
  | "lead.noted_inside"
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

/** News of for how long and how often deals are protected. */
export const leadSettingsEvent = (tenantId: string, settings: LeadSettings): DomainEvent => ({
  type: "lead_settings.changed",
  objectType: "lead_settings",
  objectId: derivedId("lead_settings", tenantId),
  data: settings,
});
