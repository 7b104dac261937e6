import { hasCode } from "../kernel/errors.ts";
import type { Ctx } from "../platform/context.ts";
import type { RevenueDeps } from "./revenue-deps.ts";

const REASON = "A billing system told of something late: in the order of dates";

/**
 * Corrects a partner's earnings to what they are in the order of dates, by a re-assessment with its own entries: messages of billing systems
 * come late and out of order, and the books are to be the same. Where the order changed nothing, nothing is booked.
 */
export const putInOrder =
  ({ commissions }: Pick<RevenueDeps, "commissions">) =>
  async (ctx: Ctx, { partnerId }: { readonly partnerId: string }): Promise<void> => {
    const { fingerprint, differs } = await commissions.previewReassessment(ctx, { partnerId });
    // Read without a lock: no sale waits for it. What is recorded meanwhile and is late has a job of its own.
    if (!differs) return;
    try {
      // What is recorded between the two changes the fingerprint: the job comes again.
      await commissions.reassessPartner(ctx, { partnerId, reason: REASON, fingerprint });
    } catch (error) {
      if (!hasCode(error, "assessment.nothing_differs")) throw error;
    }
  };
