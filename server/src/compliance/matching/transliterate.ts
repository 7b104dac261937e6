/** `from` and `to` letter by letter, parted by blanks. */
function pairs(from: string, to: string): Record<string, string> {
  const latin = to.split(" ");
  return Object.fromEntries(from.split(" ").map((letter, at) => [letter, latin[at] ?? ""]));
}

/** Letters of other scripts as Latin ones, as names are mostly written in passports (ICAO 9303, BGN/PCGN). */
const LETTERS: Readonly<Record<string, string>> = {
  ...pairs(
    "а б в г д е ж з и к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya",
  ),
  ...pairs("є і ђ ћ ј љ њ џ ґ ғ қ ң ө ұ ү һ ә", "ye i dj c j lj nj dz g gh q ng o u u h a"),
  ...pairs("α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o"),
  ...pairs(
    "א ב ג ד ה ו ז ח ט י כ ך ל מ ם נ ן ס ע פ ף צ ץ ק ר ש ת",
    "a b g d h v z h t y k k l m m n n s a p f ts ts k r sh t",
  ),
  ...pairs(
    "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي ى ة ء پ چ ژ گ ک ی",
    "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a a p ch zh g k y",
  ),
  ...pairs("ß æ œ ø đ ð þ ł ı ŋ ə", "ss ae oe o d d th l i ng a"),
};

/** Scripts that write consonants and few vowels: what they spell is compared by its consonants. */
const CONSONANTAL = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/** What nobody sees (a soft hyphen, a joiner, a control sign) parts no word: a name with it looks like one without. */
const INVISIBLE = /\p{Mark}|\p{Lm}|\p{Cf}|\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}/u;
/** Signs that have letters shown in another order than they are written in: what such a name says is for people to see. */
const OVERRIDES = /[\u202D\u202E]/u;

export type Transliterated = {
  /** Latin letters, digits and what stood between them. */
  readonly latin: string;
  /** A part of it was written without vowels. */
  readonly isConsonantal: boolean;
  /** Every letter could be read. */
  readonly isWhole: boolean;
};

/** A name in Latin letters without accents, in lower case. What is in a script that is not read here leaves `isWhole` false. */
export function transliterate(text: string): Transliterated {
  let latin = "";
  let isWhole = !OVERRIDES.test(text);
  for (const sign of text.normalize("NFKD").toLowerCase()) {
    if (INVISIBLE.test(sign)) continue;
    const letter = LETTERS[sign];
    if (letter !== undefined) latin += letter;
    else if (/^[^\p{L}]$|^[a-z]$/u.test(sign)) latin += sign;
    else isWhole = false;
  }
  return { latin, isConsonantal: CONSONANTAL.test(text), isWhole };
}
