import { dateInZone } from "../kernel/calendar.ts";
import { hasCode } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope, systemContext } from "../platform/context.ts";
import { createSubOperator, domainHolder } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { defaultTiers, type RevenueMode } from "../programs/index.ts";
import { agreeShare } from "./agree-share.ts";
import { actOn } from "./change-sub-operator.ts";
import { takeTurns } from "./domain-repository.ts";
import { subOperatorErrors } from "./sub-operator-errors.ts";
import { subOperatorNews } from "./sub-operator-events.ts";
import { type LimitsView, readLimits, tiersWithin } from "./sub-operator-limits.ts";
import {
  type FirstAdmin,
  findFirstAdmin,
  findSubOperator,
  findSubOperatorOf,
  insertSubOperator,
} from "./sub-operator-repository.ts";
import { hostOf, mayAct } from "./sub-operator-rules.ts";
import { type SubOperatorView, subOperatorViews } from "./sub-operator-view.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

export type CreateSubOperator = {
  readonly partnerId: string;
  readonly name: string;
  /** Where its portal and its links answer. */
  readonly host: string;
  /** Its programme's; the parent's when not given. */
  readonly currency?: string;
  /** Who is invited as its first admin. */
  readonly admin: FirstAdmin;
  readonly limits: LimitsView;
  /** As the partner's terms have it when not given. */
  readonly mode?: RevenueMode;
  /** What the sub-operator keeps of its sales in mode `share`, a decimal fraction; as the partner's terms have it when not given. */
  readonly revenueShare?: number;
  /** From which day on it is invoiced the fees of its terms; none without. */
  readonly fees?: {
    readonly startsOn: string;
    readonly supportFrom: string | null;
    readonly maySetOff: boolean;
    readonly dueDays: number;
  };
};

export const OPEN_JOB = "whitelabel.open_sub_operator";

export type OpenSubOperator = { readonly id: string; readonly currency: string };

/**
 * Makes an active partner of the third tier a sub-operator: a tenant of its own under this one, with limits, a contract and, where they are agreed on, fees.
 * Its programme and its first admin are made by a job behind this. Throws `sub_operator.partner_unfit`, `.exists`, `.host_taken`, `.nested`, `partner.not_found`.
 */
export const createWhiteLabelPartner =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, input: CreateSubOperator): Promise<SubOperatorView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "sub_operators:write");
      const { partnerId, name, admin, fees } = input;
      const limits = readLimits(input.limits);
      const host = hostOf(input.host);
      if (host === undefined) throw subOperatorErrors.host_invalid({ field: "host" });
      // Who is about to be served on it waits, or is seen here.
      await takeTurns(tx, host);
      // A host of a tenant's goes before a domain that another has proven: nobody is to lose theirs by it.
      if (host === new URL(deps.publicUrl).hostname || (await domainHolder(tx, host)) !== undefined)
        throw subOperatorErrors.host_taken({ field: "host" });
      const program = await deps.programs.getProgram(tx);
      // A month is charged under the terms in force as it begins: a contract of today is none of those at its midnight.
      if (fees !== undefined && fees.startsOn <= dateInZone(ctx.now, program.timeZone))
        throw subOperatorErrors.fees_too_early({ field: "fees.startsOn" });
      const currency = input.currency ?? program.currency;
      if (!(limits.currencies?.includes(currency) ?? true))
        throw subOperatorErrors.currency_not_allowed({ field: "currency", allowed: limits.currencies });
      const partner = await deps.partners.getPartner(tx, partnerId);
      if (partner.status !== "active" || partner.tier !== "tier3")
        throw subOperatorErrors.partner_unfit({ status: partner.status, tier: partner.tier });
      if ((await findSubOperatorOf(tx, partnerId)) !== undefined) throw subOperatorErrors.exists();

      const id = newId();
      const outcome = await createSubOperator(tx, { id, name, host, limits });
      if (outcome === "nested") throw subOperatorErrors.nested();
      if (outcome === "host_taken") throw subOperatorErrors.host_taken({ field: "host" });
      const made = await insertSubOperator(tx, { id, partnerId, name, host, limits }, admin);
      if (made === undefined) throw subOperatorErrors.exists();
      await agreeShare(deps, tx, made, {
        ...(input.mode === undefined ? {} : { mode: input.mode }),
        ...(input.revenueShare === undefined ? {} : { revenueShare: input.revenueShare }),
        effectiveFrom: ctx.now,
        reason: "The first contract",
      });
      if (fees !== undefined) await deps.fees.agreeInside(tx, { partnerId, endsOn: null, ...fees });
      await enqueue(tx, OPEN_JOB, { id, currency } satisfies OpenSubOperator, { key: `open:${id}` });
      await deps.audit.record(tx, "sub_operator.created", { targetType: "sub_operator", targetId: id, after: made });
      await deps.outbox.publish(tx, [subOperatorNews("sub_operator.created", made)]);
      const [view] = await subOperatorViews(deps, tx, [made]);
      return view as SubOperatorView;
    });

/**
 * The work behind: the sub-operator's programme, under the default plan with its rates cut to what is allowed, and the invitation of its first admin.
 * Each step finds what an earlier attempt has made.
 */
export const openSubOperator =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, { id, currency }: OpenSubOperator): Promise<void> => {
    const { found, admin } = await deps.db.read(ctx, async (tx) => ({
      found: await findSubOperator(tx, id),
      admin: await findFirstAdmin(tx, id),
    }));
    if (found === undefined || admin === undefined || !mayAct(found.status, "open")) return;
    const inside = systemContext({ tenantId: id, job: OPEN_JOB, now: ctx.now, requestId: ctx.requestId });
    const tiers = tiersWithin(defaultTiers(currency), found.limits);
    await unless("program.exists", () =>
      deps.db.transaction(inside, (tx) => deps.programs.createProgram(tx, { name: found.name, currency, tiers })),
    );
    await unless("user.email_taken", () => deps.people.inviteUser(inside, { ...admin, role: "admin" }));
    await actOn(deps, ctx, { id, act: "open", reason: null });
  };

async function unless(code: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!hasCode(error, code)) throw error;
  }
}
