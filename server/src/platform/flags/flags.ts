import { NOOP_PROVIDER, OpenFeature } from "@openfeature/server-sdk";
import { LRUCache } from "lru-cache";
import type { Clock } from "../../kernel/clock.ts";
import { defineErrors } from "../../kernel/errors.ts";
import { derivedId, newId } from "../../kernel/id.ts";
import { type Ctx, requireScope, systemContext } from "../context.ts";
import type { Database, Tx } from "../database/index.ts";
import type { Outbox } from "../outbox/index.ts";
import { createFlagProvider } from "./flag-provider.ts";

/** Every feature that can be turned on and off; all are off until somebody turns them on. */
export const FLAGS = {
  "partner-program-beta": "Registration is open to invited e-mails",
  "partner-program": "Registration is open to all",
} as const satisfies Record<string, string>;

export type FlagKey = keyof typeof FLAGS;

export type Flag = {
  readonly key: FlagKey;
  readonly description: string;
  readonly isEnabled: boolean;
  /** Null where nobody has set it yet. */
  readonly updatedAt: Date | null;
};

export const flagErrors = defineErrors("flag", {
  unknown: { kind: "not_found", title: "There is no such feature" },
});

/** What flags ask of the trail of acts, which lies above them. */
export type FlagRecorder = {
  record(tx: Tx, action: string, act: { targetType: string; targetId: string | null; after: object }): Promise<void>;
};

export type Flags = AsyncDisposable & {
  /** Whether a feature is on for the tenant. Known for a few seconds; what cannot be read counts as off. */
  isEnabled(ctx: Pick<Ctx, "tenantId">, key: FlagKey): Promise<boolean>;
  /** Turns a feature on or off, for the tenant of `ctx`. This server sees it at once, others within `FLAG_CACHE_TTL_MS`. */
  setFlag(ctx: Ctx, input: { key: string; isEnabled: boolean }): Promise<Flag>;
  listFlags(ctx: Ctx): Promise<Flag[]>;
};

export const FLAG_CACHE_TTL_MS = 3_000;
const CACHED_TENANTS_MAX = 2_000;

/** Feature flags of the table `feature_flags`, evaluated through OpenFeature. */
export async function createFlags(deps: {
  db: Database;
  clock: Clock;
  audit: FlagRecorder;
  outbox: Outbox;
}): Promise<Flags> {
  const { db } = deps;
  const cache = new LRUCache<string, ReadonlyMap<string, boolean>>({
    max: CACHED_TENANTS_MAX,
    ttl: FLAG_CACHE_TTL_MS,
    fetchMethod: (tenantId) =>
      db.read(systemContext({ tenantId, job: "flags.evaluate", now: deps.clock.now() }), async (tx) => {
        const rows = await tx
          .selectFrom("feature_flags")
          .select(["key", "is_enabled"])
          .where("tenant_id", "=", tenantId)
          .execute();
        return new Map(rows.map((row) => [row.key, row.is_enabled]));
      }),
  });

  // OpenFeature keeps providers for the whole process; a domain of its own keeps two programs in one process (tests) apart.
  const domain = newId();
  await OpenFeature.setProviderAndWait(
    domain,
    createFlagProvider(async (tenantId) => (await cache.fetch(tenantId)) ?? new Map()),
  );
  const client = OpenFeature.getClient(domain);

  return {
    isEnabled: ({ tenantId }, key) => client.getBooleanValue(key, false, { targetingKey: tenantId }),
    setFlag: async (ctx, { key, isEnabled }) => {
      const flag = await db.transaction(ctx, async (tx) => {
        requireScope(ctx, "flags:write");
        if (!isFlagKey(key)) throw flagErrors.unknown({ key });
        const row = { is_enabled: isEnabled, updated_at: ctx.now };
        await tx
          .insertInto("feature_flags")
          .values({ tenant_id: ctx.tenantId, key, ...row })
          .onConflict((conflict) => conflict.columns(["tenant_id", "key"]).doUpdateSet(row))
          .execute();
        await deps.audit.record(tx, isEnabled ? "flag.enabled" : "flag.disabled", {
          targetType: "flag",
          targetId: null,
          after: { key, isEnabled },
        });
        await deps.outbox.publish(tx, [
          {
            type: "feature.changed",
            objectType: "feature",
            objectId: derivedId("feature", ctx.tenantId, key),
            data: { key, isEnabled },
          },
        ]);
        return { key, description: FLAGS[key], isEnabled, updatedAt: ctx.now };
      });
      cache.delete(ctx.tenantId);
      return flag;
    },
    listFlags: (ctx) =>
      db.read(ctx, async (tx) => {
        requireScope(ctx, "flags:write");
        const rows = await tx.selectFrom("feature_flags").selectAll().where("tenant_id", "=", ctx.tenantId).execute();
        return flagKeys().map((key) => {
          const row = rows.find((each) => each.key === key);
          const [isEnabled, updatedAt] = [row?.is_enabled ?? false, row?.updated_at ?? null];
          return { key, description: FLAGS[key], isEnabled, updatedAt };
        });
      }),
    [Symbol.asyncDispose]: () => OpenFeature.setProviderAndWait(domain, NOOP_PROVIDER),
  };
}

const flagKeys = (): FlagKey[] => Object.keys(FLAGS).filter(isFlagKey);
const isFlagKey = (key: string): key is FlagKey => Object.hasOwn(FLAGS, key);
