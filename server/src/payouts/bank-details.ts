import { electronicFormatIBAN, isValidIBAN } from "ibantools";
import { payoutErrors } from "./payout-errors.ts";

/** A bank account for manual payment: an IBAN, or an account number with its bank's code. Sealed in the database. */
export type BankDetails = {
  readonly holder: string;
  readonly iban?: string;
  readonly accountNumber?: string;
  readonly bankCode?: string;
};

/** Letters, digits and what people group them by; it begins with a letter or digit, so that no spreadsheet takes it for a formula. */
const ACCOUNT_PATTERN = /^[0-9A-Za-z][0-9A-Za-z ./-]{0,33}$/;
/** Control characters and line ends, which a bank's file cannot carry. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Checks bank details and brings them to one form; the IBAN by its country's form and its check digits (ISO 13616). */
export function bankFileDetails(input: BankDetails): BankDetails {
  const holder = input.holder.trim();
  if (holder === "" || UNPRINTABLE.test(holder)) throw payoutErrors.bank_details_invalid({ field: "holder" });
  if (input.iban !== undefined) {
    const iban = electronicFormatIBAN(input.iban);
    if (iban === null || !isValidIBAN(iban)) throw payoutErrors.bank_details_invalid({ field: "iban" });
    return { holder, iban };
  }
  if (input.accountNumber === undefined || input.bankCode === undefined)
    throw payoutErrors.bank_details_invalid({ field: "accountNumber" });
  const [accountNumber, bankCode] = [input.accountNumber.trim(), input.bankCode.trim()];
  if (!ACCOUNT_PATTERN.test(accountNumber)) throw payoutErrors.bank_details_invalid({ field: "accountNumber" });
  if (!ACCOUNT_PATTERN.test(bankCode)) throw payoutErrors.bank_details_invalid({ field: "bankCode" });
  return { holder, accountNumber, bankCode };
}

/** What may be shown of them. */
export const summariseBank = (details: BankDetails): string =>
  `Bank account ending ${(details.iban ?? details.accountNumber ?? "").slice(-4)}`;
