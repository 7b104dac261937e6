import { isCountry } from "../kernel/country.ts";
import { accessErrors, type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { CERTIFICATIONS } from "./certifications.ts";
import { sealForm } from "./form-content.ts";
import { type FormRow, findForms, insertForm, newFormId } from "./form-repository.ts";
import { faultOf, type TaxForm, validUntil } from "./form-rules.ts";
import { changeStandings, lockStandings } from "./standing-repository.ts";
import { type TaxDeps, todayOf } from "./tax-deps.ts";
import { taxErrors } from "./tax-errors.ts";
import { formEvent } from "./tax-events.ts";

export type SignForm = {
  readonly form: TaxForm;
  /** The signer's name as it signs, and the version of the text that it has read. */
  readonly signature: { readonly name: string; readonly certification: string };
};

/** What is answered to a signature: nothing of the form itself, which whoever signs has before it. */
export type SignedReceipt = Pick<FormRow, "id" | "version" | "kind"> & {
  readonly signedAt: Date;
  readonly validUntil: string | null;
};

const receipt = ({ id, version, kind, signed_at, valid_until }: FormRow): SignedReceipt => ({
  id,
  version,
  kind,
  signedAt: signed_at,
  validUntil: valid_until,
});

/**
 * A person signs a form for the acting partner, under penalties of perjury. The same form signed twice is one, as long as it would hold no
 * longer; any other is the next version, and in force from now on.
 */
export const signForm =
  (deps: TaxDeps) =>
  (ctx: Ctx, { form, signature }: SignForm): Promise<SignedReceipt> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:tax:write");
      const partnerId = requirePartner(ctx);
      if (ctx.actor.type !== "user") throw accessErrors.person_required();
      checkCountries(form);
      const fault = faultOf(form);
      if (fault !== undefined) throw taxErrors[fault.name]({ field: fault.field });
      const current = CERTIFICATIONS[form.kind].version;
      if (signature.certification !== current) throw taxErrors.text_outdated({ current });
      return sign(deps, tx, { partnerId, signedBy: ctx.actor.userId, form, signature });
    });

/** Joins a transaction: puts a sound form of a partner's into force. */
export async function sign(
  deps: TaxDeps,
  tx: Tx,
  { partnerId, signedBy, form, signature }: SignForm & { readonly partnerId: string; readonly signedBy: string },
): Promise<SignedReceipt> {
  const { certification } = signature;
  const [standing] = await lockStandings(tx, [partnerId]);
  const formId = standing?.form_id ?? null;
  const before = formId === null ? undefined : (await findForms(tx, [formId])).get(formId);
  const id = newFormId();
  const { tenantId, now, ip } = tx.ctx;
  const sealed = sealForm(
    deps,
    { ...form, signature: { name: signature.name, at: now.toISOString(), ip } },
    { tenantId, id, certification },
  );
  const until = validUntil(form.kind, await todayOf(deps, tx));
  if (before?.content_index.equals(sealed.content_index) && before.valid_until === until) return receipt(before);
  const row = await insertForm(tx, {
    id,
    partner_id: partnerId,
    ...sealed,
    signed_by: signedBy,
    valid_until: until,
  });
  await changeStandings(tx, [partnerId], { form_id: row.id, asked_at: null });
  await deps.audit.record(tx, "tax_form.signed", {
    targetType: "tax_form",
    targetId: row.id,
    after: { partnerId, version: row.version, kind: row.kind, certification, validUntil: until },
  });
  await deps.outbox.publish(tx, [formEvent("tax.form_signed", { partnerId, form: row.kind, validUntil: until })]);
  return receipt(row);
}

function checkCountries(form: TaxForm): void {
  const named: readonly (readonly [string, string | null | undefined])[] = [
    ["address.country", form.address.country],
    ...(form.kind === "w9"
      ? []
      : ([
          ["countryOfOrigin", form.countryOfOrigin],
          ["treatyCountry", form.treatyCountry],
        ] as const)),
  ];
  for (const [field, country] of named)
    if (country !== null && country !== undefined && !isCountry(country)) throw taxErrors.country_unknown({ field });
}
