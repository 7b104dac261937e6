/**
 * Countries that a platform can pay across borders by itself, with the currency that their accounts settle in: US, UK, EEA, Canada, Switzerland
 * (https://docs.stripe.com/connect/cross-border-payouts). Others need Global Payouts, which is another product.
 */
const CURRENCY_OF: Readonly<Record<string, string>> = {
  US: "usd",
  GB: "gbp",
  CA: "cad",
  CH: "chf",
  LI: "chf",
  CZ: "czk",
  DK: "dkk",
  HU: "huf",
  NO: "nok",
  PL: "pln",
  RO: "ron",
  SE: "sek",
  ...Object.fromEntries(
    "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split(" ").map((country) => [country, "eur"]),
  ),
};

/** The settlement currency of a supported country. */
export const currencyOf = (country: string): string | undefined => CURRENCY_OF[country];

const CURRENCIES = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));

/** Whether it is a currency at all, in lower case as the API writes them. */
export const isCurrency = (code: string): boolean => CURRENCIES.has(code);
