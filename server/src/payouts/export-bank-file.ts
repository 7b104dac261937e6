import { stringify } from "csv-stringify/sync";
import { formatMajor } from "../kernel/money.ts";
import { safeForSpreadsheet } from "../kernel/spreadsheet-text.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { BankDetails } from "./bank-details.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { type BankFileRow, takeForBankFile } from "./payout-repository.ts";
import { netAmount } from "./payout-rules.ts";

export type BankFileQuery = {
  /** Released at or after, and before. */
  readonly from?: string;
  readonly to?: string;
  /** Also what stood in a file before: for a download that was lost. */
  readonly includeExported?: boolean;
};

export type BankFile = { readonly name: string; readonly rows: number; readonly content: string };

/** Payments that one file carries; more wait for the next. */
const BANK_FILE_ROWS_MAX = 5_000;

const COLUMNS = [
  "reference",
  "holder",
  "iban",
  "account_number",
  "bank_code",
  "amount",
  "currency",
  "exported_before",
] as const;

/**
 * The list that the operator takes to its bank: what was released to be paid by hand and stood in no file before. A payment is handed out
 * once; one that is asked for again says when it was, so that nobody pays it twice.
 */
export const exportBankFile =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { from, to, includeExported = false }: BankFileQuery): Promise<BankFile> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "payouts:process");
      const rows = await takeForBankFile(tx, {
        from: from === undefined ? undefined : new Date(from),
        to: to === undefined ? undefined : new Date(to),
        includeExported,
        limit: BANK_FILE_ROWS_MAX,
      });
      await deps.audit.record(tx, "payout.bank_file_exported", {
        targetType: "payout",
        targetId: null,
        after: { payoutIds: rows.map((row) => row.id) },
      });
      return {
        name: `bank-file-${ctx.now.toISOString().slice(0, 10)}.csv`,
        rows: rows.length,
        content: stringify([COLUMNS, ...rows.map((row) => lineOf(deps, row))]),
      };
    });

function lineOf(deps: PayoutDeps, row: BankFileRow): string[] {
  const details = openDetails(deps, row);
  return [
    row.id,
    safeForSpreadsheet(details.holder),
    details.iban ?? "",
    details.accountNumber ?? "",
    details.bankCode ?? "",
    formatMajor(netAmount(row), row.currency),
    row.currency,
    row.exported_at?.toISOString() ?? "",
  ];
}

/** Sealed by `updatePaymentMethod`, which checked them. */
const openDetails = ({ sealer }: PayoutDeps, row: BankFileRow): BankDetails =>
  JSON.parse(sealer.open(row.details_encrypted, `payout_methods:${row.method_id}`)) as BankDetails;
