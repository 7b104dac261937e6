import { DAY_MS } from "../kernel/clock.ts";
import { hasCode } from "../kernel/errors.ts";
import { isId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { toWire } from "../platform/wire.ts";
import type { TouchOutcome } from "./attribution-rules.ts";
import { type Click, findClicks, findClicksOf } from "./click-repository.ts";
import type { Referral } from "./referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import {
  findFormerReferrals,
  findReferral,
  findReferralOfClick,
  findReferralsOfCustomers,
} from "./referral-repository.ts";
import type { Explanation } from "./referral-schema.ts";
import { viewForOperator, viewsForOperator } from "./referral-view.ts";

const TOUCHES_SHOWN_MAX = 100;
const PERIOD_SHOWN_MS = 366 * DAY_MS;

export type ExplainedSubject =
  | { readonly kind: "click"; readonly id: string }
  | { readonly kind: "customer"; readonly id: string }
  | { readonly kind: "transaction"; readonly id: string };

/** Says of a click, a customer or a transaction what the server saw, which rule chose, and what was missing. */
export const explainAttribution =
  (deps: ReferralDeps) =>
  (ctx: Ctx, subject: ExplainedSubject): Promise<Explanation> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "transactions:read");
      switch (subject.kind) {
        case "click":
          return explainClick(deps, tx, subject);
        case "customer":
          return explainCustomer(deps, tx, subject);
        case "transaction":
          return explainTransaction(deps, tx, subject);
      }
    });

/** The same for the modules above, in their transactions, also of a referral; undefined where nothing has that name. */
export const explainIn =
  (deps: ReferralDeps) =>
  async (tx: ReadTx, { kind, id }: ExplainedSubject | { readonly kind: "referral"; readonly id: string }) => {
    try {
      if ((kind === "referral" || kind === "click") && !isId(id)) return undefined;
      if (kind === "click") return await explainClick(deps, tx, { kind, id });
      if (kind === "customer") return await explainCustomer(deps, tx, { kind, id });
      if (kind === "transaction") return await explainTransaction(deps, tx, { kind, id });
      const referral = await findReferral(tx, id);
      return referral && (await explainReferral(deps, tx, { kind: "customer", id }, referral));
    } catch (error) {
      if (hasCode(error, "referral.not_found")) return undefined;
      throw error;
    }
  };

/** The same of whatever has this name: a click, else a customer, else a transaction. */
export const explain =
  (deps: ReferralDeps) =>
  async (ctx: Ctx, { of }: { readonly of: string }): Promise<Explanation> => {
    const kinds = isId(of) ? (["click", "customer", "transaction"] as const) : (["customer", "transaction"] as const);
    for (const kind of kinds) {
      try {
        return await explainAttribution(deps)(ctx, { kind, id: of });
      } catch (error) {
        if (!hasCode(error, "referral.not_found")) throw error;
      }
    }
    throw referralErrors.nothing_explained();
  };

async function explainClick(deps: ReferralDeps, tx: ReadTx, subject: ExplainedSubject): Promise<Explanation> {
  const [click] = await findClicks(tx, [subject.id]);
  if (click === undefined) throw referralErrors.not_found({ field: "clickId" });
  const referral = await findReferralOfClick(tx, click.id);
  if (referral?.referredUserId != null) return explainCustomerById(deps, tx, subject, referral.referredUserId);
  return {
    ...empty(subject),
    touches: [seenTouch(click), ...(await seenBeside(tx, [click]))],
    missing: [
      "No sign-up and no conversion was decided by this click: `convert` has not named it, or another touch outranked it",
    ],
  };
}

async function explainCustomer(deps: ReferralDeps, tx: ReadTx, subject: ExplainedSubject): Promise<Explanation> {
  const id = (await deps.customers.findCustomersByExternalIds(tx, [subject.id])).get(subject.id);
  if (id === undefined) throw referralErrors.not_found({ field: "customer" });
  return explainCustomerById(deps, tx, subject, id);
}

