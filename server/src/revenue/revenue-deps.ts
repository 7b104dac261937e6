import type { Audit } from "../audit/index.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { Sealer } from "../platform/crypto/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { Inbox, SalesService } from "../sales/index.ts";

export type RevenueDeps = {
  readonly db: Database;
  /** The machine's, whatever a tenant's own says: signatures age by it. */
  readonly clock: Clock;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly sealer: Sealer;
  readonly inbox: Inbox;
  readonly sales: Pick<SalesService, "recordInside">;
  readonly customers: {
    /** The ids of customers by external id; who does not exist is left out. */
    findCustomerIds(tx: ReadTx, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
    /** The external ids of customers by id. */
    findCustomerExternalIds(tx: ReadTx, customerIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
    findCustomers(
      tx: ReadTx,
      customerIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly email: string | null }>>;
    /** The external ids of the customers that have an e-mail. */
    findCustomersByEmails(tx: ReadTx, emails: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  };
  readonly referrals: {
    findReferrals(
      tx: ReadTx,
      referralIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly referredUserId: string | null }>>;
  };
  readonly commissions: {
    previewReassessment(
      ctx: Ctx,
      scope: { readonly partnerId: string },
    ): Promise<{ readonly fingerprint: string; readonly differs: boolean }>;
    reassessPartner(
      ctx: Ctx,
      input: { readonly partnerId: string; readonly reason: string; readonly fingerprint: string },
    ): Promise<{ readonly fingerprint: string }>;
  };
};
