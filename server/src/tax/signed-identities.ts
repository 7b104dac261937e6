import { canonicalJson } from "../audit/index.ts";
import type { CalendarDate } from "../kernel/calendar.ts";
import { keyedHash } from "../platform/crypto/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { openForm, type SignedForm } from "./form-content.ts";
import { findFormsInForce, findSealedInForce } from "./form-repository.ts";
import type { TaxDeps } from "./tax-deps.ts";

/** Who a partner has signed that it is, under penalties of perjury. */
export type SignedIdentity = {
  /** A person, and no company or partnership. */
  readonly isIndividual: boolean;
  readonly name: string;
  readonly businessName: string | null;
  readonly birthDate: CalendarDate | null;
  /** ISO 3166: of the address, and of citizenship or incorporation. */
  readonly countries: readonly string[];
  /** Taxpayer numbers as they were written; the country is null where it is not certain who gave one. */
  readonly numbers: readonly { readonly number: string; readonly country: string | null }[];
  /** A keyed hash of date, countries and numbers: alike for alike ones, and of no use to who has it alone. */
  readonly key: string;
};

/** The form in force of a partner. It never changes. */
export type FormOnFile = {
  readonly id: string;
  /** Of the address. */
  readonly country: string;
};

/** The same, for whoever needs what it says. */
export type SignedOnFile = {
  /** Null where its key was forgotten. */
  read(): SignedIdentity | null;
};

/** Which forms are in force, by partner. */
export const findFormsOnFile =
  () =>
  async (tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, FormOnFile>> => {
    const forms = await findFormsInForce(tx, partnerIds);
    return new Map(forms.map(({ id, partner_id, country }) => [partner_id, { id, country }]));
  };

/** The forms in force of partners, by partner, to be opened and compared with lists. */
export const findSignedIdentities =
  (deps: Pick<TaxDeps, "envelope" | "indexKey">) =>
  async (tx: ReadTx, partnerIds: readonly string[]): Promise<ReadonlyMap<string, SignedOnFile>> => {
    const forms = await findSealedInForce(tx, partnerIds);
    return new Map(
      forms.map((row) => [
        row.partner_id,
        { read: () => (row.data_key_sealed === null ? null : identityOf(deps, tx.ctx.tenantId, openForm(deps, row))) },
      ]),
    );
  };

function identityOf({ indexKey }: Pick<TaxDeps, "indexKey">, tenantId: string, form: SignedForm): SignedIdentity {
  const isW9 = form.kind === "w9";
  const home = form.address.country;
  const origin = isW9 ? "US" : form.countryOfOrigin;
  const numbers: SignedIdentity["numbers"] = [
    ...(form.tin ? [{ number: form.tin, country: "US" }] : []),
    // Of the country where the signer is taxed, which a form does not say.
    ...(!isW9 && form.foreignTin ? [{ number: form.foreignTin, country: home === origin ? home : null }] : []),
  ];
  const said = {
    birthDate: isW9 ? null : (form.birthDate ?? null),
    countries: [...new Set([home, origin])],
    numbers,
  };
  return {
    isIndividual: isW9 ? form.classification === "individual" : form.kind === "w8ben",
    name: form.name,
    businessName: form.businessName ?? null,
    ...said,
    key: keyedHash(indexKey, canonicalJson(["who", tenantId, said])).toString("hex"),
  };
}
