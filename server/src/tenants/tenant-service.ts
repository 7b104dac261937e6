import { newId } from "../kernel/id.ts";
import { systemContext } from "../platform/context.ts";
import {
  createListener,
  createOperator,
  type Database,
  findTwin,
  type ReadTx,
  type TenantRow,
  type Tx,
  tenantsForHosts,
} from "../platform/database/index.ts";
import { createKnown } from "../platform/known.ts";
import type { MailLook } from "../platform/mail/index.ts";
import { tenantErrors } from "./tenant-errors.ts";

/** Whose programme a request is about: the operator, or a sub-operator under it. */
export type Tenant = {
  readonly id: string;
  readonly name: string;
  /** The host that was asked for, where it is the tenant's own; null where the operator answers for want of anybody else. */
  readonly host: string | null;
  /** Serves its own host, and every host that is nobody else's. */
  readonly isOperator: boolean;
  readonly isActive: boolean;
  /** Suspended by its parent: what others rely on goes on (links, money that comes in), and nothing else. */
  readonly isSuspended: boolean;
  /** What is added to the machine's clock; other than zero in test mode alone. */
  readonly clockOffsetMs: number;
};

/** A tenant in test mode, of a live one. */
export type Twin = Pick<Tenant, "id" | "clockOffsetMs">;

export type TenantService = AsyncDisposable & {
  /** The tenant that answers on a host. What is known is forgotten when some tenant's host or status changes: every server hears of it. */
  findForHost(host: string): Promise<Tenant | undefined>;
  /** The same, where it is known already. */
  knownForHost(host: string): Tenant | undefined;
  /** The tenant that answers on a host; refused before set-up, once it was removed, and while it is suspended, but for what is served then. */
  tenantForHost(host: string, options?: { readonly isServedSuspended?: boolean }): Promise<Tenant>;
  /** The tenant at the top, straight from the database. */
  findOperator(): Promise<Tenant | undefined>;
  /** The test twin of a tenant, and what is added to the machine's clock there; undefined where it has none. Straight from the database. */
  findTwin(liveId: string): Promise<Twin | undefined>;
  /** Makes the operator, or finds the one that is there: several servers may start on an empty database at once. */
  createOperator(input: { name: string; now: Date }): Promise<{ id: string; isNew: boolean }>;
};

/** Below which a twin's links lead, at its live tenant's address. */
export const TEST_PATH = "/test";

/** The tenant of a transaction: what people know it by (its brand's name; its programme's until it has a brand), where its people reach it (`publicUrl` is the operator's), and how its mails look. */
export async function findOwnTenant(tx: ReadTx, publicUrl: string): Promise<OwnTenant> {
  const row = await tx
    .selectFrom("tenants")
    .select(["name", "host", "link_host", "link_host_proven_at", "mail_look", "mode"])
    .where("id", "=", tx.ctx.tenantId)
    .executeTakeFirstOrThrow();
  const lasting = row.host === null ? new URL(publicUrl).origin : originOf(row.host, publicUrl);
  const origin = row.link_host === null ? lasting : originOf(row.link_host, publicUrl);
  const proven = isProven(row.link_host_proven_at, tx.ctx.now) ? origin : lasting;
  const below = row.mode === "test" ? TEST_PATH : "";
  return {
    name: row.name,
    url: `${origin}${below}`,
    tokenUrl: `${proven}${below}`,
    lastingUrl: `${lasting}${below}`,
    look: lookAt(origin, row.mail_look as MailLook | null),
  };
}

/** Where a host of a tenant's own is reached: as the installation is, with or without encryption, on the same port. */
export function originOf(host: string, publicUrl: string): string {
  const { protocol, port } = new URL(publicUrl);
  return `${protocol}//${host}${port === "" ? "" : `:${port}`}`;
}

/** A look as a mail can show it: its logo by a whole address. What is kept was written by `showBrand` alone. */
const lookAt = (url: string, look: MailLook | null): MailLook | undefined =>
  look === null ? undefined : { ...look, logo: look.logo && { ...look.logo, url: new URL(look.logo.url, url).href } };

export type OwnTenant = {
  readonly name: string;
  /** For people: on the newest of its domains. */
  readonly url: string;
  /** For machines that are told once: on the host that it keeps, whatever becomes of its domains. */
  readonly lastingUrl: string;
  /** For links that carry a token: not with a domain of which nobody knows just now whose it is. */
  readonly tokenUrl: string;
  readonly look: MailLook | undefined;
};

/** As long as what DNS has said of a domain is taken for what it says. */
const PROVEN_MS = 10 * 60_000;

/** Whether a domain that was shown to be a tenant's at `provenAt` may be taken for its own still. */
export const isProven = (provenAt: Date | null, now: Date): boolean =>
  provenAt !== null && now.getTime() - provenAt.getTime() <= PROVEN_MS;

/** Calls the transaction's tenant as its programme is called, unless it has a brand: then people know it by that. */
export async function nameOwnTenant(tx: Tx, name: string): Promise<void> {
  await tx
    .updateTable("tenants")
    .set({ name })
    .where("id", "=", tx.ctx.tenantId)
    .where("mail_look", "is", null)
    .execute();
}

/** Has the links and mails of the transaction's tenant made with this domain of its own, shown to be that at `provenAt` the last time; null for none. */
export async function saveLinkHost(tx: Tx, host: string | null, provenAt: Date | null): Promise<void> {
  await tx
    .updateTable("tenants")
    .set({ link_host: host, link_host_proven_at: provenAt })
    .where("id", "=", tx.ctx.tenantId)
    .execute();
}

