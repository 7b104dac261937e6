import { createHash } from "node:crypto";
import type { Sealer } from "../platform/crypto/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { BankDetails } from "./bank-details.ts";
import { findCurrentMethod, findCurrentMethods, findMethod, type MethodRow } from "./method-repository.ts";
import type { ReceivingBank } from "./transfer-provider.ts";

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

/** Whose name an account bears that a partner is paid to. */
export type HolderOnFile = {
  /** Another whenever the account or its details are. */
  readonly revision: string;
  /** Null where only the provider knows it. */
  readHolder(): string | null;
};

/** The holders of the accounts that partners are paid to now, by partner, to be compared with lists. */
export const findHolders =
  (deps: Deps) =>
  async (tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, HolderOnFile>> => {
    const methods = await findCurrentMethods(tx, partnerIds);
    return new Map(
      [...methods].map(([partnerId, method]) => [
        partnerId,
        // Sealing the same twice gives other bytes: they are written when something has changed.
        { revision: revisionOf(method), readHolder: () => openDetails(deps, method)?.holder ?? null },
      ]),
    );
  };

const revisionOf = ({ id, details_encrypted }: MethodRow): string =>
  createHash("sha256")
    .update(id)
    .update(details_encrypted ?? "")
    .digest("hex");

function accountOf(deps: Deps, method: MethodRow | undefined): PayoutAccount | null {
  if (method === undefined) return null;
  const details = openDetails(deps, method);
  return { methodId: method.id, account: details === null ? null : accountIn(details) };
}

/** What lies behind a method: a bank account as it was entered, or what its provider says of one. */
type AccountDetails = BankDetails | ReceivingBank;

/** Sealed by this module alone; null where nothing is known. */
export const openDetails = (
  { sealer }: Deps,
  { id, details_encrypted: sealed }: Pick<MethodRow, "id" | "details_encrypted">,
): AccountDetails | null =>
  sealed === null ? null : (JSON.parse(sealer.open(sealed, `payout_methods:${id}`)) as AccountDetails);

/** In a form in which two accounts can be compared: a provider's fingerprint is what it names customers' accounts by, too. */
export const accountIn = (details: AccountDetails): string =>
  "fingerprint" in details
    ? details.fingerprint
    : (details.iban ?? `${details.bankCode ?? ""} ${details.accountNumber ?? ""}`);
