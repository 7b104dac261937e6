import type { ReadTx } from "../platform/database/index.ts";
import { ERASED_MAIL_ENDING } from "../platform/personal-data.ts";
import type { SignedOnFile } from "../tax/index.ts";
import type { ComplianceDeps, ComplyingPartner, PartnerOnFile, PartnerWithPerson } from "./compliance-deps.ts";
import { normalNumber } from "./identity-numbers.ts";
import { type AskedName, type NameHashing, type SignedFacts, subjectHash, subjectsOf } from "./screening-rules.ts";

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

/** Partners with the forms and accounts that are on file. */
export async function withFile(
  { taxes, payouts }: ComplianceDeps,
  tx: ReadTx,
  partners: readonly PartnerWithPerson[],
): Promise<PartnerOnFile[]> {
  const ids = partners.map(({ id }) => id);
  const forms = await taxes.findFormsOnFile(tx, ids);
  const accounts = await payouts.findHolders(tx, ids);
  return partners.map((partner) => ({ ...partner, form: forms.get(partner.id), account: accounts.get(partner.id) }));
}

/** What was compared of a partner as it is now, without opening anything. */
export const comparedHash = (
  of: NameHashing,
  { name: personName, companyName, country, form, account }: PartnerOnFile,
  alertAt: number,
): string =>
  subjectHash(
    of,
    { personName, companyName, country, formId: form?.id ?? null, accountRevision: account?.revision ?? null },
    alertAt,
  );

/** Without those who were erased: nothing is left of them to compare, and nothing is paid. */
export async function withoutErased<P extends PartnerWithPerson>(
  { people }: Pick<ComplianceDeps, "people">,
  tx: ReadTx,
  partners: readonly P[],
): Promise<P[]> {
  const nameless = partners.filter(({ name, companyName }) => name === null && companyName === null);
  if (nameless.length === 0) return [...partners];
  const contacts = await people.contactsOf(
    tx,
    nameless.map(({ userId }) => userId),
  );
  return partners.filter(({ userId }) => !contacts.get(userId)?.email.endsWith(ERASED_MAIL_ENDING));
}

/**
 * The names of a partner with what narrows them; `signed` is its form in force, to be opened. Opens it and the account: throws where these cannot be
 * opened.
 */
export const subjectsOfPartner = (
  { name, companyName, country, account }: PartnerOnFile,
  signed: SignedOnFile | undefined,
): AskedName[] =>
  subjectsOf({
    personName: name,
    companyName,
    country,
    form: signedFacts(signed),
    holders: account?.readHolders() ?? [],
  });

function signedFacts(form: SignedOnFile | undefined): SignedFacts | null {
  const signed = form?.read() ?? null;
  if (signed === null) return null;
  const numbers = signed.numbers.flatMap(({ number: text, country }) => {
    const number = normalNumber(text);
    return number === null ? [] : [{ number, country }];
  });
  return { ...signed, numbers };
}
