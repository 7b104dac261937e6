import { isCurrency } from "../kernel/currency.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { requireAllowed } from "../platform/rate-limit/index.ts";
import { findHolders, insertClaims, takeTurns } from "./claim-repository.ts";
import { insertEntries } from "./entry-repository.ts";
import { findKnownCustomers } from "./find-known-customers.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { leadErrors } from "./lead-errors.ts";
import { leadEvent } from "./lead-events.ts";
import { type DealKeys, dealKeys } from "./lead-keys.ts";
import { findLead, insertLead, type Lead } from "./lead-repository.ts";
import { decideRegistration, type LeadSettings, protectedUntil, type RegistrationOutcome } from "./lead-rules.ts";
import { type PartnerLead, partnerView } from "./lead-view.ts";
import { readSettings } from "./settings-repository.ts";

/** A deal as its partner describes it. `expectedValue` is in minor units of `currency`. */
export type NewLead = {
  readonly company: string;
  readonly domain?: string | undefined;
  readonly contactName?: string | undefined;
  readonly contactEmail: string;
  readonly expectedValue?: number | undefined;
  readonly currency?: string | undefined;
  readonly note?: string | undefined;
};

/** What a partner is told at once. Whom a conflict is with, and whether it is a deal or a customer, is not told. */
export type Registered = {
  readonly outcome: RegistrationOutcome["outcome"];
  /** Null where the deal's customer is the partner's already: nothing has to be held. */
  readonly lead: PartnerLead | null;
};

/**
 * A partner registers a deal. What is free is held for it from now on; what is another's or a customer's is kept for the operator to look at,
 * and holds nothing; what is its own already is shown, and stays as it is. Of two partners who do it at once one holds it.
 */
export const registerLead =
  (deps: LeadDeps) =>
  async (ctx: Ctx, input: NewLead): Promise<Registered> => {
    requireScope(ctx, "own:leads:write");
    const partnerId = requirePartner(ctx);
    const keys = dealKeys(input);
    const value = readValue(input);
    requireAllowed(await deps.limits.consume("lead_registrations", `${ctx.tenantId}:${partnerId}`));
    return deps.db.transaction(ctx, async (tx) => {
      await deps.partners.requireFeature(tx, partnerId, "leads");
      if ((await deps.partners.getPartner(tx, partnerId)).status !== "active") throw leadErrors.partner_inactive();
      await takeTurns(tx, keys);
      const decision = decideRegistration(partnerId, {
        holders: await findHolders(tx, keys),
        customers: await findKnownCustomers(deps, tx, keys, input.contactEmail),
      });
      if (decision.outcome === "yours") {
        const own = decision.leadId === null ? undefined : await findLead(tx, decision.leadId);
        return { outcome: decision.outcome, lead: own === undefined ? null : partnerView(own) };
      }
      const lead = leadFrom(tx, { partnerId, input, keys, value, decision, settings: await readSettings(tx) });
      await keep(deps, tx, lead, { keys, note: input.note });
      return { outcome: decision.outcome, lead: partnerView(lead) };
    });
  };

/** An expected value with its currency, or neither. */
export function readValue(
  input: Pick<NewLead, "expectedValue" | "currency">,
): Pick<Lead, "expectedValue" | "currency"> {
  const { expectedValue, currency } = input;
  if ((expectedValue === undefined) !== (currency === undefined))
    throw leadErrors.value_incomplete({ field: expectedValue === undefined ? "expectedValue" : "currency" });
  if (expectedValue === undefined || currency === undefined) return { expectedValue: null, currency: null };
  if (!isCurrency(currency)) throw leadErrors.currency_unknown({ field: "currency" });
  return { expectedValue: BigInt(expectedValue), currency };
}

type Registering = {
  readonly partnerId: string;
  readonly input: NewLead;
  readonly keys: DealKeys;
  readonly value: Pick<Lead, "expectedValue" | "currency">;
  readonly decision: Exclude<RegistrationOutcome, { outcome: "yours" }>;
  readonly settings: LeadSettings;
};

function leadFrom(tx: Tx, { partnerId, input, keys, value, decision, settings }: Registering): Lead {
  const { now } = tx.ctx;
  const isFree = decision.outcome === "free";
  const isAccepted = isFree && settings.acceptsAtOnce;
  return {
    id: newId(),
    partnerId,
    company: input.company,
    domain: keys.domain,
    contactName: input.contactName ?? null,
    contactEmail: input.contactEmail.trim().toLowerCase(),
    ...value,
    status: isAccepted ? "accepted" : isFree ? "submitted" : "conflict",
    endsAt: protectedUntil(now, settings),
    renewals: 0,
    remindedAt: null,
    conflict: decision.outcome === "free" ? null : { kind: decision.kind, leadId: decision.leadId },
    tie: null,
    referralId: null,
    tiedAt: null,
    registeredAt: now,
    decidedAt: isAccepted ? now : null,
    updatedAt: now,
    closedAt: null,
  };
}

async function keep(
  deps: LeadDeps,
  tx: Tx,
  lead: Lead,
  { keys, note }: { readonly keys: DealKeys; readonly note: string | undefined },
): Promise<void> {
  await insertLead(tx, lead);
  if (lead.status !== "conflict") await insertClaims(tx, lead.id, keys);
  await insertEntries(tx, [
    { leadId: lead.id, kind: "status", status: lead.status, author: "partner", body: note ?? null },
  ]);
  await deps.audit.record(tx, "lead.registered", {
    targetType: "lead",
    targetId: lead.id,
    after: { partnerId: lead.partnerId, status: lead.status, endsAt: lead.endsAt, conflict: lead.conflict },
  });
  await deps.outbox.publish(tx, [
    leadEvent("lead.registered", lead),
    ...(lead.status === "accepted" ? [leadEvent("lead.accepted", lead)] : []),
  ]);
}
