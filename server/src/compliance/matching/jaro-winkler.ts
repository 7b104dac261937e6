/** Longer tokens than any name has are cut: the work of a comparison is bounded. */
const LENGTH_MAX = 64;
const PREFIX_MAX = 4;
const PREFIX_WEIGHT = 0.1;
/** The prefix counts only where the rest is alike already (Winkler 1990). */
const BOOST_FROM = 0.7;

const takenLeft = new Uint8Array(LENGTH_MAX);
const takenRight = new Uint8Array(LENGTH_MAX);

/** How alike two tokens are, from 0 to 1 (Jaro 1989, with Winkler's prefix): made for typing errors in names. */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return left === "" ? 0 : 1;
  const lengthLeft = Math.min(left.length, LENGTH_MAX);
  const lengthRight = Math.min(right.length, LENGTH_MAX);
  if (lengthLeft === 0 || lengthRight === 0) return 0;
  const matches = matchUp(left, lengthLeft, right, lengthRight);
  if (matches === 0) return 0;
  const swapped = halfSwapped(left, lengthLeft, right);
  const jaro = (matches / lengthLeft + matches / lengthRight + (matches - swapped) / matches) / 3;
  if (jaro < BOOST_FROM) return jaro;
  let prefix = 0;
  while (prefix < PREFIX_MAX && prefix < lengthLeft && left.charCodeAt(prefix) === right.charCodeAt(prefix))
    prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

/** Marks the letters that are in both, no further apart than half the longer token, and counts them. */
function matchUp(left: string, lengthLeft: number, right: string, lengthRight: number): number {
  takenLeft.fill(0, 0, lengthLeft);
  takenRight.fill(0, 0, lengthRight);
  const reach = Math.max(0, (Math.max(lengthLeft, lengthRight) >> 1) - 1);
  let matches = 0;
  for (let at = 0; at < lengthLeft; at += 1) {
    const letter = left.charCodeAt(at);
    const end = Math.min(lengthRight, at + reach + 1);
    for (let other = Math.max(0, at - reach); other < end; other += 1) {
      if (takenRight[other] === 1 || right.charCodeAt(other) !== letter) continue;
      takenLeft[at] = 1;
      takenRight[other] = 1;
      matches += 1;
      break;
    }
  }
  return matches;
}

/** Half the number of marked letters that stand in another order. */
function halfSwapped(left: string, lengthLeft: number, right: string): number {
  let other = 0;
  let differing = 0;
  for (let at = 0; at < lengthLeft; at += 1) {
    if (takenLeft[at] === 0) continue;
    while (takenRight[other] === 0) other += 1;
    if (left.charCodeAt(at) !== right.charCodeAt(other)) differing += 1;
    other += 1;
  }
  return differing >> 1;
}
