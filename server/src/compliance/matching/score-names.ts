/** Below it two words have nothing to do with each other. */
export const ALIKE_FROM = 0.8;
/** What all unmatched words of the longer name together take off (watchman weighs them so, too). */
const UNMATCHED_WEIGHT = 0.15;
/** The same where the partner's name has more words than the listed one. */
const EXTRA_WEIGHT = 0.3;

/** How alike word `asked` of the one name is to word `listed` of the other; 0 where it is not. */
export type Alike = (asked: number, listed: number) => number;

/**
 * How alike two names are, from 0 to 1, whatever the order of their words. Each word is paired with the one most like it; rare words weigh more
 * than common ones. Of two names one of which has several words, one word in common is no match (OFAC, "Assessing OFAC name matches", step 3).
 */
export function scoreNames(asked: readonly number[], listed: readonly number[], alike: Alike): number {
  const pairs = pairUp(asked.length, listed.length, alike);
  if (pairs.length < Math.min(2, Math.max(asked.length, listed.length))) return 0;
  let found = 0;
  let askedMatched = 0;
  let listedMatched = 0;
  let listedFound = 0;
  for (const { a, l, value } of pairs) {
    found += (asked[a] ?? 0) * value;
    listedFound += (listed[l] ?? 0) * value;
    askedMatched += asked[a] ?? 0;
    listedMatched += listed[l] ?? 0;
  }
  const askedAll = sum(asked);
  const listedAll = sum(listed);
  const within = (found / askedAll) * (1 - UNMATCHED_WEIGHT * (1 - listedMatched / listedAll));
  const around = (listedFound / listedAll) * (1 - EXTRA_WEIGHT * (1 - askedMatched / askedAll));
  return Math.max(within, around);
}

const sum = (weights: readonly number[]): number => weights.reduce((total, weight) => total + weight, 0);

/** The best pairs first, each word in one of them at most. */
function pairUp(asked: number, listed: number, alike: Alike) {
  const all: { readonly a: number; readonly l: number; readonly value: number }[] = [];
  for (let a = 0; a < asked; a += 1)
    for (let l = 0; l < listed; l += 1) {
      const value = alike(a, l);
      if (value >= ALIKE_FROM) all.push({ a, l, value });
    }
  all.sort((one, other) => other.value - one.value);
  const takenAsked = new Set<number>();
  const takenListed = new Set<number>();
  return all.filter(({ a, l }) => {
    if (takenAsked.has(a) || takenListed.has(l)) return false;
    takenAsked.add(a);
    takenListed.add(l);
    return true;
  });
}