async function explainTransaction(deps: ReferralDeps, tx: ReadTx, subject: ExplainedSubject): Promise<Explanation> {
  const found = await deps.explainTransaction?.(tx, subject.id);
  if (found === undefined) throw referralErrors.not_found({ field: "transaction" });
  return {
    ...(await explainCustomerById(deps, tx, subject, found.customerId)),
    transaction: JSON.parse(toWire(found.explanation)) as unknown,
  };
}

async function explainCustomerById(
  deps: ReferralDeps,
  tx: ReadTx,
  subject: ExplainedSubject,
  customerId: string,
): Promise<Explanation> {
  const referral = (await findReferralsOfCustomers(tx, [customerId])).get(customerId);
  if (referral !== undefined) return explainReferral(deps, tx, subject, referral);
  const customer = (await deps.customers.findCustomers(tx, [customerId])).get(customerId);
  return {
    ...empty(subject),
    customer: { id: customerId, externalId: customer?.externalId ?? null },
    missing: ["Neither a sign-up nor a conversion was reported for this customer: it is nobody's"],
  };
}

/** A conversion is explained by what was recorded when it was decided: later clicks and changed settings do not rewrite it, nor does a re-attribution. */
async function explainReferral(
  deps: ReferralDeps,
  tx: ReadTx,
  subject: ExplainedSubject,
  referral: Referral,
): Promise<Explanation> {
  const view = await viewForOperator(deps, tx, referral);
  const former = await findFormerReferrals(tx, referral.referredUserId ?? "");
  const { decision } = (former[0] ?? referral).metadata;
  return {
    subject,
    customer: view.customerId === null ? null : { id: view.customerId, externalId: view.externalId },
    referral: view,
    model: decision?.model ?? null,
    rule: former.length > 0 ? "reattribution" : (decision?.rule ?? referral.source),
    touches: (decision?.touches ?? []).map((touch) => ({
      ...touch,
      at: new Date(touch.at),
      // Written by this module from a decision of its own.
      outcome: touch.outcome as TouchOutcome,
    })),
    former: await viewsForOperator(deps, tx, former),
    missing: missingOf(referral),
    transaction: null,
  };
}

/** What would have to happen for a referral to earn, or to earn more. */
function missingOf(referral: Referral): string[] {
  if (referral.status === "rejected") return [`It was rejected: ${referral.rejectionReason ?? "no reason was given"}`];
  const missing: string[] = [];
  if (referral.convertedAt === null) missing.push("The customer has signed up; `convert` has not been called");
  else if (referral.status === "converted") missing.push("No payment has qualified it");
  if (referral.verificationRequired && referral.verifiedAt === null)
    missing.push("The customer's e-mail is not verified: the signup bonus and the count of clients wait for that");
  return missing;
}

/** What the same visitor or device clicked on besides. */
async function seenBeside(tx: ReadTx, clicks: readonly Click[]) {
  const at = tx.ctx.now;
  const others = await findClicksOf(tx, {
    visitorIds: clicks.flatMap((click) => click.visitorId ?? []),
    deviceIds: clicks.flatMap((click) => click.deviceId ?? []),
    from: new Date(at.getTime() - PERIOD_SHOWN_MS),
    to: at,
    order: "last",
    limit: TOUCHES_SHOWN_MAX,
  });
  const named = new Set(clicks.map((click) => click.id));
  return others.filter((click) => !named.has(click.id)).map(seenTouch);
}

const seenTouch = (click: Click) => ({
  kind: "click",
  id: click.id,
  at: click.clickedAt,
  partnerId: click.partnerId,
  outcome: null,
});

const empty = (subject: ExplainedSubject): Explanation => ({
  subject,
  customer: null,
  referral: null,
  model: null,
  rule: null,
  touches: [],
  former: [],
  missing: [],
  transaction: null,
});
