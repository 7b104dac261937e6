import { type Selectable, sql } from "kysely";
import { newId } from "../kernel/id.ts";
import { type DB, type ReadTx, type Tx, violatedConstraint } from "../platform/database/index.ts";
import { programErrors } from "./program-errors.ts";
import type { AttributionModel, Program } from "./program-schema.ts";
import type { Tier } from "./tier-plan.ts";

const COLUMNS = [
  "id",
  "name",
  "currency",
  "time_zone",
  "destination_hosts",
  "default_destination",
  "attribution_model",
  "requires_verified_email",
  "auto_approved_tiers",
  "created_at",
  "updated_at",
] as const;

/** The check on the attribution model, and the schema that admits tiers alone, make the casts true. */
const programOf = (row: Omit<Selectable<DB["programs"]>, "tenant_id">): Program => ({
  id: row.id,
  name: row.name,
  currency: row.currency,
  timeZone: row.time_zone,
  destinationHosts: row.destination_hosts,
  defaultDestination: row.default_destination,
  attributionModel: row.attribution_model as AttributionModel,
  requiresVerifiedEmail: row.requires_verified_email,
  autoApprovedTiers: row.auto_approved_tiers as Tier[],
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** The tenant's programme. Throws `program.not_found` before it is set up. */
export async function getProgram(tx: ReadTx): Promise<Program> {
  const row = await tx
    .selectFrom("programs")
    .select(COLUMNS)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirst();
  if (row === undefined) throw programErrors.not_found();
  return programOf(row);
}

/** The same, locked: plan versions are numbered and partners are moved to them by one transaction after the other. */
export async function lockProgram(tx: Tx): Promise<Program> {
  await sql`select from programs where tenant_id = ${tx.ctx.tenantId} for no key update`.execute(tx);
  return getProgram(tx);
}

/**
 * The same, shared with others who make or move partners, and kept from whoever publishes: a partner that is made while a version is being
 * published would miss it.
 */
export async function holdProgram(tx: Tx): Promise<Program> {
  await sql`select from programs where tenant_id = ${tx.ctx.tenantId} for share`.execute(tx);
  return getProgram(tx);
}

type Settings = Omit<Program, "id" | "createdAt" | "updatedAt">;

const columnsOf = (settings: Settings) => ({
  name: settings.name,
  currency: settings.currency,
  time_zone: settings.timeZone,
  destination_hosts: settings.destinationHosts,
  default_destination: settings.defaultDestination,
  attribution_model: settings.attributionModel,
  requires_verified_email: settings.requiresVerifiedEmail,
  auto_approved_tiers: settings.autoApprovedTiers,
});

/** Adds the tenant's programme. Throws `program.exists`: a tenant has one. */
export async function insertProgram(tx: Tx, settings: Settings): Promise<Program> {
  const { tenantId, now } = tx.ctx;
  try {
    const row = await tx
      .insertInto("programs")
      .values({ tenant_id: tenantId, id: newId(), ...columnsOf(settings), created_at: now, updated_at: now })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    return programOf(row);
  } catch (error) {
    if (violatedConstraint(error) === "programs_tenant_id_key") throw programErrors.exists();
    throw error;
  }
}

/** Keeps new settings of a programme that the caller has locked. */
export async function updateSettings(tx: Tx, settings: Settings): Promise<Program> {
  const row = await tx
    .updateTable("programs")
    .set({ ...columnsOf(settings), updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return programOf(row);
}
