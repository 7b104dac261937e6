import type { Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";

/** What an operator has done to a partner's money, or asks it: notices write to the partner of each (`notices/notice-catalogue.ts`). */
export const PARTNER_NOTICES = [
  "dispute_resolved",
  "dispute_question",
  "dispute_message",
  "dispute_reminder",
  "commission_cancelled",
  "commission_granted",
  "debt_written_off",
] as const;

export type PartnerNotice = {
  readonly partnerId: string;
  readonly notice: (typeof PARTNER_NOTICES)[number];
  /** The dispute or the commission that it is about; none of a debt. */
  readonly subject?: string;
  /** Minor units. Absent where no amount is known. */
  readonly amount?: bigint;
  readonly currency?: string;
} & (
  | { /** What somebody wrote. */ readonly reason: string; readonly unansweredDays?: number | undefined }
  | { /** Until when an answer is due. */ readonly dueAt: Date }
);

/** Has the partner told after commit. The words stay inside: no webhook carries them, since they are for one person. */
export const tellPartner = (outbox: Outbox, tx: Tx, { partnerId, notice, ...rest }: PartnerNotice): Promise<void> =>
  outbox.publish(tx, [
    { type: `partner_notice.${notice}`, objectType: "partner", objectId: partnerId, data: { partnerId, ...rest } },
  ]);