/**
 * Has people know the transaction's tenant by the name of its brand from now on, and its mails look so. The logo's address is a path: where it is
 * read depends on the day.
 */
export async function showBrand(tx: Tx, name: string, look: MailLook): Promise<void> {
  await tx
    .updateTable("tenants")
    .set({ name, mail_look: JSON.stringify(look) })
    .where("id", "=", tx.ctx.tenantId)
    .execute();
}

/** As long as changes are heard of. */
const KNOWN_MS = 60_000;
/** Without hearing of changes, they are seen within a second. */
const UNHEARD_KNOWN_MS = 900;
/** Hosts are what callers say they are: the cache is as large as a big installation needs and no larger. */
const CACHED_HOSTS_MAX = 2_000;
/** Longer is no name that anybody has (RFC 1035, 2.3.4): all of them are one, so that the cache holds names and not what fits into a header. */
const HOST_LENGTH_MAX = 253;
/** A host that nobody has: the answer is the operator. */
const NO_HOST = "";
/** On which the database tells that a tenant's host, name, status or clock has changed (`tell_hosts` in the migrations). */
const HOSTS_CHANNEL = "tributary_hosts";

/**
 * Finds tenants, and makes the first. What it knows of hosts is heard to be wrong over a connection of its own, from the first question on;
 * without `onError` it listens to nobody, and knows a host for less than a second.
 */
export function createTenantService({
  db,
  onError,
}: {
  readonly db: Database;
  readonly onError?: (error: unknown) => void;
}): TenantService {
  const find = together(async (hosts: readonly string[]) => {
    const rows = await tenantsForHosts(db, hosts);
    return new Map([...rows].map(([host, row]) => [host, tenantOf(row)]));
  });
  // Hosts that nobody has are kept too, as the operator's. Requests that miss at once share one query. Nothing is kept before set-up, so that set-up shows at once.
  const tenants = createKnown<Tenant, undefined>({
    max: CACHED_HOSTS_MAX,
    ttlMs: onError ? KNOWN_MS : UNHEARD_KNOWN_MS,
    read: find,
  });
  const listener = onError && createListener({ db, channel: HOSTS_CHANNEL, wake: () => tenants.clear(), onError });
  const keyOf = (host: string): string => (host.length > HOST_LENGTH_MAX ? NO_HOST : host.toLowerCase());
  const findForHost = (host: string) => {
    listener?.start();
    return tenants.find(keyOf(host), undefined);
  };
  return {
    findForHost,
    knownForHost: (host) => tenants.atOnce(keyOf(host), undefined),
    tenantForHost: async (host, { isServedSuspended = false } = {}) => {
      const tenant = await findForHost(host);
      if (tenant === undefined) throw tenantErrors.not_set_up();
      if (tenant.isActive || (tenant.isSuspended && isServedSuspended)) return tenant;
      const reason = await reasonOf(db, tenant.id);
      throw tenant.isSuspended ? tenantErrors.suspended({ reason }) : tenantErrors.removed({ reason });
    },
    findOperator: () => find(NO_HOST),
    findTwin: async (liveId) => {
      const twin = await findTwin(db, liveId);
      return twin && { id: twin.id, clockOffsetMs: Number(twin.clock_offset_ms) };
    },
    createOperator: ({ name, now }) => createOperator(db, { id: newId(), name, at: now }),
    [Symbol.asyncDispose]: async () => listener?.[Symbol.asyncDispose](),
  };
}

/** As many hosts as one question asks for. */
const ASKED_MAX = 500;

/**
 * Asks for many keys with one question, and asks no second one while a first is on its way: a caller that names another host in each request
 * keeps one connection busy and no more, however many requests it sends.
 */
function together<Value>(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (key: string) => Promise<Value | undefined> {
  let waiting: { readonly key: string; readonly done: PromiseWithResolvers<Value | undefined> }[] = [];
  let isAsking = false;
  const run = async (): Promise<void> => {
    isAsking = true;
    while (waiting.length > 0) {
      const asked = waiting.slice(0, ASKED_MAX);
      waiting = waiting.slice(ASKED_MAX);
      try {
        const found = await ask([...new Set(asked.map(({ key }) => key))]);
        for (const { key, done } of asked) done.resolve(found.get(key));
      } catch (error) {
        for (const { done } of asked) done.reject(error);
      }
    }
    isAsking = false;
  };
  return (key) => {
    const done = Promise.withResolvers<Value | undefined>();
    waiting.push({ key, done });
    if (!isAsking) void run();
    return done.promise;
  };
}

const tenantOf = (row: TenantRow): Tenant => ({
  id: row.id,
  name: row.name,
  host: row.host,
  isOperator: row.parent_id === null && row.mode === "live",
  isActive: row.status === "active",
  isSuspended: row.status === "suspended",
  clockOffsetMs: Number(row.clock_offset_ms),
});

/** Why it is refused, as its parent has written it. Read when it is: nobody waits for it who is served. */
async function reasonOf(db: Database, tenantId: string): Promise<string | null> {
  const ctx = systemContext({ tenantId, job: "refuse", now: new Date(0) });
  const row = await db.read(ctx, (tx) =>
    tx.selectFrom("tenants").select("status_reason").where("id", "=", tenantId).executeTakeFirst(),
  );
  return row?.status_reason ?? null;
}
