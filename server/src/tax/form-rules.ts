import type { CalendarDate } from "../kernel/calendar.ts";
import { isPossibleTin, type TinType, tinDigits } from "./tin-rules.ts";

/** Of a person of the United States; of a foreign individual; of a foreign entity. */
export const FORM_KINDS = ["w9", "w8ben", "w8bene"] as const;
export type FormKind = (typeof FORM_KINDS)[number];

/** Line 3a of Form W-9. */
export const CLASSIFICATIONS = [
  "individual",
  "c_corporation",
  "s_corporation",
  "partnership",
  "trust",
  "llc_c",
  "llc_s",
  "llc_p",
  "other",
] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** Where the partner works for the programme: what was done in the United States is taxed there. */
export const SERVICE_PLACES = ["outside_us", "inside_us", "both"] as const;
export type ServicePlace = (typeof SERVICE_PLACES)[number];

export type Address = {
  readonly line1: string;
  readonly line2?: string | null;
  readonly city: string;
  readonly region?: string | null;
  readonly postalCode?: string | null;
  readonly country: string;
};

type Common = { readonly name: string; readonly businessName?: string | null; readonly address: Address };

export type W9 = Common & {
  readonly kind: "w9";
  readonly classification: Classification;
  readonly exemptCode?: string | null;
  readonly fatcaCode?: string | null;
  readonly hasForeignOwners?: boolean;
  readonly tinType: TinType;
  readonly tin: string;
  /** Statement 2 of the certification is struck out. */
  readonly isSubjectToWithholding: boolean;
};

export type W8 = Common & {
  readonly kind: "w8ben" | "w8bene";
  /** Of an individual: of citizenship; of an entity: of incorporation. */
  readonly countryOfOrigin: string;
  readonly birthDate?: CalendarDate | null;
  readonly entityType?: string | null;
  readonly chapter4Status?: string | null;
  readonly foreignTin?: string | null;
  readonly tinType?: TinType | null;
  readonly tin?: string | null;
  readonly treatyCountry?: string | null;
  readonly services: ServicePlace;
};

export type TaxForm = W9 | W8;

/** Why a form cannot be signed as it is, by its name in the catalogue of errors, and which field it is. */
export type FormFault = {
  readonly name: "tin_impossible" | "name_not_latin" | "address_incomplete" | "country_unfit" | "field_missing";
  readonly field: string;
};

/** States, territories and military addresses of the United States, as the Post Office writes them. */
const REGIONS: ReadonlySet<string> = new Set(
  `AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT
   VT VA WA WV WI WY AS GU MP PR VI UM FM MH PW AA AE AP`.split(/\s+/),
);
const ZIP = /^\d{5}(-\d{4})?$/;

/** What of a form is checked beyond the shape of its fields; undefined where nothing stands against it. */
export function faultOf(form: TaxForm): FormFault | undefined {
  const { address, tin, tinType } = form;
  if (tin !== undefined && tin !== null) {
    const digits = tinDigits(tin);
    if (tinType === undefined || tinType === null) return { name: "field_missing", field: "tinType" };
    if (digits === undefined || !isPossibleTin(tinType, digits)) return { name: "tin_impossible", field: "tin" };
  }
  if (address.country === "US" && !REGIONS.has(address.region ?? ""))
    return { name: "address_incomplete", field: "address.region" };
  if (address.country === "US" && !ZIP.test(address.postalCode ?? ""))
    return { name: "address_incomplete", field: "address.postalCode" };
  if (form.kind === "w9")
    return latinOf(form.name) === undefined ? { name: "name_not_latin", field: "name" } : undefined;
  // A foreign person lives elsewhere, and is of elsewhere: one of the United States signs a W-9.
  if (address.country === "US") return { name: "country_unfit", field: "address.country" };
  if (form.countryOfOrigin === "US") return { name: "country_unfit", field: "countryOfOrigin" };
  if (form.kind === "w8bene" && !form.entityType) return { name: "field_missing", field: "entityType" };
  if (form.kind === "w8bene" && !form.chapter4Status) return { name: "field_missing", field: "chapter4Status" };
  return undefined;
}

/**
 * A text in the letters that the IRS keeps names in, accents taken off; undefined where letters are left that it does not have. A return is
 * matched by its first four, so that a name in other letters matches nobody.
 */
export function latinOf(text: string): string | undefined {
  const plain = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[‘’ʼ]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‐-―]/g, "-")
    .replaceAll("ß", "ss")
    .replaceAll("Æ", "AE")
    .replaceAll("æ", "ae")
    .replaceAll("Ø", "O")
    .replaceAll("ø", "o")
    .replaceAll("Ł", "L")
    .replaceAll("ł", "l")
    .replaceAll(/\s+/g, " ")
    .trim();
  return /^[ -~]*[A-Za-z0-9][ -~]*$/.test(plain) ? plain : undefined;
}

const CORPORATIONS: ReadonlySet<Classification> = new Set(["c_corporation", "s_corporation", "llc_c", "llc_s"]);

/** Whether what the signer is paid for services is left out of returns: corporations, and who has an exempt payee code (Form W-9, line 4). */
export const isExempt = (form: TaxForm): boolean =>
  form.kind === "w9" && (CORPORATIONS.has(form.classification) || Boolean(form.exemptCode));

/** Years for which a Form W-8 holds after that of its signature (Treasury Regulation 1.1441-1(e)(4)(ii)). */
const W8_YEARS = 3;

/** The last day on which a form signed on a day holds: of a W-8 the last of the third calendar year after it; null for a W-9. */
export const validUntil = (kind: FormKind, signedOn: CalendarDate): CalendarDate | null =>
  kind === "w9" ? null : `${Number(signedOn.slice(0, 4)) + W8_YEARS}-12-31`;

/** What a form is worth today. */
export type FormState = "missing" | "valid" | "expiring" | "expired";

/** Days before its end in which a partner is asked to sign again. */
export const EXPIRING_DAYS = 60;

/** `expiringFrom` is the day that lies `EXPIRING_DAYS` after today. */
export function stateOf(
  form: { readonly valid_until: CalendarDate | null } | undefined,
  { today, expiringFrom }: { readonly today: CalendarDate; readonly expiringFrom: CalendarDate },
): FormState {
  if (form === undefined) return "missing";
  if (form.valid_until === null) return "valid";
  if (form.valid_until < today) return "expired";
  return form.valid_until <= expiringFrom ? "expiring" : "valid";
}
