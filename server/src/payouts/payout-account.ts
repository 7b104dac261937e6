import type { Sealer } from "../platform/crypto/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { BankDetails } from "./bank-details.ts";
import { findCurrentMethod } from "./method-repository.ts";

/**
 * The account that a partner is paid to, in a form in which two can be compared; null where there is none, or only its provider knows it. To
 * be hashed by whoever asks, and never kept.
 */
export const payoutAccountOf =
  ({ sealer }: { readonly sealer: Sealer }) =>
  async (tx: ReadTx, partnerId: string): Promise<string | null> => {
    const method = await findCurrentMethod(tx, partnerId);
    if (method?.details_encrypted === null || method === undefined) return null;
    // Sealed by this module alone.
    const details = JSON.parse(sealer.open(method.details_encrypted, `payout_methods:${method.id}`)) as BankDetails;
    return details.iban ?? `${details.bankCode ?? ""} ${details.accountNumber ?? ""}`;
  };
