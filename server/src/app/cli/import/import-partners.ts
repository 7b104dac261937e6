import {
  IMPORT_BATCH_MAX,
  type ImportedPartner,
  PARTNER_TYPES,
  type PartnerService,
  partnerErrors,
} from "../../../partners/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { TIERS } from "../../../programs/index.ts";
import { instant, required } from "../csv/values.ts";
import type { OpenedImport } from "./import-file.ts";
import { readItems } from "./read-items.ts";
import { type FindNames, recordedNames } from "./recorded-names.ts";
import { type RowsImported, takeRows } from "./take-rows.ts";

export const PARTNER_COLUMNS = {
  required: ["external_id", "email", "joined_at"],
  optional: ["company_name", "partner_type", "tier", "referral_code", "country"],
} as const;

type Column = (typeof PARTNER_COLUMNS)["required" | "optional"][number];
type Fields = Readonly<Record<Column, string>>;

/** Imports partners as active from the day they joined. The same file twice changes nothing. */
export async function importPartners(
  input: OpenedImport & {
    readonly ctx: Ctx;
    readonly partners: Pick<PartnerService, "importPartners">;
    readonly findPartners: FindNames;
  },
): Promise<RowsImported> {
  const items = readItems<Column, ImportedPartner>({ ...input, columns: PARTNER_COLUMNS, meaning: partnerOf });
  return takeRows(input, {
    items,
    size: IMPORT_BATCH_MAX,
    take: async (rows) => {
      const nameOf = await recordedNames(
        rows.map((row) => row.externalId),
        input.findPartners,
      );
      const named = rows.map((row) => ({ ...row, externalId: nameOf(row.externalId) }));
      return input.partners.importPartners(input.ctx, named);
    },
    refusalOf: (result) => {
      if (result.status !== "rejected") return undefined;
      const { code, field } = result.refusal;
      const wanted = code === "partner.import_invalid" ? WANTED[field] : undefined;
      const title = wanted ?? partnerErrors.entries[code]?.title ?? "This row cannot be taken";
      return { code, title, facts: { field } };
    },
    columnByField: COLUMN_BY_FIELD,
  });
}

const partnerOf = (fields: Fields): ImportedPartner => ({
  externalId: required("external_id", fields.external_id),
  email: required("email", fields.email),
  companyName: fields.company_name || null,
  ...(fields.partner_type === "" ? {} : { partnerType: fields.partner_type }),
  ...(fields.tier === "" ? {} : { tier: fields.tier }),
  ...(fields.referral_code === "" ? {} : { referralCode: fields.referral_code }),
  ...(fields.country === "" ? {} : { country: fields.country }),
  joinedAt: instant("joined_at", required("joined_at", fields.joined_at)),
});

/** What the service would have taken in a field that it could not read. */
const WANTED: Readonly<Record<string, string>> = {
  externalId: "An external id is one line of at most 255 characters",
  email: "This is not an e-mail address",
  companyName: "A company's name is one line of at most 255 characters",
  partnerType: `A partner type is one of ${PARTNER_TYPES.join(", ")}`,
  tier: `A tier is one of ${TIERS.join(", ")}`,
  country: "A country is two capital letters, such as US (ISO 3166-1)",
  joinedAt: "A partner has not joined in the future",
};

const COLUMN_BY_FIELD: Readonly<Record<string, Column>> = {
  externalId: "external_id",
  email: "email",
  companyName: "company_name",
  partnerType: "partner_type",
  tier: "tier",
  referralCode: "referral_code",
  country: "country",
  joinedAt: "joined_at",
};
