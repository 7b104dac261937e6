import { byBytes } from "../kernel/by-bytes.ts";
import { isCountry } from "../kernel/country.ts";
import type { CatalogueError } from "../kernel/errors.ts";
import { isExternalId } from "../kernel/external-id.ts";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { wireInteger } from "../platform/wire.ts";
import { transactionErrors } from "./sales-errors.ts";
import type { KeptTransaction, ReportedTransaction, TransactionKind } from "./transaction.ts";

const INSTANT_MIN_MS = Date.UTC(1970, 0, 1);
const INSTANT_MAX_MS = Date.UTC(10_000, 0, 1) - 1;

/** What a reversal may reverse (docs/guides/integrate.md, "Money: transactions"); a payment or card event reverses nothing. */
const REVERSIBLE: Readonly<Record<TransactionKind, readonly TransactionKind[]>> = {
  payment: [],
  card: [],
  refund: ["payment", "card"],
  chargeback: ["payment", "card"],
  chargeback_won: ["chargeback"],
};

/** Whether the kind takes back, or gives back, something recorded before. */
export const isReversal = (kind: TransactionKind): boolean => REVERSIBLE[kind].length > 0;

/** Whether a transaction has its place: it is no reversal, or its original has its place. */
export const isSettled = (transaction: Pick<KeptTransaction, "kind" | "originalId">): boolean =>
  !isReversal(transaction.kind) || transaction.originalId !== null;

/**
 * Why an event is refused by itself, whatever else is recorded; undefined if it is not. `isCurrency` knows ISO 4217.
 * (Commission rules, "Events": 0 ≤ tax ≤ amount, revenue ≥ 0, amount ≥ 0 and of a reversal > 0.)
 */
export function refusalOf(
  event: ReportedTransaction,
  isCurrency: (code: string) => boolean,
): CatalogueError | undefined {
  const errors = transactionErrors;
  if (!isExternalId(event.externalId)) return errors.external_id_invalid({ field: "externalId" });
  if (!isExternalId(event.customerExternalId)) return errors.external_id_invalid({ field: "customerExternalId" });
  if (isReversal(event.kind)) {
    if (event.originalExternalId === null) return errors.original_missing({ field: "originalExternalId" });
    if (!isExternalId(event.originalExternalId)) return errors.external_id_invalid({ field: "originalExternalId" });
    if (event.originalExternalId === event.externalId)
      return errors.original_unexpected({ field: "originalExternalId" });
  } else if (event.originalExternalId !== null) {
    return errors.original_unexpected({ field: "originalExternalId" });
  }
  return figureRefusalOf(event, isCurrency);
}

type SaleFact = "product" | "planCode" | "country";

/** Why what an event says of money and time is refused; of a sale that is only asked about, too. */
export function figureRefusalOf(
  event: Pick<ReportedTransaction, "kind" | "amount" | "currency" | "tax" | "revenue" | "occurredAt" | SaleFact>,
  isCurrency: (code: string) => boolean,
): CatalogueError | undefined {
  const errors = transactionErrors;
  if (!isCurrency(event.currency)) return errors.currency_unknown({ field: "currency" });
  if (event.amount < 0n || (event.amount === 0n && isReversal(event.kind))) {
    return errors.amount_invalid({ field: "amount" });
  }
  if (event.amount > AMOUNT_MAX_MINOR)
    return errors.amount_too_large({ field: "amount", maximum: wireInteger(AMOUNT_MAX_MINOR) });
  if (event.tax < 0n || event.tax > event.amount) return errors.tax_invalid({ field: "tax" });
  if (event.revenue < 0n) return errors.revenue_invalid({ field: "revenue" });
  if (event.revenue > AMOUNT_MAX_MINOR)
    return errors.amount_too_large({ field: "revenue", maximum: wireInteger(AMOUNT_MAX_MINOR) });
  const misnamed = (["product", "planCode"] as const).find((field) => !isExternalId(event[field] ?? "not said"));
  if (misnamed !== undefined) return errors.name_invalid({ field: misnamed });
  if (event.country != null && !isCountry(event.country)) return errors.country_unknown({ field: "country" });
  const instant = event.occurredAt.getTime();
  if (!(instant >= INSTANT_MIN_MS && instant <= INSTANT_MAX_MS))
    return errors.occurred_at_invalid({ field: "occurredAt" });
  return undefined;
}

const IMPORT_RANK: Readonly<Record<TransactionKind, number>> = {
  payment: 0,
  card: 0,
  refund: 1,
  chargeback: 1,
  chargeback_won: 2,
};

/** The order in which an import is recorded: by instant, originals before what reverses them, then by the bytes of the external id. */
export const importOrder = (
  a: Pick<ReportedTransaction, "occurredAt" | "kind" | "externalId">,
  b: Pick<ReportedTransaction, "occurredAt" | "kind" | "externalId">,
): number =>
  a.occurredAt.getTime() - b.occurredAt.getTime() ||
  IMPORT_RANK[a.kind] - IMPORT_RANK[b.kind] ||
  byBytes(a.externalId, b.externalId);

/**
 * Whether an event says again what is kept: then it is the same event (docs/guides/money-rules.md). What else describes it (product, plan, country) may
 * be said later, or otherwise: it is kept as it was told first, and what was earned by it stands.
 */
export const isSameEvent = (kept: KeptTransaction, event: ReportedTransaction, customerId: string): boolean =>
  kept.kind === event.kind &&
  kept.customerId === customerId &&
  kept.amount === event.amount &&
  kept.currency === event.currency &&
  kept.occurredAt.getTime() === event.occurredAt.getTime() &&
  kept.originalExternalId === event.originalExternalId &&
  kept.tax === event.tax &&
  kept.revenue === event.revenue;

/** Why `reversal` cannot reverse `original`; undefined if it can. */
export function mismatchOf(
  reversal: Pick<KeptTransaction, "kind" | "currency" | "customerId">,
  original: Pick<KeptTransaction, "kind" | "currency" | "customerId">,
): CatalogueError | undefined {
  if (!REVERSIBLE[reversal.kind].includes(original.kind)) {
    return transactionErrors.original_not_reversible({ field: "originalExternalId", originalKind: original.kind });
  }
  if (reversal.currency !== original.currency) {
    return transactionErrors.currency_mismatch({ field: "currency", originalCurrency: original.currency });
  }
  if (reversal.customerId !== original.customerId) {
    return transactionErrors.customer_mismatch({ field: "customerExternalId" });
  }
  return undefined;
}
