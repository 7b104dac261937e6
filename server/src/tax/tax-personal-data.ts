import type { ReadTx, Tx } from "../platform/database/index.ts";
import { lastFiledYear } from "./filing-repository.ts";
import { openForm } from "./form-content.ts";
import { findFormsOf, forgetForms } from "./form-repository.ts";
import { lastPaidAt } from "./payment-repository.ts";
import { findStanding } from "./standing-repository.ts";
import type { TaxDeps } from "./tax-deps.ts";

/** Whoever asks what is held of a person, or that it be forgotten. */
export type Subject = { readonly userId: string; readonly email: string; readonly partnerId?: string };

/** Years after the last return, or payment, for which forms are kept: four where tax was withheld (IRS, general instructions for information returns). */
const KEPT_YEARS = 4;

/** What this module holds of a person. */
export const taxPersonalData = (deps: Pick<TaxDeps, "envelope">) => ({
  name: "tax",

  /** Every form as it was signed, the number included, and how the partner stands. */
  collect: async (tx: ReadTx, { partnerId }: Subject): Promise<object[]> => {
    if (partnerId === undefined) return [];
    const forms = await findFormsOf(tx, partnerId);
    const standing = await findStanding(tx, partnerId);
    return [
      ...forms.map((row) => ({
        what: "tax_form",
        version: row.version,
        signedAt: row.signed_at,
        validUntil: row.valid_until,
        content: row.data_key_sealed === null ? null : openForm(deps, row),
      })),
      ...(standing === undefined ? [] : [{ what: "tax_standing", consentedAt: standing.consented_at }]),
    ];
  },

  /** Forgets the keys of forms that no law asks to keep any more: of who was never paid at once. Returns how many. */
  erase: async (tx: Tx, { partnerId }: Subject): Promise<number> => {
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
