import { LRUCache } from "lru-cache";

/** What is read from elsewhere and kept for a while, by key. */
export type Known<Value, Context> = {
  /** What is known, or else what is read now. Undefined is not kept. */
  find(key: string, context: Context): Promise<Value | undefined>;
  /** What is known already. */
  atOnce(key: string, context: Context): Value | undefined;
  /** Forgets everything; what is being read now is told to who waits for it, and not kept. */
  clear(): void;
};

/** The part of its time after which what is still asked for is read again. */
const FRESH_PART = 2 / 3;

/**
 * Keeps what `read` finds for `ttlMs` from when it was asked, and never longer. What is asked for in the last third of that time is read again
 * meanwhile: what many ask for is always known, and nobody waits for it. Those who miss at once share one reading.
 */
export function createKnown<Value extends NonNullable<unknown>, Context>({
  max,
  ttlMs,
  read,
}: {
  /** Keys are what callers say they are: nobody fills the memory with them. */
  readonly max: number;
  readonly ttlMs: number;
  readonly read: (key: string, context: Context) => Promise<Value | undefined>;
}): Known<Value, Context> {
  const kept = new LRUCache<string, { readonly value: Value; readonly askedAt: number }>({ max });
  const readings = new Map<string, Promise<Value | undefined>>();
  let clearings = 0;

  const readAndKeep = async (key: string, context: Context): Promise<Value | undefined> => {
    const [askedAt, clearedBefore] = [performance.now(), clearings];
    const value = await read(key, context);
    if (clearedBefore !== clearings) return value;
    if (value === undefined) kept.delete(key);
    else kept.set(key, { value, askedAt });
    return value;
  };
  const reading = (key: string, context: Context): Promise<Value | undefined> => {
    const before = readings.get(key);
    if (before !== undefined) return before;
    const begun = readAndKeep(key, context);
    readings.set(key, begun);
    const end = () => {
      if (readings.get(key) === begun) readings.delete(key);
    };
    begun.then(end, end);
    return begun;
  };
  const atOnce = (key: string, context: Context): Value | undefined => {
    const found = kept.get(key);
    if (found === undefined) return undefined;
    const age = performance.now() - found.askedAt;
    if (age > ttlMs) return undefined;
    // A reading that fails here takes nothing away: whoever asks when it is no longer known meets the failure.
    if (age > ttlMs * FRESH_PART) reading(key, context).catch(() => undefined);
    return found.value;
  };
  return {
    atOnce,
    find: async (key, context) => atOnce(key, context) ?? (await reading(key, context)),
    clear: () => {
      clearings += 1;
      kept.clear();
      readings.clear();
    },
  };
}
