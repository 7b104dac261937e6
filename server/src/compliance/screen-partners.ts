import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { SignedOnFile } from "../tax/index.ts";
import type { ComplianceDeps, PartnerOnFile, PartnerWithPerson } from "./compliance-deps.ts";
import { findKnownHits, type Hit, hasOldNames, hitKey, insertHits, sealOldNames } from "./hit-repository.ts";
import { findNewestList, findRescreenFrom } from "./list-repository.ts";
import type { ListHit } from "./name-screening.ts";
import { comparedHash, currentPartners, subjectsOfPartner, withFile, withoutErased } from "./screened-partners.ts";
import { caseEvent } from "./screening-events.ts";
import {
  findHolds,
  findScreeningSettings,
  findScreenings,
  insertCase,
  lockFinding,
  lockOpenCase,
  type NewScreening,
  updateCase,
  upsertScreenings,
} from "./screening-repository.ts";
import { type AskedName, isAlert, type NameHashing, searchFrom, subjectKey, weigh } from "./screening-rules.ts";

export const SCREEN_PARTNER_JOB = "compliance.screen_partner";
export const SCREEN_DUE_JOB = "compliance.screen_due";

/** Partners that are looked at in one go. */
const PAGE_SIZE = 200;

/**
 * Inside listener: a partner who joins, says something else of itself, signs a form or is paid to another account is screened soon after. Until then
 * its names clear nobody.
 */
export const screenOnChange =
  () =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    if (!(await findScreeningSettings(tx)).isEnabled) return;
    const ids = [...new Set(events.map(partnerOf))];
    await askToScreen(tx, ids);
  };

const askToScreen = (tx: Tx, partnerIds: readonly string[]): Promise<void> =>
  enqueueAll(
    tx,
    SCREEN_PARTNER_JOB,
    partnerIds.map((partnerId) => ({ payload: { partnerId }, key: `screen ${partnerId}` })),
  );

/** Whom the news is of: of an account, whoever is paid to it. */
const partnerOf = ({ objectType, objectId, data }: DomainEvent): string =>
  objectType === "partner" ? objectId : (data as { readonly partnerId: string }).partnerId;

/** Compares one partner's names, where they are not compared with the newest list yet. */
export const screenPartner =
  (deps: ComplianceDeps) =>
  async (ctx: Ctx, { partnerId }: { readonly partnerId: string }): Promise<void> => {
    requireScope(ctx, "compliance:write");
    await sealNames(deps, ctx);
    const partner = await deps.db.read(ctx, async (tx) => {
      await deps.partners.getPartner(tx, partnerId);
      return (await currentPartners(deps, tx, [partnerId])).get(partnerId);
    });
    const { failures } = await screenSome(deps, ctx, partner === undefined ? [] : [partner]);
    for (const { error } of failures) throw error;
  };

/**
 * Compares whoever is not compared with the newest list yet: with what is new in it or other, where the names were compared with the one
 * before, and with all of it otherwise. Returns how many were. Who could not be compared stays held and keeps nobody else: the rest is compared,
 * and then this fails and says whom it could not.
 */
export const screenDue =
  (deps: ComplianceDeps) =>
  async (ctx: Ctx): Promise<{ readonly screened: number }> => {
    requireScope(ctx, "compliance:write");
    await sealNames(deps, ctx);
    if (!(await deps.db.read(ctx, findScreeningSettings)).isEnabled) return { screened: 0 };
    const done: Screened = { screened: 0, failures: [], isAway: false };
    let cursor: string | undefined;
    do {
      const page = await deps.partners.findPartnerPage(ctx, {
        limit: PAGE_SIZE,
        sort: "createdAt",
        ...(cursor === undefined ? {} : { cursor }),
      });
      const some = await screenSome(deps, ctx, page.data);
      done.screened += some.screened;
      done.failures.push(...some.failures);
      done.isAway = some.isAway;
      cursor = some.isAway ? undefined : (page.nextCursor ?? undefined);
    } while (cursor !== undefined);
    throwFailures(done);
    return { screened: done.screened };
  };

/** After an upgrade, before anything is compared: what was cleared is told by keyed hashes. */
async function sealNames(deps: ComplianceDeps, ctx: Ctx): Promise<void> {
  if (!(await deps.db.read(ctx, hasOldNames))) return;
  const sealSome = (): Promise<boolean> =>
    deps.db.transaction(ctx, async (tx) => {
      await lockFinding(tx);
      return sealOldNames(deps, tx);
    });
  while (await sealSome());
}

type Screened = {
  screened: number;
  readonly failures: { readonly partnerId: string; readonly error: unknown }[];
  /** The source is away: nobody else was asked about. */
  isAway: boolean;
};

