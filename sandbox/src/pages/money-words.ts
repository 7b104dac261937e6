/** How many decimals a currency has. */
const exponentOf = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** `1234567` → `12,345.67`; the minus is a true one. */
export function amountWords(minor: number, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/g, ",");
  const decimals = exponent === 0 ? "" : `.${digits.slice(-exponent)}`;
  return `${minor < 0 ? "−" : ""}${whole}${decimals}`;
}

export const moneyWords = (minor: number, currency: string): string => `${amountWords(minor, currency)} ${currency}`;

/** An exact amount of minor units as the receipt writes it, in major ones: `123.45` cents → `1.2345`. Undefined for a fraction. */
export function exactWords(minor: string, currency: string): string | undefined {
  const [, whole, decimals = ""] = /^(\d+)(?:\.(\d+))?$/.exec(minor) ?? [];
  if (whole === undefined) return undefined;
  const exponent = exponentOf(currency);
  const digits = whole.padStart(exponent + 1, "0");
  return `${digits.slice(0, digits.length - exponent)}.${digits.slice(digits.length - exponent)}${decimals}`.replace(
    /\.$/,
    "",
  );
}

/** `14.5` → 1450; undefined for what is no amount of the currency above zero. */
export function readAmount(text: string, currency: string): number | undefined {
  const exponent = exponentOf(currency);
  const [, whole, decimals = ""] = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || decimals.length > exponent) return undefined;
  const minor = Number(whole + decimals.padEnd(exponent, "0"));
  return minor > 0 ? minor : undefined;
}

/** `0.001` → `0.1%`. */
export const percentWords = (fraction: number): string =>
  `${new Intl.NumberFormat("en", { maximumFractionDigits: 4 }).format(fraction * 100)}%`;

export const dayWords = (instant: string): string =>
  new Date(instant).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** The same day a month on; a day that the month lacks is its last. */
export function monthAfter(instant: string): string {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + 1);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.toISOString();
}
