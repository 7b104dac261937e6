import { type Ctx, withoutIdempotency } from "../platform/context.ts";
import { takeUntold } from "./filing-repository.ts";
import type { TaxDeps } from "./tax-deps.ts";
import { documentEvent } from "./tax-events.ts";

/** The job that tells partners of their documents. */
export const TELL_DOCUMENTS_JOB = "tax.tell_documents";
const TOLD_AT_ONCE = 500;

/** Tells of each document that nobody was told of, some to a transaction. What is only taken back is no document to be told of. */
export const tellDocuments =
  (deps: TaxDeps) =>
  async (given: Ctx): Promise<{ readonly told: number }> => {
    const ctx = withoutIdempotency(given);
    let told = 0;
    while (true) {
      const taken = await deps.db.transaction(ctx, async (tx) => {
        const filings = await takeUntold(tx, TOLD_AT_ONCE);
        await deps.outbox.publish(tx, filings.filter(({ kind }) => kind !== "void").map(documentEvent));
        return filings.length;
      });
      if (taken === 0) return { told };
      told += taken;
    }
  };