const FAILURES_NAMED_MAX = 20;

/** Fails where somebody could not be compared: the failure of the job is what the operator sees, and why it is held. */
function throwFailures({ failures, isAway }: Screened): void {
  if (failures.length === 0) return;
  const named = failures.slice(0, FAILURES_NAMED_MAX).map(({ partnerId }) => partnerId);
  const more = failures.length > named.length ? ", …" : "";
  const rest = isAway ? ", and the source is away: the rest was not tried" : "";
  throw new AggregateError(
    failures.map(({ error }) => error),
    `${failures.length} partners could not be compared with the list and stay held (${named.join(", ")}${more})${rest}`,
  );
}

type Due = {
  readonly partner: PartnerOnFile;
  readonly signed: SignedOnFile | undefined;
  readonly subjectHash: string;
  /** Compared up to here; null: not at all, or in a way that no longer counts. */
  readonly since: bigint | null;
};

/** After so many failures in a row the source is asked whether it is there at all: a name that it cannot answer keeps nobody, its absence all. */
const FAILURES_IN_A_ROW = 5;

async function screenSome(deps: ComplianceDeps, ctx: Ctx, partners: readonly PartnerWithPerson[]): Promise<Screened> {
  const plan = await deps.db.read(ctx, (tx) => planScreening(deps, tx, partners));
  const done: Screened = { screened: 0, failures: [], isAway: false };
  if (plan === undefined || plan.due.length === 0) return done;
  const hashing = hashingOf(deps, ctx);
  const found: Compared[] = [];
  let inARow = 0;
  for (const due of plan.due) {
    try {
      const subjects = subjectsOfPartner(due.partner, due.signed);
      const of = { version: plan.version, since: due.since, alertAt: searchFrom(subjects, plan.alertAt) };
      const hits = await deps.screening.screen(ctx, subjects, of);
      found.push({
        ...due,
        subjects,
        hits: subjects.flatMap((subject, at) => weighed(hashing, subject, hits[at] ?? [], plan.alertAt)),
      });
      inARow = 0;
    } catch (error) {
      done.failures.push({ partnerId: due.partner.id, error });
      inARow += 1;
      if (inARow % FAILURES_IN_A_ROW === 0) done.isAway = await isAway(deps, ctx);
      if (done.isAway) break;
    }
  }
  await recordEach(deps, ctx, { ...plan, found }, done);
  return done;
}

const hashingOf = ({ nameKey }: ComplianceDeps, { tenantId }: Ctx): NameHashing => ({ nameKey, tenantId });

const isAway = ({ screening }: ComplianceDeps, ctx: Ctx): Promise<boolean> =>
  screening.askForNews(ctx).then(
    () => false,
    () => true,
  );

/** Notes what was found, all at once; where that fails, one by one, so that the one that fails keeps nobody else. */
async function recordEach(deps: ComplianceDeps, ctx: Ctx, plan: Found, done: Screened): Promise<void> {
  if (plan.found.length === 0) return;
  try {
    done.screened += await deps.db.transaction(ctx, (tx) => record(deps, tx, plan));
  } catch (error) {
    const [only, ...others] = plan.found;
    if (only !== undefined && others.length === 0) done.failures.push({ partnerId: only.partner.id, error });
    else for (const one of plan.found) await recordEach(deps, ctx, { ...plan, found: [one] }, done);
  }
}

async function planScreening(deps: ComplianceDeps, tx: ReadTx, partners: readonly PartnerWithPerson[]) {
  const { isEnabled, alertAt } = await findScreeningSettings(tx);
  const list = await findNewestList(tx);
  if (!isEnabled || list === undefined) return undefined;
  const rescreenFrom = await findRescreenFrom(tx);
  const screenings = await findScreenings(
    tx,
    partners.map(({ id }) => id),
  );
  const through = new Map(screenings.map((one) => [`${one.partnerId} ${one.subjectHash}`, one.throughVersion]));
  const onFile = await withFile(deps, tx, await withoutErased(deps, tx, partners));
  const due = onFile.flatMap((partner) => {
    const hash = comparedHash(hashingOf(deps, tx.ctx), partner, alertAt);
    const before = through.get(`${partner.id} ${hash}`);
    if (before !== undefined && before >= list.version) return [];
    return [{ partner, subjectHash: hash, since: before === undefined || before < rescreenFrom ? null : before }];
  });
  // What is sealed is read of those alone who are compared.
  const signed = await deps.taxes.findSignedIdentities(
    tx,
    due.filter(({ partner }) => partner.form !== undefined).map(({ partner }) => partner.id),
  );
  return {
    version: list.version,
    alertAt,
    due: due.map((one): Due => ({ ...one, signed: signed.get(one.partner.id) })),
  };
}

