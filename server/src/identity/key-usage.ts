import { systemContext } from "../platform/context.ts";
import type { Database } from "../platform/database/index.ts";
import { touchKey } from "./api-key-repository.ts";

/** Notes when keys were last used, behind the requests that use them. */
export type KeyUsage = AsyncDisposable & {
  /** Returns at once. Writes at most once a minute for each key, however many servers see it. */
  note(key: { tenantId: string; id: string; lastUsedAt: Date | null; now: Date }): void;
  /** Resolves when what was noted so far is written. */
  settled(): Promise<void>;
};

const NOTED_EVERY_MS = 60_000;

/** Makes the note-taker. A note that cannot be written is reported and lost: it never costs a caller anything. */
export function createKeyUsage({ db, onError }: { db: Database; onError: (error: unknown) => void }): KeyUsage {
  const writing = new Map<string, Promise<void>>();
  const settled = async (): Promise<void> => {
    await Promise.all(writing.values());
  };
  return {
    note: ({ tenantId, id, lastUsedAt, now }) => {
      const notedBefore = new Date(now.getTime() - NOTED_EVERY_MS);
      if (writing.has(id) || (lastUsedAt !== null && lastUsedAt > notedBefore)) return;
      const ctx = systemContext({ tenantId, job: "identity.note_key_usage", now });
      const write = db
        .transaction(ctx, (tx) => touchKey(tx, { id, notedBefore }))
        .catch(onError)
        .finally(() => writing.delete(id));
      writing.set(id, write);
    },
    settled,
    [Symbol.asyncDispose]: settled,
  };
}
