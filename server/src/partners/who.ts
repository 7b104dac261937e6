import { sql } from "kysely";
import { isId } from "../kernel/id.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { findPartners, selectPartners } from "./partner-repository.ts";
import { findMembers } from "./team-repository.ts";

/** As many as a search goes on with: whoever types two letters means none of the thousands that have them. */
const NAMED_MAX = 50;

/** What finds partners by words: part of a company's name, of a code, or of their person's name or e-mail; a whole external id. */
export async function matching({ people }: Pick<PartnerDeps, "people">, tx: ReadTx, words: string) {
  const pattern = `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const userIds = await people.findPeopleNamed(tx, words, NAMED_MAX);
  return sql<boolean>`(
       company_name ilike ${pattern}
    or referral_code like ${pattern.toLowerCase()}
    or external_id = ${words}
    or user_id = any (${userIds}::uuid[]))`;
}

/** Ids of the people and partners whom words name, and of everybody who works for such a partner. */
export const named =
  (deps: Pick<PartnerDeps, "people">) =>
  async (tx: ReadTx, words: string): Promise<string[]> => {
    const userIds = await deps.people.findPeopleNamed(tx, words, NAMED_MAX);
    const partners = await selectPartners(tx)
      .where(await matching(deps, tx, words))
      .orderBy("id", "desc")
      .limit(NAMED_MAX)
      .execute();
    const members = await findMembers(
      tx,
      partners.map(({ id }) => id),
    );
    const ids = [
      ...userIds,
      ...partners.flatMap(({ id, user_id }) => [id, user_id]),
      ...members.flatMap(({ user_id }) => user_id ?? []),
    ];
    return [...new Set(ids)];
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
