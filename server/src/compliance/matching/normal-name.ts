import { transliterate } from "./transliterate.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** What is said of a name and is no part of it: titles, forms of companies, articles. */
const LEFT_OUT = words(`
  mr mrs ms miss dr prof eng engineer gen general col colonel capt sir haj hajj haji hajji sheikh shaikh shaykh sayyid sayed mullah mawlawi
  maulavi maulana ustad
  co company companies ltd limited llc llp lp inc incorporated corp corporation plc pc sa sas sarl sarlau srl spa sl slu gmbh ag kg ug se bv nv
  cv oy oyj ab as asa aps ooo oao zao pao ao jsc pjsc ojsc cjsc llp pte pty bhd sdn fze fzco fzc est kk sro doo dd ad lda ltda cia
  the of and for de la le les el al del della di da dos des du y e et und von van der den bin bint ibn
  בעמ שותפות`);

/** A name as it is compared: words without order. */
export type NormalName = {
  readonly tokens: readonly string[];
  /** Its letters without what parts them, with forms of companies and without: alike however it is parted into words. */
  readonly joined: readonly string[];
  /** Written without vowels: compared by consonants. */
  readonly isConsonantal: boolean;
  /** Some of its letters are in a script that is not read here: nothing is known of it. */
  readonly isReadable: boolean;
};

/**
 * Latin letters, no accents, punctuation, titles or forms of companies; each word once. A name that consists of such words alone keeps them.
 * More words than a name has are left out: the work is bounded.
 */
export function normalName(name: string): NormalName {
  const { latin, isConsonantal, isWhole } = transliterate(name);
  const written = joinInitials(latin)
    .split(/[^a-z0-9]+/)
    .filter((token) => token !== "");
  const all = [...new Set(written)].slice(0, TOKENS_MAX);
  const isMeant = (token: string): boolean => !LEFT_OUT.has(token);
  const meant = all.filter(isMeant);
  const tokens = meant.length === 0 ? all : meant;
  const joined = [...new Set([written.join(""), written.filter(isMeant).join("")])];
  return { tokens, joined, isConsonantal, isReadable: isWhole && tokens.length > 0 };
}

const TOKENS_MAX = 24;

/** `s.a.r.l.` is one word, as `d'or` is; a hyphen and a slash part two. */
const joinInitials = (text: string): string =>
  text.replaceAll(/['’‘`"״׳]/gu, "").replaceAll(/\b([a-z])\.(?=[a-z]\b)/g, "$1");

/**
 * The consonants of a word, alike however its vowels are written: `mohammed` and `muhamad` are both `mhmd`. Also alike are what languages write for one
 * sound (`q` and `k`, `kh` and `h`).
 */
export function consonantsOf(token: string): string {
  let text = token
    .replaceAll("ph", "f")
    .replaceAll(/ck|[qc]/g, "k")
    .replaceAll("kh", "h")
    .replaceAll(/([sdtgz])h/g, "$1");
  text = text
    .replaceAll(/(.)\1+/g, "$1")
    .replaceAll(/[aeiouywv]/g, "")
    .replace(/h$/, "");
  return text;
}
