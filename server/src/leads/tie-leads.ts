import type { Ctx } from "../platform/context.ts";
import type { OutboxRow, ReadTx, Tx } from "../platform/database/index.ts";
import { mailboxOf, type Referral } from "../referrals/index.ts";
import { findClaimants, isAnythingHeld } from "./claim-repository.ts";
import { insertEntries } from "./entry-repository.ts";
import { findKnownCustomers, keysOf } from "./find-known-customers.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { leadEvent } from "./lead-events.ts";
import { companyDomain, domainsAbove } from "./lead-keys.ts";
import { findLead, findTiedTo, type Lead, lockLead, updateLead } from "./lead-repository.ts";
import { isHeld, isSettled, type LeadSettings, protectedUntil } from "./lead-rules.ts";
import { readSettings } from "./settings-repository.ts";

const CONVERSIONS: readonly string[] = ["referral.converted", "referral.reattributed"];

type Pair = { readonly leadId: string; readonly referral: Referral };

/**
 * Customers were tied to partners, or deals registered: where a customer is that of a deal, the deal is told. Through the deal's own partner it
 * is won; through another it is shown to the operator, who alone may give the customer over: a lead never decides whose a customer is
 * (docs/adr/0034). Both sides are heard after they have committed, so whichever came first, the other one sees it. Safe to tell twice.
 */
export const tieLeads =
  (deps: LeadDeps) =>
  async (ctx: Ctx, events: readonly OutboxRow[]): Promise<void> => {
    const idsOf = (isAsked: (type: string) => boolean): string[] =>
      events.filter(({ type }) => isAsked(type)).map(({ object_id }) => object_id);
    const referralIds = idsOf((type) => CONVERSIONS.includes(type));
    const leadIds = idsOf((type) => type === "lead.registered");
    if (referralIds.length + leadIds.length === 0) return;
    const pairs = await deps.db.read(ctx, async (tx) =>
      (await isAnythingHeld(tx))
        ? [...(await leadsOfReferrals(deps, tx, referralIds)), ...(await referralsOfLeads(deps, tx, leadIds))]
        : [],
    );
    for (const pair of pairs) await deps.db.transaction(ctx, (tx) => tie(deps, tx, pair));
  };

/** The leads that customers belong to: the one that a re-attributed referral was tied to, or the one that holds the address or the nearest domain. */
async function leadsOfReferrals(deps: LeadDeps, tx: ReadTx, referralIds: readonly string[]): Promise<Pair[]> {
  const referrals = [...(await deps.referrals.findReferrals(tx, [...new Set(referralIds)])).values()].filter(counts);
  const customerIds = referrals.flatMap(({ referredUserId }) => referredUserId ?? []);
  const customers = await deps.customers.findCustomers(tx, customerIds);
  const known = referrals.map((referral) => {
    const email = customers.get(referral.referredUserId ?? "")?.email ?? null;
    const domain = email === null ? null : companyDomain(email);
    return {
      referral,
      email: email === null ? null : mailboxOf(email),
      domains: domain === null ? [] : domainsAbove(domain),
    };
  });
  const claimants = await findClaimants(tx, {
    emails: known.flatMap(({ email }) => email ?? []),
    domains: known.flatMap(({ domains }) => domains),
  });
  const tied = await findTiedTo(
    tx,
    referrals.flatMap(({ reattributedFrom }) => reattributedFrom ?? []),
  );
  return known.flatMap(({ referral, email, domains }) => {
    const [leadId] = [
      tied.get(referral.reattributedFrom ?? ""),
      claimants.get(`email ${email}`),
      ...domains.map((domain) => claimants.get(`domain ${domain}`)),
    ].filter((id) => id !== undefined);
    return leadId === undefined ? [] : [{ leadId, referral }];
  });
}

/** Customers who came while a deal was being registered: neither saw the other then. */
async function referralsOfLeads(deps: LeadDeps, tx: ReadTx, leadIds: readonly string[]): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const leadId of leadIds) {
    const lead = await findLead(tx, leadId);
    if (lead === undefined || !isHeld(lead.status)) continue;
    const known = await findKnownCustomers(deps, tx, keysOf(lead));
    const ids = known.flatMap(({ referralId }) => referralId ?? []);
    const referrals = [...(await deps.referrals.findReferrals(tx, ids)).values()].filter(counts);
    pairs.push(...referrals.map((referral) => ({ leadId, referral })));
  }
  return pairs;
}

/** Of a re-attribution the half that ended is told as well; and what was rejected meanwhile wins nothing. */
const counts = ({ reattributedAt, status }: Referral): boolean => reattributedAt === null && status !== "rejected";

async function tie(deps: LeadDeps, tx: Tx, { leadId, referral }: Pair): Promise<void> {
  const lead = await lockLead(tx, leadId);
  if (lead === undefined || lead.referralId === referral.id) return;
  const tied = tiedLead(lead, referral, { now: tx.ctx.now, settings: await readSettings(tx) });
  if (tied === undefined) return;
  await updateLead(tx, tied);
  const hasWon = tied.status === "won" && lead.status !== "won";
  await insertEntries(tx, [
    hasWon ? { leadId, kind: "status", status: "won", author: "program" } : { leadId, kind: "tie", author: "program" },
  ]);
  const news = tied.tie === "own" ? "lead.won" : "lead.converted_elsewhere";
  await deps.audit.record(tx, news, {
    targetType: "lead",
    targetId: leadId,
    before: { status: lead.status, referralId: lead.referralId },
    after: { status: tied.status, referralId: tied.referralId, tie: tied.tie },
  });
  await deps.outbox.publish(tx, [leadEvent(news, tied)]);
}

/** A lead once a customer of it has come; undefined where that changes nothing. */
function tiedLead(
  lead: Lead,
  referral: Referral,
  { now, settings }: { readonly now: Date; readonly settings: LeadSettings },
): Lead | undefined {
  const isOwn = lead.partnerId === referral.partnerId;
  // The customer that it was tied to has gone to another partner, or has come from one.
  const isMoved = lead.referralId !== null && lead.referralId === referral.reattributedFrom;
  // A second customer of the company takes nothing from a deal that has its own, and one elsewhere is told of once.
  const isNews = isHeld(lead.status) && !isSettled(lead) && (isOwn || lead.tie === null);
  if (!isMoved && !isNews) return undefined;
  const tied: Lead = {
    ...lead,
    tie: isOwn ? "own" : "elsewhere",
    referralId: referral.id,
    tiedAt: now,
    updatedAt: now,
  };
  if (!isHeld(lead.status)) return tied;
  if (isOwn) return { ...tied, status: "won", endsAt: null };
  // Its customer was taken from it: it is protected once more, and no longer for good.
  return { ...tied, endsAt: lead.endsAt ?? protectedUntil(now, settings) };
}
