import { sql } from "kysely";
import type { CalendarDate } from "../kernel/calendar.ts";
import { newId } from "../kernel/id.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { FormKind, ServicePlace } from "./form-rules.ts";
import type { TinType } from "./tin-rules.ts";

export type FormRow = {
  readonly id: string;
  readonly partner_id: string;
  readonly version: number;
  readonly kind: FormKind;
  readonly is_exempt: boolean;
  readonly is_subject_to_withholding: boolean;
  readonly services: ServicePlace | null;
  readonly country: string;
  readonly tin_type: TinType | null;
  readonly tin_last4: string | null;
  readonly tin_index: Buffer | null;
  readonly identity_index: Buffer;
  readonly content_index: Buffer;
  readonly certification: string;
  readonly signed_at: Date;
  readonly signed_by: string;
  readonly valid_until: CalendarDate | null;
  readonly data_key_sealed: Buffer | null;
  readonly content_sealed: Buffer;
};

const FORM_COLUMNS = [
  "id",
  "partner_id",
  "version",
  "kind",
  "is_exempt",
  "is_subject_to_withholding",
  "services",
  "country",
  "tin_type",
  "tin_last4",
  "tin_index",
  "identity_index",
  "content_index",
  "certification",
  "signed_at",
  "signed_by",
  "valid_until",
  "data_key_sealed",
  "content_sealed",
] as const;

const selectForms = (tx: ReadTx) =>
  tx.selectFrom("tax_forms").select(FORM_COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

/** The checks of the table make the cast true. */
const asForm = (row: object): FormRow => row as FormRow;

/** Forms by id; what is not there is left out. */
export async function findForms(tx: ReadTx, ids: readonly string[]): Promise<Map<string, FormRow>> {
  if (ids.length === 0) return new Map();
  const rows = await selectForms(tx)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, asForm(row)]));
}

const selectInForce = (tx: ReadTx, partnerIds: readonly string[]) =>
  tx
    .selectFrom("tax_forms")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "in", (standings) =>
      standings
        .selectFrom("tax_partners")
        .select("form_id")
        .where("tenant_id", "=", tx.ctx.tenantId)
        .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
        .where("form_id", "is not", null)
        .$narrowType<{ form_id: string }>(),
    );

/** Which forms of partners are in force; who has none is left out. */
export const findFormsInForce = (
  tx: ReadTx,
  partnerIds: readonly string[],
): Promise<Pick<FormRow, "id" | "partner_id" | "country">[]> =>
  selectInForce(tx, partnerIds).select(["id", "partner_id", "country"]).execute();

/** The same with what they say, sealed. */
export async function findSealedInForce(
  tx: ReadTx,
  partnerIds: readonly string[],
): Promise<Pick<FormRow, "id" | "partner_id" | "data_key_sealed" | "content_sealed">[]> {
  if (partnerIds.length === 0) return [];
  return selectInForce(tx, partnerIds).select(["id", "partner_id", "data_key_sealed", "content_sealed"]).execute();
}

/** Every form of a partner, newest first. */
export async function findFormsOf(tx: ReadTx, partnerId: string): Promise<FormRow[]> {
  const rows = await selectForms(tx).where("partner_id", "=", partnerId).orderBy("version", "desc").execute();
  return rows.map(asForm);
}

/** Writes a form as the next version of its partner's, whose standing the caller has locked. */
export async function insertForm(
  tx: Tx,
  form: Omit<FormRow, "version" | "signed_at"> & { readonly data_key_sealed: Buffer },
): Promise<FormRow> {
  const row = await tx
    .insertInto("tax_forms")
    .values({
      tenant_id: tx.ctx.tenantId,
      ...form,
      signed_at: tx.ctx.now,
      version: sql<number>`1 + coalesce((
        select max(version) from tax_forms where tenant_id = ${tx.ctx.tenantId} and partner_id = ${form.partner_id}), 0)`,
    })
    .returning(FORM_COLUMNS)
    .executeTakeFirstOrThrow();
  return asForm(row);
}

export const newFormId = newId;

/** How many other partners have signed with the same number. */
export async function countSharing(tx: ReadTx, form: Pick<FormRow, "tin_index" | "partner_id">): Promise<number> {
  if (form.tin_index === null) return 0;
  const row = await tx
    .selectFrom("tax_forms")
    .select((eb) => eb.fn.count<bigint>("partner_id").distinct().as("partners"))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("tin_index", "=", form.tin_index)
    .where("partner_id", "<>", form.partner_id)
    .executeTakeFirstOrThrow();
  return Number(row.partners);
}

/** Forgets the keys of forms: nobody reads them again. Returns how many there were. */
export async function forgetForms(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await tx
    .updateTable("tax_forms")
    .set({ data_key_sealed: null })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .where("data_key_sealed", "is not", null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
