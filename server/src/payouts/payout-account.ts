import { createHash } from "node:crypto";
import type { Sealer } from "../platform/crypto/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { BankDetails } from "./bank-details.ts";
import { findCurrentMethods, findMethod, type MethodRow } from "./method-repository.ts";
import type { ReceivingBank } from "./transfer-provider.ts";

type Deps = { readonly sealer: Sealer };

/** Where a partner is paid to. */
export type PayoutAccount = {
  readonly methodId: string;
  /**
   * The accounts in a form in which two can be compared, each once; none where only its provider knows them. To be hashed by whoever asks, and never kept.
   */
  readonly accounts: readonly string[];
};

/** Where partners are paid to now, in whichever currency, by partner; who is paid nowhere is left out. */
export const payoutAccountsOf =
  (deps: Deps) =>
  async (tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, PayoutAccount>> => {
    const methods = await findCurrentMethods(tx, partnerIds);
    return new Map([...methods].map(([partnerId, method]) => [partnerId, accountOf(deps, method, accountsIn)]));
  };

/** What a method, also one that has been replaced, pays to in a currency: one account, of those that it may be paid to. */
export const payoutAccountPaid =
  (deps: Deps) =>
  async (
    tx: ReadTx,
    { methodId, currency }: { readonly methodId: string; readonly currency: string },
  ): Promise<PayoutAccount | null> => {
    const method = await findMethod(tx, methodId);
    return method === undefined ? null : accountOf(deps, method, (details) => accountsIn(paidIn(details, currency)));
  };

/** Whose names the accounts bear that a partner is paid to. */
export type HolderOnFile = {
  /** Another whenever the account or its details are. */
  readonly revision: string;
  /** Each once; none where only the provider knows them. */
  readHolders(): readonly string[];
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
        { revision: revisionOf(method), readHolders: () => holdersIn(openDetails(deps, method)) },
      ]),
    );
  };

const revisionOf = ({ id, details_encrypted }: MethodRow): string =>
  createHash("sha256")
    .update(id)
    .update(details_encrypted ?? "")
    .digest("hex");

function accountOf(deps: Deps, method: MethodRow, accounts: (details: AccountDetails) => string[]): PayoutAccount {
  const details = openDetails(deps, method);
  return { methodId: method.id, accounts: details === null ? [] : accounts(details) };
}

/** What lies behind a method: a bank account as it was entered, or all that its provider says of. */
type AccountDetails = BankDetails | ProviderDetails;
type ProviderDetails = { readonly banks: readonly ReceivingBank[] };
/** As it was kept while the default alone was asked for: of methods that have been replaced since. */
type DefaultAlone = { readonly fingerprint: string; readonly holder: string | null };

/** Sealed by this module alone; null where nothing is known. */
export const openDetails = (
  { sealer }: Deps,
  { id, details_encrypted: sealed }: Pick<MethodRow, "id" | "details_encrypted">,
): AccountDetails | null =>
  sealed === null
    ? null
    : allOf(JSON.parse(sealer.open(sealed, `payout_methods:${id}`)) as AccountDetails | DefaultAlone);

const allOf = (details: AccountDetails | DefaultAlone): AccountDetails =>
  "fingerprint" in details ? { banks: [{ ...details, defaultFor: null }] } : details;

/** In a form in which two accounts can be compared: a provider's fingerprint is what it names customers' accounts by, too. */
const accountsIn = (details: AccountDetails): string[] =>
  "banks" in details
    ? each(details.banks.map(({ fingerprint }) => fingerprint))
    : [details.iban ?? `${details.bankCode ?? ""} ${details.accountNumber ?? ""}`];

const holdersIn = (details: AccountDetails | null): string[] =>
  details === null ? [] : "banks" in details ? each(details.banks.map(({ holder }) => holder)) : [details.holder];

/** The account of a currency, or, as the provider does where there is none, that of its own. */
const paidIn = (details: AccountDetails, currency: string): AccountDetails => {
  if (!("banks" in details)) return details;
  const bank = details.banks.find(({ defaultFor }) => defaultFor === currency) ?? details.banks[0];
  return { banks: bank === undefined ? [] : [bank] };
};

const each = (texts: readonly (string | null)[]): string[] => [...new Set(texts.filter((text) => text !== null))];
