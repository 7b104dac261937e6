/** Languages of the portal. Which one a person reads is kept in their browser. */
export const LOCALES = { en: { name: "English", direction: "ltr" }, he: { name: "עברית", direction: "rtl" } } as const;
export type Locale = keyof typeof LOCALES;

const KEPT = "tributary_locale";
const isLocale = (value: string | null | undefined): value is Locale => value != null && value in LOCALES;

function choose(): Locale {
  const asked = [localStorage.getItem(KEPT), ...navigator.languages.map((tag) => tag.split("-")[0])];
  return asked.find(isLocale) ?? "en";
}

let current: Locale | undefined;

/** The language that is shown; chosen once for the life of the page. */
export const locale = (): Locale => (current ??= choose());

/** How numbers and dates are written: in the language that is shown, as the reader's region writes them where the browser says. */
export const formatLocale = (): string => navigator.languages.find((tag) => tag.startsWith(`${locale()}-`)) ?? locale();

/** Keeps another language and shows the page anew in it. */
export function changeLocale(to: Locale): void {
  localStorage.setItem(KEPT, to);
  location.reload();
}
