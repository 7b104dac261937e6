import { exponentOf } from "../../../kernel/currency.ts";
import type { Ctx } from "../../../platform/context.ts";
import {
  BATCH_SIZE_MAX,
  importOrder,
  type ReportedTransaction,
  type SalesService,
  TRANSACTION_KINDS,
} from "../../../sales/index.ts";
import type { Rejects } from "../csv/rejects.ts";
import { sortExternally } from "../csv/sort-externally.ts";
import { BadValue, instant, minorUnits, oneOf, required } from "../csv/values.ts";
import { inBatches } from "./in-batches.ts";
import { readItems, rejectItem } from "./read-items.ts";
import { type FindNames, recordedNames } from "./recorded-names.ts";

export const TRANSACTION_COLUMNS = {
  required: ["external_id", "user_external_id", "kind", "amount", "currency", "occurred_at"],
  optional: ["original_external_id", "tax", "revenue", "product", "plan_code", "country"],
} as const;

type Column = (typeof TRANSACTION_COLUMNS)["required" | "optional"][number];
type Fields = Readonly<Record<Column, string>>;

export type ImportTransactions = {
  readonly ctx: Ctx;
  readonly sales: Pick<SalesService, "recordTransactions">;
  readonly findTransactions: FindNames;
  readonly findCustomers: FindNames;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly rejects: Rejects;
  readonly onProgress: (done: number) => void;
};

export type TransactionsImported = { recorded: number; duplicate: number; waiting: number; rejected: number };

/**
 * Records a file of transactions in the order of time, as docs/guides/money-rules.md has it of an import, in batches, each its own database transaction. It may
 * be repeated and interrupted at will: what is recorded already is found to be so.
 */
export async function importTransactions(input: ImportTransactions): Promise<TransactionsImported> {
  const counts: TransactionsImported = { recorded: 0, duplicate: 0, waiting: 0, rejected: 0 };
  const items = readItems<Column, ReportedTransaction>({
    ...input,
    columns: TRANSACTION_COLUMNS,
    meaning: transactionOf,
  });
  const sorted = sortExternally(items, {
    compare: (a, b) => importOrder(a.value, b.value),
    encode: ({ line, fields }) => [line, fields],
    decode: (encoded) => {
      const [line, fields] = encoded as [number, Fields];
      return { line, fields, value: transactionOf(fields) };
    },
  });
  for await (const batch of inBatches(sorted, BATCH_SIZE_MAX)) {
    const events = await asRecorded(
      input,
      batch.map((item) => item.value),
    );
    const { results } = await input.sales.recordTransactions(input.ctx, events);
    for (const [index, result] of results.entries()) {
      counts[result.status] += 1;
      const item = batch[index];
      if (result.error !== undefined && item !== undefined)
        await rejectItem(input.rejects, item, result.error, COLUMN_BY_FIELD);
    }
    input.onProgress(counts.recorded + counts.duplicate + counts.waiting + input.rejects.count);
  }
  // A reversal that waited for a later line of the file is counted as waiting though it has been recorded since.
  return { ...counts, rejected: input.rejects.count };
}

/** Events under the names that they, what they reverse, and their customers are recorded by. */
async function asRecorded(
  { findTransactions, findCustomers }: Pick<ImportTransactions, "findTransactions" | "findCustomers">,
  events: readonly ReportedTransaction[],
): Promise<ReportedTransaction[]> {
  const eventOf = await recordedNames(
    events.flatMap((event) => [
      event.externalId,
      ...(event.originalExternalId === null ? [] : [event.originalExternalId]),
    ]),
    findTransactions,
  );
  const customerOf = await recordedNames(
    events.map((event) => event.customerExternalId),
    findCustomers,
  );
  return events.map((event) => ({
    ...event,
    externalId: eventOf(event.externalId),
    originalExternalId: event.originalExternalId === null ? null : eventOf(event.originalExternalId),
    customerExternalId: customerOf(event.customerExternalId),
  }));
}

function transactionOf(fields: Fields): ReportedTransaction {
  const digits = exponentOf(fields.currency);
  if (digits === undefined) throw new BadValue("currency", `"${fields.currency}" is not an ISO 4217 code`);
  const amountIn = (column: "amount" | "tax" | "revenue") => minorUnits(column, fields[column] || "0", digits);
  return {
    externalId: required("external_id", fields.external_id),
    customerExternalId: required("user_external_id", fields.user_external_id),
    kind: oneOf("kind", fields.kind, TRANSACTION_KINDS),
    amount: minorUnits("amount", required("amount", fields.amount), digits),
    currency: fields.currency,
    occurredAt: instant("occurred_at", fields.occurred_at),
    originalExternalId: fields.original_external_id || null,
    tax: amountIn("tax"),
    revenue: amountIn("revenue"),
    product: fields.product || null,
    planCode: fields.plan_code || null,
    country: fields.country || null,
    createCustomer: false,
  };
}

const COLUMN_BY_FIELD: Readonly<Record<string, Column>> = {
  externalId: "external_id",
  customerExternalId: "user_external_id",
  kind: "kind",
  amount: "amount",
  currency: "currency",
  occurredAt: "occurred_at",
  originalExternalId: "original_external_id",
  tax: "tax",
  revenue: "revenue",
  product: "product",
  planCode: "plan_code",
  country: "country",
};
