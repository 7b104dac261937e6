import { CERTIFICATIONS, CONSENT, type TaxForm } from "../../tax/index.ts";
import { asPartner, type Stage, type StagedPartner, unlessRefused } from "./demo-stage.ts";

const US_ADDRESS = { line1: "100 Congress Ave", city: "Austin", region: "TX", postalCode: "78701", country: "US" };

/** A number that is possible, and differs from partner to partner. */
const tinOf = (index: number): string => `2${10 + (index % 80)}45${1_000 + index}`;

const formOf = ({ cast: { company, country } }: StagedPartner, index: number): TaxForm =>
  country === "US"
    ? {
        kind: "w9",
        name: company,
        classification: "individual",
        address: US_ADDRESS,
        tinType: "ssn",
        tin: tinOf(index),
        isSubjectToWithholding: false,
      }
    : {
        kind: "w8ben",
        name: company,
        address: { line1: "1 High Street", city: "Town", country },
        countryOfOrigin: country,
        services: "outside_us",
      };

/** Leads sign their tax form, but for one who is asked for it; who pays is said, and the year before the last day of the story is closed. */
export async function stageTaxes(stage: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  const { app } = stage;
  const ctx = stage.at(end);
  await app.tax.changeTaxSettings(ctx, {
    payoutsWait: "at_threshold",
    payer: {
      name: "Ledgerline Software Inc",
      name2: null,
      ein: "12-3456789",
      line1: "200 Congress Ave",
      line2: null,
      city: "Austin",
      region: "TX",
      postalCode: "78701",
      phone: "5125550100",
      email: "tax@operator.test",
    },
  });
  const paid = cast.filter(({ cast: { isLead, weight } }) => isLead || weight >= 3);
  const [asked, ...signing] = paid.toReversed();
  for (const [index, partner] of signing.entries()) {
    const form = formOf(partner, index);
    const signature = { name: form.name, certification: CERTIFICATIONS[form.kind].version };
    await app.tax.signForm(asPartner(stage, partner, end), { form, signature });
  }
  const writer = signing.find(({ cast: { company } }) => company === "Ada Writes");
  if (writer !== undefined)
    await app.tax.chooseDelivery(asPartner(stage, writer, end), { isElectronic: true, consent: CONSENT.version });
  if (asked !== undefined) await app.tax.askForForms(ctx, { partnerIds: [asked.id] });
  const lastYear = end.getUTCFullYear() - 1;
  await unlessRefused(() => app.tax.closeTaxYear(ctx, { year: lastYear, leaveOutMissing: true }));
}
