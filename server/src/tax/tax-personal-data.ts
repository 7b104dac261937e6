import type { PersonalDataSource } from "../platform/personal-data.ts";
import { lastFiledYear } from "./filing-repository.ts";
import { openForm } from "./form-content.ts";
import { findFormsOf, forgetForms } from "./form-repository.ts";
import { lastPaidAt } from "./payment-repository.ts";
import { findStanding } from "./standing-repository.ts";
import type { TaxDeps } from "./tax-deps.ts";

/** Years after the last return, or payment, for which forms are kept: four where tax was withheld (IRS, general instructions for information returns). */
const KEPT_YEARS = 4;

/** What this module holds of a person. */
export const taxPersonalData = (deps: Pick<TaxDeps, "envelope">): PersonalDataSource => ({
  name: "tax",
  holds: {
    "tax_forms.data_key_sealed": "erased",
    "tax_forms.content_sealed": "books",
    "tax_forms.content_index": "books",
    "tax_forms.identity_index": "books",
    "tax_forms.tin_index": "books",
    "tax_forms.tin_last4": "books",
    "tax_forms.country": "books",
    "tax_forms.services": "books",
    "tax_partners.consent_text": "books",
    "tax_partners.withholding_reason": "books",
  },

  /** Every form as it was signed, the number included where a person asks, and how the partner stands. */
  collect: async (tx, { partnerId }) => {
    if (partnerId === undefined) return [];
    const forms = await findFormsOf(tx, partnerId);
    const standing = await findStanding(tx, partnerId);
    return [
      ...forms.map((row) => ({
        what: "tax_form",
        version: row.version,
        signedAt: row.signed_at,
        validUntil: row.valid_until,
        lastFour: row.tin_last4,
        // Whole numbers go to people alone, as in the export of returns: a stolen key gets none.
        content: row.data_key_sealed === null || tx.ctx.actor.type === "key" ? null : openForm(deps, row),
      })),
      ...(standing === undefined ? [] : [{ what: "tax_standing", consentedAt: standing.consented_at }]),
    ];
  },

  /** Forgets the keys of forms that no law asks to keep any more: of who was never paid at once. Returns how many. */
  erase: async (tx, { partnerId }) => {
    if (partnerId === undefined) return 0;
    const paidIn = (await lastPaidAt(tx, partnerId))?.getUTCFullYear();
    const filedFor = await lastFiledYear(tx, partnerId);
    const last = Math.max(paidIn ?? 0, filedFor ?? 0);
    if (last > 0 && tx.ctx.now.getUTCFullYear() <= last + 1 + KEPT_YEARS) return 0;
    const forms = await findFormsOf(tx, partnerId);
    return forgetForms(
      tx,
      forms.map(({ id }) => id),
    );
  },
});
