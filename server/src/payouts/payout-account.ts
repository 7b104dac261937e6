import type { Sealer } from "../platform/crypto/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { BankDetails } from "./bank-details.ts";
import { findCurrentMethod, findMethod, type MethodRow } from "./method-repository.ts";

type Deps = { readonly sealer: Sealer };

/** Where a partner is paid to. */
export type PayoutAccount = {
  readonly methodId: string;
  /**
   * The account in a form in which two can be compared; null where only its provider knows it. To be hashed by whoever asks, and never kept.
   */
  readonly account: string | null;
};

/** Where a partner is paid to now; null where it is nowhere. */
export const payoutAccountOf =
  (deps: Deps) =>
  async (tx: ReadTx, partnerId: string): Promise<PayoutAccount | null> =>
    accountOf(deps, await findCurrentMethod(tx, partnerId));

/** What a method pays to, also one that has been replaced. */
export const accountOfMethod =
  (deps: Deps) =>
  async (tx: ReadTx, methodId: string): Promise<PayoutAccount | null> =>
    accountOf(deps, await findMethod(tx, methodId));

function accountOf({ sealer }: Deps, method: MethodRow | undefined): PayoutAccount | null {
  if (method === undefined) return null;
  const { id: methodId, details_encrypted: sealed } = method;
  if (sealed === null) return { methodId, account: null };
  // Sealed by this module alone.
  const details = JSON.parse(sealer.open(sealed, `payout_methods:${methodId}`)) as BankDetails;
  return { methodId, account: details.iban ?? `${details.bankCode ?? ""} ${details.accountNumber ?? ""}` };
}
