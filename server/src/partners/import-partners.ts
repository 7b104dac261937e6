import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import {
  type ImportedPartner,
  type ImportPlan,
  type ImportRefusal,
  planImport,
  readImportedRow,
  type SoundRow,
} from "./import-rules.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { partnerNews } from "./partner-events.ts";
import { findTaken, insertPartners, type NewPartner, type Partner, TakenMeanwhile } from "./partner-repository.ts";
import { recordEvents } from "./record-events.ts";
import { giveFirstTerms } from "./register-partner.ts";
import { openSequences, RECORDED_MAX } from "./sequence-repository.ts";

/** As many as one call takes: as many as the outbox and the sequence take at once. */
export const IMPORT_BATCH_MAX = RECORDED_MAX;

export type ImportResult =
  | { readonly status: "imported" | "duplicate"; readonly partnerId: string | null }
  | { readonly status: "rejected"; readonly refusal: ImportRefusal };

/**
 * Takes partners over from another system, active from the day they joined, each a person who cannot sign in until they ask for a password.
 * One external id is one partner, so the same rows twice change nothing. A row that cannot be taken is refused; the rest goes in.
 */
export const importPartners =
  (deps: PartnerDeps) =>
  (ctx: Ctx, rows: readonly ImportedPartner[]): Promise<ImportResult[]> =>
    deps.db.transaction(ctx, (tx) => importInto(deps)(tx, rows));

/** The same, joining a transaction. */
export const importInto =
  (deps: PartnerDeps) =>
  async (tx: Tx, rows: readonly ImportedPartner[]): Promise<ImportResult[]> => {
    requireScope(tx.ctx, "partners:write");
    invariant(rows.length <= IMPORT_BATCH_MAX, "callers cut their batches");
    // One import after the other, and no registration meanwhile: what is free now is free until commit.
    const program = await deps.programs.lockProgram(tx);
    const plans = await planRows(deps, tx, rows);
    const wanted = plans.flatMap((plan) => (plan.status === "import" ? [plan.row] : []));
    const people = await deps.people.createPeople(
      tx,
      wanted.map(({ email, companyName }) => ({ email, name: companyName })),
    );
    const made = await addPartners(deps, tx, { programId: program.id, rows: wanted, people });
    return plans.map((plan) => resultOf(plan, made));
  };

async function planRows(deps: PartnerDeps, tx: Tx, rows: readonly ImportedPartner[]): Promise<ImportPlan[]> {
  const read = rows.map((row) => readImportedRow(row, tx.ctx.now));
  const sound = read.filter((row): row is SoundRow => !("code" in row));
  const codes = sound.flatMap((row) => row.referralCode ?? []);
  const taken = await findTaken(tx, { codes, externalIds: sound.map((row) => row.externalId) });
  const leading = await deps.referrals.findTakenCodes(tx, codes);
  return planImport(read, { ...taken, codes: new Set([...taken.codes, ...leading]) });
}

type Batch = {
  readonly programId: string;
  readonly rows: readonly SoundRow[];
  readonly people: ReadonlyMap<string, string>;
};

async function addPartners(deps: PartnerDeps, tx: Tx, batch: Batch): Promise<ReadonlyMap<string, Partner>> {
  const wanted = batch.rows.flatMap((row) => newPartner(deps, batch, row) ?? []);
  if (wanted.length === 0) return new Map();
  const room = await deps.room(tx);
  if (room !== null && wanted.length > room) throw partnerErrors.limit_reached({ room, asked: wanted.length });
  const partners = await insertPartners(tx, wanted);
  // A generated code that somebody has: the transaction is run again and makes another.
  if (partners.length < wanted.length) throw new TakenMeanwhile();
  await openSequences(
    tx,
    partners.map(({ id }) => id),
  );
  await giveFirstTerms(
    deps,
    tx,
    partners.map((partner) => ({ partner, since: partner.joinedAt })),
  );
  await recordEvents(deps)(
    tx,
    partners.map(({ id, joinedAt }) => ({
      partnerId: id,
      kind: "approval",
      referralId: null,
      data: {},
      occurredAt: joinedAt,
    })),
  );
  await deps.audit.record(tx, "partner.imported", {
    targetType: "partner",
    targetId: null,
    after: { partnerIds: partners.map(({ id }) => id) },
  });
  await deps.outbox.publish(
    tx,
    partners.map((partner) => partnerNews("partner.created", partner)),
  );
  return new Map(partners.map((partner) => [partner.externalId ?? "", partner]));
}

/** Undefined where the e-mail is somebody else's. */
function newPartner({ newCode }: PartnerDeps, { programId, people }: Batch, row: SoundRow): NewPartner | undefined {
  const userId = people.get(row.email);
  return userId === undefined
    ? undefined
    : {
        id: newId(),
        programId,
        userId,
        externalId: row.externalId,
        partnerType: row.partnerType,
        tier: row.tier,
        companyName: row.companyName,
        referralCode: row.referralCode ?? newCode(),
        wishedReferralCode: null,
        commissionRate: null,
        status: "active",
        country: row.country,
        joinedAt: row.joinedAt,
        approvedAt: row.joinedAt,
      };
}

function resultOf(plan: ImportPlan, made: ReadonlyMap<string, Partner>): ImportResult {
  if (plan.status !== "import") return plan;
  const partner = made.get(plan.row.externalId);
  return partner === undefined
    ? { status: "rejected", refusal: { code: "partner.email_taken", field: "email" } }
    : { status: "imported", partnerId: partner.id };
}
