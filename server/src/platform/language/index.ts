export { dayInWords, dayOfInWords, instantInWords, moneyInWords } from "./in-words.ts";
export {
  asLanguage,
  DEFAULT_LANGUAGE,
  LANGUAGE_NAMES,
  LANGUAGES,
  type Language,
  languageAsked,
  type Reader,
} from "./languages.ts";
export { type MessageKey, type MessageValues, say, sayError } from "./say.ts";
