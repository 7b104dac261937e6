import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { requireTestMode } from "../tenants/index.ts";
import { CERTIFICATIONS } from "./certifications.ts";
import type { FormKind, TaxForm } from "./form-rules.ts";
import { type SignedReceipt, sign } from "./sign-form.ts";
import type { TaxDeps } from "./tax-deps.ts";

const NAME = "Test Partner";
/** Of no area that the Social Security Administration ever used: it is nobody's. */
const TIN = "000-00-0000";
const HOME = { line1: "1 Test Street", city: "Austin", region: "TX", postalCode: "78701", country: "US" } as const;
const ABROAD = { line1: "1 Test Street", city: "London", postalCode: "N1 1AA", country: "GB" } as const;
const FOREIGN = { name: NAME, address: ABROAD, countryOfOrigin: "GB", services: "outside_us" } as const;

/** What is signed in test mode: nobody says there who they are. */
const FORMS: Readonly<Record<FormKind, TaxForm>> = {
  w9: {
    kind: "w9",
    name: NAME,
    address: HOME,
    classification: "individual",
    tinType: "ssn",
    tin: TIN,
    isSubjectToWithholding: false,
  },
  w8ben: { kind: "w8ben", ...FOREIGN },
  w8bene: { kind: "w8bene", ...FOREIGN, entityType: "corporation", chapter4Status: "active_nffe" },
};

/**
 * Signs a form that is made up, for the acting partner of a twin: it is in force at once, as a real one would be. No person, who alone signs elsewhere,
 * signs in to a twin. Throws `tenant.live`.
 */
export const signTestForm =
  (deps: TaxDeps) =>
  (ctx: Ctx, { kind }: { readonly kind: FormKind }): Promise<SignedReceipt> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:payouts:write");
      const partnerId = requirePartner(ctx);
      await requireTestMode(tx);
      const { userId: signedBy } = await deps.partners.getPartner(tx, partnerId);
      const signature = { name: NAME, certification: CERTIFICATIONS[kind].version };
      return sign(deps, tx, { partnerId, signedBy, form: FORMS[kind], signature });
    });
