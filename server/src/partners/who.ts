import { sql } from "kysely";
import { isId } from "../kernel/id.ts";
import { likeOf, type ReadTx } from "../platform/database/index.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { findPartners, selectPartners } from "./partner-repository.ts";
import { findMemberUsers } from "./team-repository.ts";

/** As many people, partners and members as a search goes on with: whoever types two letters means none of the thousands that have them. */
export const NAMED_MAX = 500;

/** Who is named by words, as far as it is told: `isCut` where there are more. */
export type NamedIds = { readonly ids: readonly string[]; readonly isCut: boolean };

/** What finds partners by words: part of a company's name, of a code, or of their person's name or e-mail; a whole external id. */
export function matching({ people }: Pick<PartnerDeps, "people">, tx: ReadTx, words: string) {
  const pattern = likeOf(words);
  return sql<boolean>`(
       company_name ilike ${pattern}
    or referral_code like ${pattern.toLowerCase()}
    or external_id = ${words}
    or ${people.isPersonNamed(tx, sql.ref("partners.user_id"), words)})`;
}

/** Ids of the people and partners whom words name, and of everybody who works for such a partner; the newest, where there are many. */
export const named =
  (deps: Pick<PartnerDeps, "people">) =>
  async (tx: ReadTx, words: string): Promise<NamedIds> => {
    const userIds = await deps.people.findPeopleNamed(tx, words, NAMED_MAX + 1);
    const partners = await selectPartners(tx)
      .where(matching(deps, tx, words))
      .orderBy("id", "desc")
      .limit(NAMED_MAX + 1)
      .execute();
    const partnerIds = partners.slice(0, NAMED_MAX).map(({ id }) => id);
    const members = await findMemberUsers(tx, partnerIds, NAMED_MAX + 1);
    const told = [userIds, partners.flatMap(({ id, user_id }) => [[id, user_id]]), members].map((found) => ({
      ids: found.slice(0, NAMED_MAX).flat(),
      isCut: found.length > NAMED_MAX,
    }));
    return { ids: [...new Set(told.flatMap(({ ids }) => ids))], isCut: told.some(({ isCut }) => isCut) };
  };

/** What people, partners and API keys are called, by id. */
export const namesOf =
  ({ people }: Pick<PartnerDeps, "people">) =>
  async (tx: ReadTx, anyIds: readonly string[]): Promise<Map<string, string>> => {
    const ids = anyIds.filter(isId);
    const partners = await findPartners(tx, ids);
    const contacts = await people.contactsOf(tx, [...ids, ...[...partners.values()].map(({ userId }) => userId)]);
    const keys = await people.keyNamesOf(tx, ids);
    const nameOf = (userId: string) => contacts.get(userId)?.name ?? contacts.get(userId)?.email;
    return new Map([
      ...keys,
      ...ids.flatMap((id) => {
        const partner = partners.get(id);
        const name = partner ? (partner.companyName ?? nameOf(partner.userId) ?? partner.referralCode) : nameOf(id);
        return name === undefined ? [] : [[id, name] as const];
      }),
    ]);
  };
