import { sql } from "kysely";
import type { Sealer } from "../platform/crypto/index.ts";
import { ERASED, erasesNothing, type PersonalDataSource } from "../platform/personal-data.ts";

type Method = {
  id: string;
  kind: string;
  summary: string;
  status: string;
  details: Buffer | null;
  account: string | null;
  createdAt: Date;
};

/** What is kept of how a partner was paid, and of what. */
export const payoutPersonalData = ({ sealer }: { readonly sealer: Sealer }): readonly PersonalDataSource[] => [
  {
    name: "payout-methods",
    holds: {
      "payout_methods.details_encrypted": "erased",
      "payout_methods.summary": "erased",
      "payout_methods.provider_account_id": "erased",
      "payout_methods.status_reason": "erased",
    },
    collect: async (tx, { partnerId = null }) => {
      const { rows } = await sql<Method>`
        select id, kind, summary, status, details_encrypted as details, provider_account_id as account, created_at as "createdAt"
          from payout_methods
         where tenant_id = ${tx.ctx.tenantId}
           and partner_id = ${partnerId}
         order by created_at`.execute(tx);
      return rows.map(({ id, details, ...method }) => ({
        ...method,
        // Account numbers go to people alone, as the numbers of tax forms do; the summary names the account either way.
        details:
          details === null || tx.ctx.actor.type === "key"
            ? null
            : JSON.parse(sealer.open(details, `payout_methods:${id}`)),
      }));
    },
    erase: async (tx, { partnerId = null }) => {
      const { numAffectedRows } = await sql`
        update payout_methods
           set details_encrypted = null, summary = ${ERASED}, provider_account_id = null, status_reason = null, status = 'replaced',
               updated_at = ${tx.ctx.now}
         where tenant_id = ${tx.ctx.tenantId}
           and partner_id = ${partnerId}
           and summary <> ${ERASED}`.execute(tx);
      return Number(numAffectedRows ?? 0n);
    },
  },
  {
    name: "payouts",
    // The request names the method or the provider's account to which it went.
    holds: {
      "transfer_attempts.request": "books",
      "payout_batches.decision_reason": "books",
      "payout_settlements.reason": "books",
      "payout_settlements.reference": "books",
      "partner_payouts.requested_by": "trail",
    },
    collect: async (tx, { partnerId = null }) => {
      const { rows } = await sql<object>`
        select id, amount::text, currency, fee::text, tax_withheld::text as "taxWithheld", payment_method as "method", status,
               requested_at as "requestedAt", processed_at as "processedAt"
          from partner_payouts
         where tenant_id = ${tx.ctx.tenantId}
           and partner_id = ${partnerId}
         order by requested_at, id`.execute(tx);
      return rows;
    },
    erase: erasesNothing,
  },
];
