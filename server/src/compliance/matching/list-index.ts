import { jaroWinkler } from "./jaro-winkler.ts";
import { consonantsOf, type NormalName, normalName } from "./normal-name.ts";
import { ALIKE_FROM, scoreNames } from "./score-names.ts";

/** A name of the list and the entry that it is of, by its place among the entries. */
export type ListedName = { readonly entry: number; readonly name: string };
/** The best of an entry's names for a name that was asked for. */
export type NameMatch = ListedName & { readonly score: number };

/** An index over the words of listed names: finds those that a name may mean without looking at the others. */
export type ListIndex = {
  /** The entries with a name at least `from` alike, the most alike first. */
  readonly search: (asked: NormalName, from: number) => NameMatch[];
  /** The same by looking at every name: what the index is measured against. */
  readonly scan: (asked: NormalName, from: number) => NameMatch[];
};

type Indexed = ListedName & { readonly words: readonly number[]; readonly weights: readonly number[] };

/** Shorter ones are those of more than one by chance. */
const JOINED_FROM = 6;

/** All letters of a listed name in a row; of a person, whose family name stands first, in the other order, too. */
const joinedOf = (name: string, { joined }: NormalName): Set<string> => {
  const [family = "", ...given] = name.split(",");
  const turned = given.length === 0 ? [] : normalName(`${given.join(" ")} ${family}`).joined;
  return new Set([...joined, ...turned].filter((letters) => letters.length >= JOINED_FROM));
};

/** Words shorter than this have too many neighbours to be looked for by them. */
const NEIGHBOURS_FROM = 3;

/**
 * Builds the index. Words are kept once; a word is found by itself, by one letter more, less, other or swapped, and by its consonants. A name is found by
 * all of its letters, too.
 */
export function buildListIndex(listed: readonly ListedName[]): ListIndex {
  const words: string[] = [];
  const numbers = new Map<string, number>();
  const normal = listed.map(({ name }) => normalName(name));
  const wordsOf = normal.map(({ tokens }) =>
    tokens.map((token) => {
      const known = numbers.get(token);
      if (known !== undefined) return known;
      numbers.set(token, words.length);
      words.push(token);
      return words.length - 1;
    }),
  );
  const names: number[][] = words.map(() => []);
  wordsOf.forEach((of, at) => {
    for (const word of of) names[word]?.push(at);
  });
  // A word in one name of a thousand says more than one in every tenth.
  const weightOf = (count: number): number => Math.log(1 + listed.length / (count + 1));
  const weights = names.map((of) => weightOf(of.length));
  const unknownWeight = weightOf(0);
  const indexed: Indexed[] = listed.map((one, at) => {
    const of = wordsOf[at] ?? [];
    return { ...one, words: of, weights: of.map((word) => weights[word] ?? unknownWeight) };
  });
  const consonants = words.map(consonantsOf);
  const byConsonants = Map.groupBy(words.keys(), (word) => consonants[word] ?? "");
  const neighbours = new Map<string, number[]>();
  words.forEach((word, number) => {
    for (const near of withoutOne(word)) {
      const of = neighbours.get(near);
      if (of === undefined) neighbours.set(near, [number]);
      else of.push(number);
    }
  });

  const byJoined = new Map<string, number[]>();
  normal.forEach((one, at) => {
    for (const joined of joinedOf(listed[at]?.name ?? "", one)) {
      const of = byJoined.get(joined);
      if (of === undefined) byJoined.set(joined, [at]);
      else of.push(at);
    }
  });
  /** Those whose letters are the same however they are parted: one who writes two words as one, or a word letter by letter, is found. */
  const keepJoined = (best: Map<number, NameMatch>, asked: NormalName, from: number): void => {
    for (const at of asked.joined.flatMap((joined) => byJoined.get(joined) ?? [])) {
      const one = indexed[at];
      if (one !== undefined) keepBest(best, one, 1, from);
    }
  };

  const alikeness = (asked: NormalName) => {
    const skeletons = asked.tokens.map(consonantsOf);
    return (at: number, word: number): number => {
      const direct = jaroWinkler(asked.tokens[at] ?? "", words[word] ?? "");
      if (!asked.isConsonantal) return direct;
      return Math.max(direct, jaroWinkler(skeletons[at] ?? "", consonants[word] ?? ""));
    };
  };
  const weightsOf = (asked: NormalName): number[] =>
    asked.tokens.map((token) => weights[numbers.get(token) ?? -1] ?? unknownWeight);

  const nearWords = (token: string): Set<number> => {
    const found = new Set<number>();
    const add = (of: Iterable<number> | undefined): void => {
      for (const word of of ?? []) found.add(word);
    };
    const same = numbers.get(token);
    if (same !== undefined) found.add(same);
    add(neighbours.get(token));
    for (const near of withoutOne(token)) {
      const exact = numbers.get(near);
      if (exact !== undefined) found.add(exact);
      add(neighbours.get(near));
    }
    const skeleton = consonantsOf(token);
    if (skeleton.length > 1) add(byConsonants.get(skeleton));
    return found;
  };

  return {
    search: (asked, from) => {
      const alike = alikeness(asked);
      const askedWeights = weightsOf(asked);
      const alikeWords = asked.tokens.map((token, at) => {
        const found = new Map<number, number>();
        for (const word of nearWords(token)) {
          const value = alike(at, word);
          if (value >= ALIKE_FROM) found.set(word, value);
        }
        return found;
      });
      const met = new Map<number, number>();
      for (const found of alikeWords) {
        const ofToken = new Set<number>();
        for (const word of found.keys()) for (const name of names[word] ?? []) ofToken.add(name);
        for (const name of ofToken) met.set(name, (met.get(name) ?? 0) + 1);
      }
      const best = new Map<number, NameMatch>();
      for (const [at, count] of met) {
        const one = indexed[at];
        if (one === undefined || count < Math.min(2, Math.max(one.words.length, asked.tokens.length))) continue;
        const score = scoreNames(askedWeights, one.weights, (a, l) => alikeWords[a]?.get(one.words[l] ?? -1) ?? 0);
        keepBest(best, one, score, from);
      }
      keepJoined(best, asked, from);
      return inOrder(best);
    },
    scan: (asked, from) => {
      const alike = alikeness(asked);
      const askedWeights = weightsOf(asked);
      const best = new Map<number, NameMatch>();
      for (const one of indexed)
        keepBest(
          best,
          one,
          scoreNames(askedWeights, one.weights, (a, l) => alike(a, one.words[l] ?? -1)),
          from,
        );
      keepJoined(best, asked, from);
      return inOrder(best);
    },
  };
}

function keepBest(best: Map<number, NameMatch>, { entry, name }: ListedName, score: number, from: number): void {
  if (score < from || score <= (best.get(entry)?.score ?? 0)) return;
  best.set(entry, { entry, name, score });
}

const inOrder = (best: ReadonlyMap<number, NameMatch>): NameMatch[] =>
  [...best.values()].sort((one, other) => other.score - one.score || one.entry - other.entry);

/** The word with one letter left out, at each place. */
function withoutOne(word: string): string[] {
  if (word.length < NEIGHBOURS_FROM) return [];
  const found = new Set<string>();
  for (let at = 0; at < word.length; at += 1) found.add(word.slice(0, at) + word.slice(at + 1));
  return [...found];
}
