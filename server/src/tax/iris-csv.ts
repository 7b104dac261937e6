import { stringify } from "csv-stringify/sync";
import { formatMajor } from "../kernel/money.ts";
import type { FilingRow } from "./filing-repository.ts";
import type { SignedForm } from "./form-content.ts";
import { latinOf } from "./form-rules.ts";
import type { Payer } from "./tax-settings.ts";
import { tinDigits } from "./tin-rules.ts";

/** Rows that one upload to the IRS takes. */
export const IRIS_ROWS_MAX = 100;

/** A return with what it is written from. */
export type Return = {
  readonly filing: Pick<FilingRow, "year" | "partner_id" | "amount" | "withheld">;
  readonly form: SignedForm;
};

/** Of an account with the payer, where a recipient may have several: at most twenty characters. */
export const accountNumberOf = (partnerId: string): string => partnerId.replaceAll("-", "").slice(-20);

/** A first line. Nothing is put before a sign that spreadsheets take for a formula: this file is read by the IRS. */
export const irisHeader = (columns: readonly string[]): string => stringify([columns], { record_delimiter: "\r\n" });

/** One row for each return, by the columns of the year's template; a column for which there is nothing is left empty. */
export const irisRows = (columns: readonly string[], payer: Payer, returns: readonly Return[]): string =>
  stringify(
    returns.map((one) => {
      const values = valuesOf(payer, one);
      return columns.map((column) => values[column] ?? "");
    }),
    { record_delimiter: "\r\n" },
  );

/** IRS files hold no more than Latin letters; what a form cannot say in them was refused when it was signed. */
const latin = (text: string | null | undefined): string => (text ? (latinOf(text) ?? "") : "");

const NAME_PARTS_MAX = 2;

/** A person's name as first, middle and last. */
function partsOfName(name: string): { readonly first: string; readonly middle: string; readonly last: string } {
  const words = latin(name).split(" ");
  const last = words.at(-1) ?? "";
  if (words.length === 1) return { first: "", middle: "", last };
  return { first: words[0] ?? "", middle: words.length > NAME_PARTS_MAX ? words.slice(1, -1).join(" ") : "", last };
}

function valuesOf(payer: Payer, { filing, form }: Return): Readonly<Record<string, string>> {
  const isPerson = form.kind === "w9" ? form.classification === "individual" : form.kind === "w8ben";
  const name = partsOfName(form.name);
  const { address } = form;
  return {
    "Form Type": "1099-NEC",
    "Tax Year": String(filing.year),
    "Payer TIN Type": "EIN",
    "Payer Taxpayer ID Number": payer.ein,
    "Payer Name Type": "B",
    "Payer Business or Entity Name Line 1": latin(payer.name),
    "Payer Business or Entity Name Line 2": latin(payer.name2),
    "Payer Country": "US",
    "Payer Address Line 1": latin(payer.line1),
    "Payer Address Line 2": latin(payer.line2),
    "Payer City/Town": latin(payer.city),
    "Payer State/Province/Territory": payer.region,
    "Payer ZIP/Postal Code": payer.postalCode,
    "Payer Phone Type": "D",
    "Payer Phone": payer.phone,
    "Payer Email Address": payer.email,
    "Recipient TIN Type": (form.tinType ?? "").toUpperCase(),
    "Recipient Taxpayer ID Number": (form.tin && tinDigits(form.tin)) || "",
    "Recipient Name Type": isPerson ? "I" : "B",
    "Recipient Business or Entity Name Line 1": isPerson ? "" : latin(form.name),
    "Recipient Business or Entity Name Line 2": isPerson ? "" : latin(form.businessName),
    "Recipient First Name": isPerson ? name.first : "",
    "Recipient Middle Name": isPerson ? name.middle : "",
    "Recipient Last Name (Surname)": isPerson ? name.last : "",
    "Recipient Country": address.country,
    "Recipient Address Line 1": latin(address.line1),
    "Recipient Address Line 2": latin(address.line2),
    "Recipient City/Town": latin(address.city),
    "Recipient State/Province/Territory": latin(address.region),
    "Recipient ZIP/Postal Code": latin(address.postalCode),
    "Form Account Number": accountNumberOf(filing.partner_id),
    "2nd TIN Notice": "N",
    "Box 1 - Nonemployee Compensation": formatMajor(filing.amount, "USD"),
    "Box 2 - Payer made direct sales totaling $5000 or more of consumer products to a recipient for resale": "N",
    "Box 4 - Federal income tax withheld": formatMajor(filing.withheld, "USD"),
    "Combined Federal/State Filing": "N",
  };
}
