import type { FormKind } from "./tax-words.ts";

export const STEPS = ["kind", "who", "address", "number", "sign"] as const;
export type Step = (typeof STEPS)[number];

/** What has been typed so far. */
export type Filled = {
  readonly kind: FormKind;
  readonly name: string;
  readonly businessName: string;
  readonly classification: string;
  readonly countryOfOrigin: string;
  readonly services: string;
  readonly entityType: string;
  readonly chapter4Status: string;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly region: string;
  readonly postalCode: string;
  readonly country: string;
  readonly tinType: string;
  readonly tin: string;
  readonly foreignTin: string;
  readonly isSubjectToWithholding: boolean;
  readonly signature: string;
  readonly hasAgreed: boolean;
};

export const EMPTY: Filled = {
  kind: "w9",
  name: "",
  businessName: "",
  classification: "individual",
  countryOfOrigin: "",
  services: "outside_us",
  entityType: "Corporation",
  chapter4Status: "Active NFFE",
  line1: "",
  line2: "",
  city: "",
  region: "",
  postalCode: "",
  country: "",
  tinType: "ssn",
  tin: "",
  foreignTin: "",
  isSubjectToWithholding: false,
  signature: "",
  hasAgreed: false,
};

/** What a form begins with: what the profile says already. A number, a name on a tax return and a signature it does not. */
export function begunFor({
  country,
  companyName,
}: {
  readonly country: string | null;
  readonly companyName: string | null;
}): Filled {
  if (country === null || country === "US") return EMPTY;
  return { ...EMPTY, kind: companyName === null ? "w8ben" : "w8bene", countryOfOrigin: country, country };
}

/** What of a form leaves the memory of the page with it, and is kept nowhere. */
export const UNKEPT = ["tin", "foreignTin", "signature", "hasAgreed"] as const satisfies readonly (keyof Filled)[];

const isGiven = (text: string): boolean => text.trim() !== "";

/** Whether a step has what it needs; whether that is right, the server says. */
export function isComplete(filled: Filled, step: Step): boolean {
  const isUs = filled.kind === "w9";
  switch (step) {
    case "kind":
      return true;
    case "who":
      return isGiven(filled.name) && (isUs || filled.countryOfOrigin.trim().length === 2);
    case "address":
      return isGiven(filled.line1) && isGiven(filled.city) && (isUs || filled.country.trim().length === 2);
    case "number":
      return !isUs || filled.tin.replaceAll(/\D/g, "").length === 9;
    case "sign":
      return isGiven(filled.signature) && filled.hasAgreed;
  }
}

const orNone = (text: string): string | null => (isGiven(text) ? text.trim() : null);

/** The form as the API takes it. */
export function toForm(filled: Filled): object {
  const common = {
    kind: filled.kind,
    name: filled.name.trim(),
    businessName: orNone(filled.businessName),
    address: {
      line1: filled.line1.trim(),
      line2: orNone(filled.line2),
      city: filled.city.trim(),
      region: orNone(filled.region)?.toUpperCase() ?? null,
      postalCode: orNone(filled.postalCode),
      country: (orNone(filled.country) ?? "US").toUpperCase(),
    },
  };
  if (filled.kind === "w9") {
    const { classification, tinType, tin, isSubjectToWithholding } = filled;
    return { ...common, classification, tinType, tin: tin.trim(), isSubjectToWithholding };
  }
  return {
    ...common,
    countryOfOrigin: filled.countryOfOrigin.trim().toUpperCase(),
    services: filled.services,
    foreignTin: orNone(filled.foreignTin),
    ...(filled.kind === "w8bene" ? { entityType: filled.entityType, chapter4Status: filled.chapter4Status } : {}),
  };
}
