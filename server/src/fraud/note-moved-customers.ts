import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { addCasePartners } from "./case-partner-repository.ts";
import { findCaseOf } from "./case-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";

/** Inside listener of `referral.reattributed`: whoever has the customer now waits by its open case, and may say what speaks for it. */
export const noteMovedCustomers =
  ({ referrals }: Pick<FraudDeps, "referrals">) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    for (const { objectId: referralId, data } of events) {
      // The former referral is told of in the same breath.
      const { partnerId, reattributedAt } = data as { readonly partnerId: string; readonly reattributedAt: unknown };
      if (reattributedAt !== null) continue;
      const family = await referrals.findFamily(tx, referralId);
      const found = await findCaseOf(
        tx,
        family.map(({ id }) => id),
      );
      if (found === undefined || found.settledAt !== null) continue;
      await addCasePartners(tx, found.id, [{ partnerId, referralId }]);
    }
  };
