import { canonicalJson } from "../audit/index.ts";
import { keyedHash } from "../platform/crypto/index.ts";
import type { FormRow } from "./form-repository.ts";
import type { FormKind, TaxForm } from "./form-rules.ts";
import { isExempt, latinOf, type ServicePlace } from "./form-rules.ts";
import type { TaxDeps } from "./tax-deps.ts";
import { taxErrors } from "./tax-errors.ts";
import { type TinType, tinDigits } from "./tin-rules.ts";

/** Who signed, when, and from which address of the network. */
export type Signature = { readonly name: string; readonly at: string; readonly ip: string | null };

/** All that was signed. */
export type SignedForm = TaxForm & { readonly signature: Signature };

const contextOf = (id: string): string => `tax_forms:${id}`;

/** A form as its row keeps it: sealed, with the little that rules and lists need beside it. */
export function sealForm(
  deps: Pick<TaxDeps, "envelope" | "indexKey">,
  form: SignedForm,
  of: { readonly tenantId: string; readonly id: string; readonly certification: string },
) {
  const { signature, ...signed } = form;
  const digits = form.tin ? tinDigits(form.tin) : undefined;
  const index = (purpose: string, ...parts: readonly string[]): Buffer =>
    keyedHash(deps.indexKey, canonicalJson([purpose, of.tenantId, ...parts]));
  const person = form.kind === "w9" ? "us" : "foreign";
  const sealed = deps.envelope.seal(JSON.stringify(form), contextOf(of.id));
  return {
    kind: form.kind satisfies FormKind,
    is_exempt: isExempt(form),
    is_subject_to_withholding: form.kind === "w9" && form.isSubjectToWithholding,
    services: form.kind === "w9" ? null : (form.services satisfies ServicePlace),
    country: form.address.country,
    tin_type: digits === undefined ? null : ((form.tinType ?? null) satisfies TinType | null),
    tin_last4: digits?.slice(5) ?? null,
    tin_index: digits === undefined ? null : index("number", digits),
    identity_index: index("identity", person, (latinOf(form.name) ?? form.name).toUpperCase(), digits ?? ""),
    content_index: index("content", canonicalJson(signed), signature.name, of.certification),
    certification: of.certification,
    data_key_sealed: sealed.key,
    content_sealed: sealed.content,
  };
}

/** Reads what was signed. Throws `tax.form_forgotten` where its key is gone. */
export function openForm(
  deps: Pick<TaxDeps, "envelope">,
  row: Pick<FormRow, "id" | "data_key_sealed" | "content_sealed">,
): SignedForm {
  if (row.data_key_sealed === null) throw taxErrors.form_forgotten();
  const text = deps.envelope.open({ key: row.data_key_sealed, content: row.content_sealed }, contextOf(row.id));
  // Written by `sealForm` alone.
  return JSON.parse(text) as SignedForm;
}
