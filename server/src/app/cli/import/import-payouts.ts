import { exponentOf } from "../../../kernel/currency.ts";
import { formatMajor } from "../../../kernel/money.ts";
import type { ImportedPayout, PayoutService } from "../../../payouts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { BadValue, instant, minorUnits, required } from "../csv/values.ts";
import type { OpenedImport } from "./import-file.ts";
import { readItems } from "./read-items.ts";
import { type FindNames, recordedNames } from "./recorded-names.ts";
import { type RowsImported, takeRows } from "./take-rows.ts";

export const PAYOUT_COLUMNS = {
  required: ["external_id", "partner_external_id", "amount", "currency", "paid_at"],
  optional: [],
} as const;

type Column = (typeof PAYOUT_COLUMNS)["required"][number];

/** Rows between two words of the progress line: each is a transaction of its own. */
const BATCH = 100;

/** Imports what an earlier programme has paid, in the order of the file. The same file twice changes nothing. */
export async function importPayouts(
  input: OpenedImport & {
    readonly ctx: Ctx;
    readonly payouts: Pick<PayoutService, "importPayouts">;
    readonly findPayouts: FindNames;
    readonly findPartners: FindNames;
  },
): Promise<RowsImported> {
  const items = readItems<Column, ImportedPayout>({ ...input, columns: PAYOUT_COLUMNS, meaning: payoutOf });
  return takeRows(input, {
    items,
    size: BATCH,
    take: async (rows) => {
      const payoutOf = await recordedNames(
        rows.map((row) => row.externalId),
        input.findPayouts,
      );
      const partnerOf = await recordedNames(
        rows.map((row) => row.partnerExternalId),
        input.findPartners,
      );
      const named = rows.map((row) => ({
        ...row,
        externalId: payoutOf(row.externalId),
        partnerExternalId: partnerOf(row.partnerExternalId),
      }));
      return input.payouts.importPayouts(input.ctx, named);
    },
    refusalOf: (result, { currency }) => {
      if (result.status !== "rejected") return undefined;
      const { code, message, facts } = result.error;
      const { available } = facts;
      const most = typeof available === "bigint" ? `: ${formatMajor(available, currency)}` : "";
      return { code, title: `${message}${most}`, facts };
    },
    columnByField: COLUMN_BY_FIELD,
  });
}

function payoutOf(fields: Readonly<Record<Column, string>>): ImportedPayout {
  const digits = exponentOf(fields.currency);
  if (digits === undefined) throw new BadValue("currency", `"${fields.currency}" is not an ISO 4217 code`);
  return {
    externalId: required("external_id", fields.external_id),
    partnerExternalId: required("partner_external_id", fields.partner_external_id),
    amount: minorUnits("amount", required("amount", fields.amount), digits),
    currency: fields.currency,
    paidAt: instant("paid_at", fields.paid_at),
  };
}

const COLUMN_BY_FIELD: Readonly<Record<string, Column>> = {
  externalId: "external_id",
  partnerExternalId: "partner_external_id",
  amount: "amount",
  currency: "currency",
  paidAt: "paid_at",
};
