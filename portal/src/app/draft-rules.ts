/** What is kept of a form under a name; what another release has kept is taken as far as its fields are still there and of the same kind. */
export function restored<Fields extends object>(kept: string | null, empty: Fields): Fields {
  let found: unknown;
  try {
    found = JSON.parse(kept ?? "null");
  } catch {
    // Written by hand.
    return empty;
  }
  if (typeof found !== "object" || found === null) return empty;
  const known = Object.entries(found).filter(
    ([name, value]) =>
      name in empty && (empty[name as keyof Fields] === null || typeof value === typeof empty[name as keyof Fields]),
  );
  return { ...empty, ...Object.fromEntries(known) };
}

/** What of a form is kept: only what differs from its beginning, and nothing of what may not be. Null where that is nothing. */
export function keptOf<Fields extends object>(
  fields: Fields,
  empty: Fields,
  unkept: readonly (keyof Fields)[],
): string | null {
  const kept = Object.entries(fields).filter(
    ([name, value]) => !unkept.includes(name as keyof Fields) && value !== empty[name as keyof Fields],
  );
  return kept.length === 0 ? null : JSON.stringify(Object.fromEntries(kept));
}
