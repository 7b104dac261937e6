const WAIT_MS = 10;
const AT_ONCE = 200;

type Waiting<Found> = { readonly resolve: (found: Found | null) => void; readonly reject: (error: unknown) => void };

/** Reads things by id, many at once: those that are asked for together are fetched together. Null where one is not to be found. */
export function loadTogether<Found>(
  fetchMany: (ids: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
): (id: string) => Promise<Found | null> {
  let waiting = new Map<string, Waiting<Found>[]>();
  async function flush(): Promise<void> {
    const asked = waiting;
    waiting = new Map();
    const ids = [...asked.keys()];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const some = ids.slice(at, at + AT_ONCE);
      try {
        const found = await fetchMany(some);
        for (const id of some) for (const one of asked.get(id) ?? []) one.resolve(found.get(id) ?? null);
      } catch (error) {
        for (const id of some) for (const one of asked.get(id) ?? []) one.reject(error);
      }
    }
  }
  return (id) =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setTimeout(() => void flush(), WAIT_MS);
      waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
    });
}