function weighed(hashing: NameHashing, asked: AskedName, hits: readonly ListHit[], alertAt: number): Hit[] {
  const { known: _known, ...subject } = asked;
  return hits.flatMap(({ entryId, entryHash, entry, matchedName, score }) => {
    const weight = weigh(score, asked, entry);
    if (!isAlert(weight, alertAt)) return [];
    return [
      {
        subjectKey: subjectKey(hashing, asked),
        entryId,
        entryHash,
        subject,
        evidence: { entry, matchedName, ...weight },
      },
    ];
  });
}

type Compared = Due & { readonly subjects: readonly AskedName[]; readonly hits: readonly Hit[] };
type Found = { readonly version: bigint; readonly alertAt: number; readonly found: readonly Compared[] };

/** Joins a transaction: notes what was compared, opens cases for hits that nobody has cleared, and lets go on whoever waited for it. */
async function record(deps: ComplianceDeps, tx: Tx, { version, alertAt, found }: Found): Promise<number> {
  // Whoever waits may be approved by this: its sequence comes before every other lock.
  const waiting = found.filter(({ partner }) => partner.status === "pending").map(({ partner }) => partner.id);
  if (waiting.length > 0) await deps.partners.lockSequences(tx, waiting);
  // Also where nothing was found: whoever is erased meanwhile (`mustBeKept`) is seen erased below, and nothing is written of them any more.
  await lockFinding(tx);
  const now = await currentPartners(
    deps,
    tx,
    found.map(({ partner }) => partner.id),
  );
  const hashing = hashingOf(deps, tx.ctx);
  const isCurrent = ({ partner, subjectHash: hash }: Compared): boolean => {
    const as = now.get(partner.id);
    return as !== undefined && comparedHash(hashing, as, alertAt) === hash;
  };
  const current = found.filter(isCurrent);
  // Who has another name, form or account since is compared with that, whatever has told of the change.
  await askToScreen(
    tx,
    found.filter((one) => !isCurrent(one)).map(({ partner }) => partner.id),
  );
  if (current.length === 0) return 0;
  const screenings = current.map(
    ({ partner, subjectHash, subjects }): NewScreening => ({
      partnerId: partner.id,
      subjectHash,
      names: subjects.map((one) => ({ kind: one.kind, source: one.source, key: subjectKey(hashing, one) })),
      country: partner.country,
    }),
  );
  await upsertScreenings(tx, screenings, version);
  const known = await findKnownHits(
    tx,
    current.filter(({ hits }) => hits.length > 0).map(({ partner }) => partner.id),
  );
  for (const { partner, hits } of current) {
    const fresh = hits.filter((hit) => !known.has(hitKey(partner.id, hit)));
    if (fresh.length > 0) await openCase(deps, tx, { partnerId: partner.id, version, hits: fresh });
    const as = now.get(partner.id);
    if (as !== undefined) await letGoOn(deps, tx, as);
  }
  return current.length;
}

/** Evidence for a case that people are at already begins another round: what was decided before was decided without it. */
async function openCase(
  { audit, outbox, sealer }: ComplianceDeps,
  tx: Tx,
  { partnerId, version, hits }: { readonly partnerId: string; readonly version: bigint; readonly hits: readonly Hit[] },
): Promise<void> {
  const open = await lockOpenCase(tx, partnerId);
  const found =
    open === undefined
      ? await insertCase(tx, { id: newId(), partnerId, listVersion: version })
      : await updateCase(tx, open.id, { status: "open", round: open.round + 1, listVersion: version });
  await insertHits({ sealer }, tx, found, hits);
  const news = open === undefined ? "screening.case_opened" : "screening.evidence_added";
  await audit.record(tx, news, {
    targetType: "screening_case",
    targetId: found.id,
    after: { partnerId, listVersion: version, entries: hits.map(({ entryId }) => entryId) },
  });
  await outbox.publish(tx, [caseEvent(news, found)]);
}

/** Says inside the program that nothing of this module keeps a partner who waits: programmes that approve by themselves do it now. */
export async function letGoOn(
  { outbox }: Pick<ComplianceDeps, "outbox">,
  tx: Tx,
  partner: PartnerWithPerson,
): Promise<void> {
  if (partner.status !== "pending" || !partner.isEmailVerified) return;
  if ((await findHolds(tx, [partner.id])).size > 0) return;
  const { id, userId } = partner;
  await outbox.tell(tx, [{ type: "partner.cleared", objectType: "partner", objectId: id, data: { userId } }]);
}
