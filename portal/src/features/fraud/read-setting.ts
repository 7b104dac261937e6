import { fromDecimal, toTyped } from "../../ui/money.ts";

/** The parts of a list as it is typed, by commas. */
export const partsOf = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Hands on a number; whether it was one. */
export function withNumber(text: string, take: (value: number) => void): boolean {
  const value = Number(text);
  const isNumber = text.trim() !== "" && Number.isFinite(value);
  if (isNumber) take(value);
  return isNumber;
}

/**
 * Amounts as they are typed (`USD 5000, EUR 4500`), in minor units by currency; undefined where one is none. A comma parts two of them where a currency
 * follows, or nothing: any other is of an amount, in the languages that write one there.
 */
export function readAmounts(text: string): Record<string, number> | undefined {
  const parts = text.split(/,\s*(?=$|[A-Za-z])/).map((part) => part.trim());
  const read = parts
    .filter((part) => part !== "")
    .map((part) => {
      const [, currency = "", typed = ""] = /^([A-Za-z]{3})\s+(\S+)$/.exec(part) ?? [];
      const name = currency.toUpperCase();
      const amount = name === "" ? undefined : fromDecimal(typed, name);
      return amount === undefined || amount <= 0 ? undefined : ([name, amount] as const);
    });
  return read.includes(undefined) ? undefined : Object.fromEntries(read.filter((one) => one !== undefined));
}

export const amountsText = (amounts: Readonly<Record<string, number>>): string =>
  Object.entries(amounts)
    .map(([currency, amount]) => `${currency} ${toTyped(amount, currency)}`)
    .join(", ");
