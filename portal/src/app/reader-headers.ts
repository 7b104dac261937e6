import { locale } from "../i18n/locale.ts";

/** What goes with every request: the language that is shown, so that whoever is not known yet is written to in it. */
export const readerHeaders = (): Record<string, string> => ({ "accept-language": locale() });
