import type { ReadTx } from "../platform/database/index.ts";
import type { ComplianceDeps, ComplyingPartner, PartnerOnFile, PartnerWithPerson } from "./compliance-deps.ts";
import { normalNumber } from "./identity-numbers.ts";
import { type AskedName, type SignedFacts, subjectHash, subjectsOf } from "./screening-rules.ts";

/** Partners with who signs in for them and what is on file of them, as they are in this transaction. */
export async function currentPartners(
  deps: ComplianceDeps,
  tx: ReadTx,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, PartnerOnFile>> {
  const found = await deps.partners.findPartners(tx, partnerIds);
  const partners = await withFile(deps, tx, await withPeople(deps, tx, [...found.values()]));
  return new Map(partners.map((partner) => [partner.id, partner]));
}

async function withPeople(
  { people }: ComplianceDeps,
  tx: ReadTx,
  partners: readonly ComplyingPartner[],
): Promise<PartnerWithPerson[]> {
  const contacts = await people.contactsOf(
    tx,
    partners.map(({ userId }) => userId),
  );
  return partners.map((partner) => {
    const contact = contacts.get(partner.userId);
    return {
      ...partner,
      name: contact?.name ?? null,
      isEmailVerified: (contact?.emailVerifiedAt ?? null) !== null,
    };
  });
}

/** Partners with their tax forms and accounts, unopened. */
export async function withFile(
  { taxes, payouts }: ComplianceDeps,
  tx: ReadTx,
  partners: readonly PartnerWithPerson[],
): Promise<PartnerOnFile[]> {
  const ids = partners.map(({ id }) => id);
  const forms = await taxes.findSignedIdentities(tx, ids);
  const accounts = await payouts.findHolders(tx, ids);
  return partners.map((partner) => ({ ...partner, form: forms.get(partner.id), account: accounts.get(partner.id) }));
}

/** What was compared of a partner as it is now, without opening anything. */
export const comparedHash = (
  { name: personName, companyName, country, form, account }: PartnerOnFile,
  alertAt: number,
): string =>
  subjectHash(
    { personName, companyName, country, formId: form?.id ?? null, accountRevision: account?.revision ?? null },
    alertAt,
  );

/** The names of a partner with what narrows them. Opens its form and its accounts: throws where these cannot be opened. */
export const subjectsOfPartner = ({ name, companyName, country, form, account }: PartnerOnFile): AskedName[] =>
  subjectsOf({
    personName: name,
    companyName,
    country,
    form: signedFacts(form),
    holders: account?.readHolders() ?? [],
  });

function signedFacts(form: PartnerOnFile["form"]): SignedFacts | null {
  const signed = form?.read() ?? null;
  if (signed === null) return null;
  const numbers = signed.numbers.flatMap(({ number: text, country }) => {
    const number = normalNumber(text);
    return number === null ? [] : [{ number, country }];
  });
  return { ...signed, numbers };
}
