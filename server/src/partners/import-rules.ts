import { normalEmail } from "../identity/index.ts";
import { hasCode } from "../kernel/errors.ts";
import { LINE_PATTERN } from "../platform/http/index.ts";
import { TIERS, type Tier } from "../programs/index.ts";
import { PARTNER_TYPES, type PartnerType, TIER_OF_TYPE } from "./partner-rules.ts";
import { normalReferralCode } from "./referral-code.ts";

/** A partner of another system, as its file has it. */
export type ImportedPartner = {
  readonly externalId: string;
  readonly email: string;
  readonly companyName?: string | null;
  /** An affiliate when not given. */
  readonly partnerType?: string;
  /** The tier of its type when not given. */
  readonly tier?: string;
  /** A new one when not given. */
  readonly referralCode?: string | null;
  readonly country?: string | null;
  readonly joinedAt: Date;
};

/** A row that can be taken, in the form in which it is kept. */
export type SoundRow = {
  readonly externalId: string;
  readonly email: string;
  readonly companyName: string | null;
  readonly partnerType: PartnerType;
  readonly tier: Tier;
  readonly referralCode: string | null;
  readonly country: string | null;
  readonly joinedAt: Date;
};

/** Why a row is refused; `field` names what is wrong with it. */
export type ImportRefusal = { readonly code: string; readonly field: keyof ImportedPartner };

const LINE = new RegExp(LINE_PATTERN, "u");
const EXTERNAL_ID_LENGTH_MAX = 255;
const EMAIL = /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@\p{C}]+$/u;
const EMAIL_LENGTH_MAX = 254;
const COMPANY_LENGTH_MAX = 255;
const COUNTRY = /^[A-Z]{2}$/;

/** Reads a row, or says what is wrong with it. */
export function readImportedRow(row: ImportedPartner, at: Date): SoundRow | ImportRefusal {
  const refuse = (field: keyof ImportedPartner): ImportRefusal => ({ code: "partner.import_invalid", field });
  const { externalId, companyName = null, country = null, joinedAt } = row;
  const email = normalEmail(row.email);
  const partnerType = PARTNER_TYPES.find((type) => type === (row.partnerType ?? "affiliate"));
  if (externalId.length === 0 || externalId.length > EXTERNAL_ID_LENGTH_MAX || !LINE.test(externalId))
    return refuse("externalId");
  if (!EMAIL.test(email) || email.length > EMAIL_LENGTH_MAX) return refuse("email");
  if (partnerType === undefined) return refuse("partnerType");
  const tier = row.tier === undefined ? TIER_OF_TYPE[partnerType] : TIERS.find((each) => each === row.tier);
  if (tier === undefined) return refuse("tier");
  if (companyName !== null && (companyName.length > COMPANY_LENGTH_MAX || !LINE.test(companyName)))
    return refuse("companyName");
  if (country !== null && !COUNTRY.test(country)) return refuse("country");
  if (Number.isNaN(joinedAt.getTime()) || joinedAt > at) return refuse("joinedAt");
  const referralCode = readCode(row.referralCode ?? null);
  if (referralCode === undefined) return { code: "partner.code_invalid", field: "referralCode" };
  return { externalId, email, companyName, partnerType, tier, referralCode, country, joinedAt };
}

function readCode(code: string | null): string | null | undefined {
  if (code === null) return null;
  try {
    return normalReferralCode(code);
  } catch (error) {
    if (hasCode(error, "partner.code_invalid")) return undefined;
    throw error;
  }
}

/** What is in use before the batch. */
export type Taken = {
  readonly idsByExternalId: ReadonlyMap<string, string>;
  readonly codes: ReadonlySet<string>;
};

export type ImportPlan =
  | { readonly status: "duplicate"; readonly partnerId: string | null }
  | { readonly status: "rejected"; readonly refusal: ImportRefusal }
  | { readonly status: "import"; readonly row: SoundRow };

/**
 * What becomes of each row: an external id that is known, or comes twice, is the same partner; a code that is taken, or an e-mail that comes
 * twice, is refused.
 */
export function planImport(rows: readonly (SoundRow | ImportRefusal)[], taken: Taken): ImportPlan[] {
  const externalIds = new Set<string>();
  const emails = new Set<string>();
  const codes = new Set(taken.codes);
  return rows.map((row): ImportPlan => {
    if ("code" in row) return { status: "rejected", refusal: row };
    const known = taken.idsByExternalId.get(row.externalId);
    if (known !== undefined || externalIds.has(row.externalId))
      return { status: "duplicate", partnerId: known ?? null };
    if (row.referralCode !== null && codes.has(row.referralCode))
      return { status: "rejected", refusal: { code: "partner.code_taken", field: "referralCode" } };
    if (emails.has(row.email)) return { status: "rejected", refusal: { code: "partner.email_taken", field: "email" } };
    externalIds.add(row.externalId);
    emails.add(row.email);
    if (row.referralCode !== null) codes.add(row.referralCode);
    return { status: "import", row };
  });
}
