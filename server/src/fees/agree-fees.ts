import type { CalendarDate } from "../kernel/calendar.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, selectPage, type Tx } from "../platform/database/index.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { feeErrors } from "./fee-errors.ts";
import { agreementEvent, usageEvent } from "./fee-events.ts";
import {
  type AgreementRow,
  insertUsage,
  lockAgreement,
  selectAgreements,
  type UsageRow,
  upsertAgreement,
} from "./fee-repository.ts";

export type AgreeFees = {
  readonly partnerId: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate | null;
  readonly supportFrom: CalendarDate | null;
  readonly maySetOff: boolean;
  readonly dueDays: number;
};

export type AgreementView = AgreeFees & { readonly nextOn: CalendarDate };

const view = (row: AgreementRow): AgreementView => ({
  partnerId: row.partner_id,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  supportFrom: row.support_from,
  maySetOff: row.may_set_off,
  dueDays: row.due_days,
  nextOn: row.next_on,
});

/** From its first day on the partner is invoiced the fees of its terms. Sets all of the agreement; its first day stays once a month was invoiced. */
export const agreeFees =
  (deps: FeeDeps) =>
  (ctx: Ctx, input: AgreeFees): Promise<AgreementView> =>
    deps.db.transaction(ctx, (tx) => agreeInside(deps)(tx, input));

/** The same inside a transaction of the caller's. */
export const agreeInside =
  (deps: FeeDeps) =>
  async (tx: Tx, input: AgreeFees): Promise<AgreementView> => {
    requireScope(tx.ctx, "fees:write");
    if (input.endsOn !== null && input.endsOn <= input.startsOn) throw feeErrors.dates_invalid({ field: "endsOn" });
    await deps.partners.getPartner(tx, input.partnerId);
    const before = await lockAgreement(tx, input.partnerId);
    const hasBegun = before !== undefined && before.next_on !== before.starts_on;
    if (hasBegun && before.starts_on !== input.startsOn)
      throw feeErrors.already_started({ field: "startsOn", startsOn: before.starts_on });
    const after: AgreementRow = {
      partner_id: input.partnerId,
      starts_on: input.startsOn,
      ends_on: input.endsOn,
      next_on: hasBegun ? before.next_on : input.startsOn,
      support_from: input.supportFrom,
      may_set_off: input.maySetOff,
      due_days: input.dueDays,
    };
    await upsertAgreement(tx, after);
    await deps.audit.record(tx, "fee.agreed", {
      targetType: "partner",
      targetId: input.partnerId,
      ...(before && { before }),
      after,
    });
    await deps.outbox.publish(tx, [agreementEvent(after)]);
    return view(after);
  };

/** What was agreed with whom. */
export const findFeeAgreements =
  (deps: FeeDeps) =>
  (ctx: Ctx, page: PageRequest): Promise<Page<AgreementView>> => {
    requireScope(ctx, "fees:read");
    return deps.db.read(ctx, async (tx) => {
      const found = await selectPage(selectAgreements(tx).select("partner_id as id"), page, {
        sorts: { nextOn: { column: "next_on", type: "date" } },
        defaultSort: "nextOn",
        idColumn: "partner_id",
      });
      return { data: found.data.map(view), nextCursor: found.nextCursor };
    });
  };

export type RecordUsage = { readonly partnerId: string; readonly reference: string; readonly quantity: number };

/** Card products that a partner has had made: charged with the next month. The same reference told twice is one. */
export const recordCardUsage =
  (deps: FeeDeps) =>
  (
    ctx: Ctx,
    input: RecordUsage,
  ): Promise<{ readonly id: string; readonly reference: string; readonly quantity: number }> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      await deps.partners.getPartner(tx, input.partnerId);
      if ((await lockAgreement(tx, input.partnerId)) === undefined) throw feeErrors.no_agreement();
      return writeUsage(deps, tx, input);
    });

/** Joins a transaction: charges a card product that was made, where fees are agreed on; nobody without an agreement is charged. */
export const chargeCardProduct =
  (deps: FeeDeps) =>
  async (tx: Tx, input: Omit<RecordUsage, "quantity">): Promise<void> => {
    if ((await lockAgreement(tx, input.partnerId)) === undefined) return;
    await writeUsage(deps, tx, { ...input, quantity: 1 });
  };

async function writeUsage(deps: FeeDeps, tx: Tx, input: RecordUsage): Promise<UsageRow> {
  const { row, isNew } = await insertUsage(tx, input);
  if (row.quantity !== input.quantity) throw feeErrors.usage_differs({ quantity: row.quantity });
  if (isNew) {
    await deps.audit.record(tx, "fee.usage_recorded", { targetType: "partner", targetId: input.partnerId, after: row });
    await deps.outbox.publish(tx, [usageEvent(row, input.partnerId)]);
  }
  return row;
}
