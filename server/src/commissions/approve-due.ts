import { type Ctx, requireScope, withoutIdempotency } from "../platform/context.ts";
import type { ReportProgress } from "../platform/jobs/index.ts";
import { approveRoots } from "./approve-roots.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import type { CommissionRow } from "./commission-repository.ts";
import { mayBeApproved } from "./commission-rules.ts";
import { type DueAccount, findDueAccounts, findDueRoots } from "./due-repository.ts";

/** Accounts (a partner in a currency) that are looked up at once. */
const ACCOUNTS_PAGE_SIZE = 500;
/** Commissions that one transaction approves: short locks, and a process that dies loses little work and no money. */
export const APPROVAL_BATCH_SIZE = 500;

export type ApprovedDue = { readonly approved: number; readonly held: number };

/**
 * Approves every commission whose hold is over and that nothing holds, partner by partner, batch by batch, each batch in one transaction. Safe
 * to run at any time, any number of times at once: a commission is approved where it is still pending under its partner's lock. Trouble with
 * one partner does not stop the others; it is thrown at the end.
 */
export const approveDue =
  (deps: CommissionDeps) =>
  async (ctx: Ctx, report?: ReportProgress): Promise<ApprovedDue> => {
    requireScope(ctx, "commissions:write");
    const inner = withoutIdempotency(ctx);
    const total = { approved: 0, held: 0 };
    const failures: unknown[] = [];
    let accounts: DueAccount[];
    let after: DueAccount | undefined;
    do {
      accounts = await deps.db.read(inner, (tx) => findDueAccounts(tx, { after, limit: ACCOUNTS_PAGE_SIZE }));
      for (const account of accounts) {
        try {
          const done = await approveAccount(deps, inner, account);
          total.approved += done.approved;
          total.held += done.held;
          await report?.(total.approved);
        } catch (error) {
          failures.push(error);
        }
      }
      after = accounts.at(-1);
    } while (accounts.length === ACCOUNTS_PAGE_SIZE);
    if (failures.length > 0) throw new AggregateError(failures, `approving failed for ${failures.length} accounts`);
    return total;
  };

async function approveAccount(deps: CommissionDeps, ctx: Ctx, account: DueAccount): Promise<ApprovedDue> {
  const total = { approved: 0, held: 0 };
  let after: CommissionRow | undefined;
  for (;;) {
    const batch = await deps.db.transaction(ctx, async (tx) => {
      await deps.ledger.lock(tx, [account]);
      const partner = await deps.partners.getPartner(tx, account.partnerId);
      if (!mayBeApproved(partner.status)) return undefined;
      const roots = await findDueRoots(tx, { ...account, after, limit: APPROVAL_BATCH_SIZE });
      const { approved, amount, held } = await approveRoots(deps, tx, account, roots);
      if (approved.length > 0) {
        await deps.audit.record(tx, "commissions.approved", {
          targetType: "partner",
          targetId: account.partnerId,
          after: { commissions: roots.length - held.size, amount, currency: account.currency },
        });
      }
      return { roots, held: held.size };
    });
    if (batch === undefined) return total;
    total.approved += batch.roots.length - batch.held;
    total.held += batch.held;
    // Those that are held stay due: the next batch begins after them.
    after = batch.roots.at(-1);
    if (batch.roots.length < APPROVAL_BATCH_SIZE) return total;
  }
}
