import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { sanctionsErrors } from "./compliance-errors.ts";
import {
  confirmList,
  endEntries,
  findKeptEntries,
  findNewestList,
  findVersionOf,
  insertEntries,
  insertList,
  type ListVersion,
  lockLists,
} from "./list-repository.ts";
import { compareLists, decideList, filesHash, sha256 } from "./list-rules.ts";
import type { ListNews } from "./name-screening.ts";
import { readOfacFiles } from "./ofac-files.ts";
import { SCREEN_DUE_JOB } from "./screen-partners.ts";

/** Asks for the list where it is kept, before its hour has come. */
export const REFRESH_LIST_JOB = "compliance.refresh_list_now";

export type ImportedList = { readonly isNew: boolean; readonly list: ListVersion };

type Files = Extract<ListNews, { source: "ofac" }> & {
  /** Takes a list that has lost more than a tenth of its entries, or was in force before. */
  readonly isMeant?: boolean;
};

/**
 * Takes a list into force, or notes that the one in force is still the newest. What has changed is compared with all partners soon after; until
 * then nobody is cleared. Throws what `readOfacFiles` throws, `sanctions.list_older`, `.list_shrunk` and `.date_future`.
 */
export const importList =
  (deps: ComplianceDeps) =>
  async (ctx: Ctx, input: Files): Promise<ImportedList> => {
    requireScope(ctx, "compliance:write");
    const read = readOfacFiles(input.files, input.encoding);
    const contentHash = filesHash(input.files);
    return deps.db.transaction(ctx, async (tx) => {
      await lockLists(tx);
      const newest = await findNewestList(tx);
      const decision = decideList({
        newest,
        same: await findVersionOf(tx, contentHash),
        asOf: input.asOf,
        entries: read.length,
        isMeant: input.isMeant ?? false,
        now: ctx.now,
      });
      if (decision.kind === "refused") throw sanctionsErrors[decision.refusal.name](decision.refusal.facts);
      if (decision.kind === "unchanged") return confirmed(tx, newest, input.confirmedAt);

      const { added, changed, removed } = compareLists(await findKeptEntries(tx), read);
      const version = (newest?.version ?? 0n) + 1n;
      const list = await write(deps, tx, {
        version,
        source: "ofac",
        contentHash,
        asOf: input.asOf,
        confirmedAt: later(input.asOf, input.confirmedAt),
        entries: read.length,
        added: added.length,
        changed: changed.length,
        removed: removed.length,
        // After another source nothing is known of what was compared with what.
        rescreensAll: newest === undefined || newest.source !== "ofac",
        files: input.files.map(({ name, content }) => ({ name, size: content.length, sha256: sha256(content) })),
      });
      await endEntries(tx, [...changed.map(({ entry }) => entry.id), ...removed], version);
      await insertEntries(tx, [...added, ...changed], version);
      return { isNew: true, list };
    });
  };

/** Notes which list a service has. It keeps the entries, and does not say what has changed: another list is another for everybody. */
export const noteServiceList =
  (deps: ComplianceDeps) =>
  (ctx: Ctx, { contentHash, entries, asOf }: Extract<ListNews, { source: "watchman" }>): Promise<ImportedList> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "compliance:write");
      await lockLists(tx);
      const newest = await findNewestList(tx);
      if (newest?.source === "watchman" && newest.contentHash === contentHash) return confirmed(tx, newest, asOf);
      const list = await write(deps, tx, {
        version: (newest?.version ?? 0n) + 1n,
        source: "watchman",
        contentHash,
        asOf,
        confirmedAt: asOf,
        entries,
        added: 0,
        changed: 0,
        removed: 0,
        rescreensAll: true,
        files: [],
      });
      return { isNew: true, list };
    });

/** Asks the configured source for its list. Undefined where none is configured. */
export const refreshList =
  (deps: ComplianceDeps) =>
  async (ctx: Ctx): Promise<ImportedList | undefined> => {
    const news = await deps.screening.askForNews(ctx);
    if (news === undefined) return undefined;
    return news.source === "ofac" ? importList(deps)(ctx, news) : noteServiceList(deps)(ctx, news);
  };

async function confirmed(tx: Tx, newest: ListVersion | undefined, at: Date): Promise<ImportedList> {
  if (newest === undefined) throw sanctionsErrors.files_unknown();
  await confirmList(tx, newest.version, at);
  return { isNew: false, list: { ...newest, confirmedAt: later(newest.confirmedAt, at) } };
}

async function write(
  { audit }: ComplianceDeps,
  tx: Tx,
  list: Omit<ListVersion, "id" | "importedAt" | "importedBy">,
): Promise<ListVersion> {
  const whole = { ...list, importedBy: actorOf(tx) };
  await insertList(tx, whole);
  const { files: _, ...figures } = whole;
  await audit.record(tx, "sanctions_list.imported", { targetType: "sanctions_list", targetId: null, after: figures });
  await enqueue(tx, SCREEN_DUE_JOB, {}, { key: "screen due" });
  return { ...whole, id: String(list.version), importedAt: tx.ctx.now };
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);

function actorOf({ ctx: { actor } }: Tx): string {
  if (actor.type === "user") return actor.userId;
  if (actor.type === "key") return actor.keyId;
  return actor.type === "system" ? actor.job : actor.type;
}
