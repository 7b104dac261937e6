import type { Ctx } from "../../../platform/context.ts";
import {
  conversionOrder,
  IMPORT_SIZE_MAX,
  type ImportedReferral,
  type ReferralService,
} from "../../../referrals/index.ts";
import { sortExternally } from "../csv/sort-externally.ts";
import { instant, required } from "../csv/values.ts";
import type { OpenedImport } from "./import-file.ts";
import { readItems } from "./read-items.ts";
import { type FindNames, recordedNames } from "./recorded-names.ts";
import { type RowsImported, takeRows } from "./take-rows.ts";

export const REFERRAL_COLUMNS = {
  required: ["external_id", "referral_code", "converted_at"],
  optional: ["clicked_at", "email"],
} as const;

type Column = (typeof REFERRAL_COLUMNS)["required" | "optional"][number];
type Fields = Readonly<Record<Column, string>>;

/** Imports conversions that happened elsewhere, in the order of their instants. The same file twice changes nothing. */
export async function importReferrals(
  input: OpenedImport & {
    readonly ctx: Ctx;
    readonly referrals: Pick<ReferralService, "importReferrals">;
    readonly findCustomers: FindNames;
  },
): Promise<RowsImported> {
  const items = readItems<Column, ImportedReferral>({ ...input, columns: REFERRAL_COLUMNS, meaning: referralOf });
  const sorted = sortExternally(items, {
    compare: (a, b) => conversionOrder(a.value, b.value),
    encode: ({ line, fields }) => [line, fields],
    decode: (encoded) => {
      const [line, fields] = encoded as [number, Fields];
      return { line, fields, value: referralOf(fields) };
    },
  });
  return takeRows(input, {
    items: sorted,
    size: IMPORT_SIZE_MAX,
    take: async (rows) => {
      const nameOf = await recordedNames(
        rows.map((row) => row.externalId),
        input.findCustomers,
      );
      const named = rows.map((row) => ({ ...row, externalId: nameOf(row.externalId) }));
      return (await input.referrals.importReferrals(input.ctx, named)).results;
    },
    refusalOf: ({ error }) => error,
    columnByField: COLUMN_BY_FIELD,
  });
}

const referralOf = (fields: Fields): ImportedReferral => ({
  externalId: required("external_id", fields.external_id),
  referralCode: required("referral_code", fields.referral_code),
  clickedAt: fields.clicked_at === "" ? null : instant("clicked_at", fields.clicked_at),
  convertedAt: instant("converted_at", required("converted_at", fields.converted_at)),
  email: fields.email || null,
});

const COLUMN_BY_FIELD: Readonly<Record<string, Column>> = {
  externalId: "external_id",
  referralCode: "referral_code",
  clickedAt: "clicked_at",
  convertedAt: "converted_at",
  email: "email",
};
