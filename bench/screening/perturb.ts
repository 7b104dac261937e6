/** The same every time: a figure of recall is worth nothing if nobody can repeat it. */
export function createChance(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const shuffle = <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => ({ item, at: next() }))
      .toSorted((one, other) => one.at - other.at)
      .map(({ item }) => item);
  return { below, pick, shuffle };
}
export type Chance = ReturnType<typeof createChance>;

const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== "");

/** A letter left out, put in, another, or two swapped. */
function mistype(word: string, { below }: Chance): string {
  const at = below(word.length - 1);
  const letter = String.fromCharCode(97 + below(26));
  switch (below(4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + letter + word.slice(at);
    case 2:
      return word.slice(0, at) + letter + word.slice(at + 1);
    default:
      return word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
  }
}

function mistyped(name: string, words: number, chance: Chance): string {
  const all = wordsOf(name);
  const long = chance.shuffle(all.flatMap((word, at) => (word.length >= 4 ? [at] : []))).slice(0, words);
  for (const at of long) all[at] = mistype(all[at] ?? "", chance);
  return chance.shuffle(all).join(" ");
}

/** Another way of writing the same sounds in Latin letters. */
const respelt = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/mohammad|muhammad|mohammed/g, "mohamad")
    .replaceAll("ee", "i")
    .replaceAll("ou", "u")
    .replaceAll("kh", "h")
    .replaceAll("q", "k")
    .replaceAll(/i?y\b/g, "i")
    .replaceAll(/(.)\1/g, "$1");

/** What happens to names on their way into a form. */
export const PERTURBATIONS: Readonly<Record<string, (name: string, chance: Chance) => string>> = {
  "as listed": (name) => name,
  "other order": (name, { shuffle }) => shuffle(wordsOf(name)).join(" "),
  "one typing error, other order": (name, chance) => mistyped(name, 1, chance),
  "two typing errors, other order": (name, chance) => mistyped(name, 2, chance),
  "another transliteration": (name) => respelt(name),
  "a word missing (of three or more)": (name, { below }) => {
    const all = wordsOf(name);
    if (all.length > 2) all.splice(below(all.length), 1);
    return all.join(" ");
  },
  "a word too many": (name, { pick }) => `${name} ${pick(["Miller", "Lee", "Junior", "Anna", "Partners"])}`,
};
