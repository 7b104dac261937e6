import { parse } from "csv-parse/sync";
import { taxErrors } from "./tax-errors.ts";

/** What stands in a row of a return, by the name of the column that the IRS gives it. */
export const IRIS_COLUMNS = [
  "Form Type",
  "Tax Year",
  ...party("Payer"),
  "Payer Phone Type",
  "Payer Phone",
  "Payer Email Address",
  ...party("Recipient"),
  "Office Code",
  "Form Account Number",
  "2nd TIN Notice",
  "Box 1 - Nonemployee Compensation",
  "Box 2 - Payer made direct sales totaling $5000 or more of consumer products to a recipient for resale",
  "Box 4 - Federal income tax withheld",
  "Combined Federal/State Filing",
  ...state(1),
  ...state(2),
] as const;

function party(who: "Payer" | "Recipient"): string[] {
  return [
    "TIN Type",
    "Taxpayer ID Number",
    "Name Type",
    "Business or Entity Name Line 1",
    "Business or Entity Name Line 2",
    "First Name",
    "Middle Name",
    "Last Name (Surname)",
    "Suffix",
    "Country",
    "Address Line 1",
    "Address Line 2",
    "City/Town",
    "State/Province/Territory",
    "ZIP/Postal Code",
  ].map((column) => `${who} ${column}`);
}

function state(number: number): string[] {
  return [
    `State ${number}`,
    ...[
      "State Tax Withheld",
      "State/Payer state number",
      "State income",
      "Local income tax withheld",
      "Special Data Entries",
    ].map((column) => `State ${number} - ${column}`),
  ];
}

/** Without these a file is no return. */
const NEEDED = [
  "Form Type",
  "Tax Year",
  "Payer Taxpayer ID Number",
  "Recipient Taxpayer ID Number",
  "Recipient Name Type",
  "Box 1 - Nonemployee Compensation",
  "Box 4 - Federal income tax withheld",
];

/** The columns of a template, as its first line names them. */
export function columnsOf(header: string): string[] {
  try {
    const rows = parse(header, { bom: true, relax_column_count: true });
    return (rows[0] ?? []).map((name) => name.trim());
  } catch (error) {
    throw taxErrors.header_invalid({ field: "irisHeader" }, error);
  }
}

/** Checks the first line of a template. Returns the columns for which the program has nothing: they are left empty. */
export function checkHeader(header: string): string[] {
  const columns = columnsOf(header);
  const missing = NEEDED.filter((name) => !columns.includes(name));
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index);
  if (missing.length > 0 || twice.length > 0) throw taxErrors.header_invalid({ field: "irisHeader", missing, twice });
  return columns.filter((name) => !IRIS_COLUMNS.includes(name));
}
