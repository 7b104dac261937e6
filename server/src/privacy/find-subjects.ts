import { findPeople, findPerson, findPersons, type Person } from "../identity/index.ts";
import { isId } from "../kernel/id.ts";
import { findPartnerOfUser, findPartnersOfUsers } from "../partners/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { DataSubject } from "../platform/personal-data.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";
import { privacyErrors } from "./privacy-errors.ts";

/** Somebody of whom something is kept, with the partner that they are. */
export type Subject = Person & { readonly partnerId: string | null };

/** A person as the sources know them: by an e-mail only where they have shown that it is theirs. */
export const subjectOf = ({ userId, email, emailVerifiedAt, partnerId, externalId }: Subject): DataSubject => ({
  userId,
  email: (emailVerifiedAt === null ? null : email) ?? "",
  ...(partnerId !== null && { partnerId }),
  ...(externalId !== null && { externalId }),
});

/** One person. Throws `privacy.subject_not_found`. */
export async function getSubject(tx: ReadTx, userId: string): Promise<Subject> {
  const person = await findPerson(tx, userId);
  if (person === undefined) throw privacyErrors.subject_not_found();
  return { ...person, partnerId: (await findPartnerOfUser(tx, person.userId))?.id ?? null };
}

/** People by e-mail, by the operator's own name for a customer, or by id, nobody where none is given; customers may share an e-mail. */
export const findSubjects =
  ({ db }: Pick<PrivacyDeps, "db">) =>
  (
    ctx: Ctx,
    by: { userId?: string; userIds?: string; email?: string; externalId?: string },
  ): Promise<{ data: Subject[]; isCut: boolean }> => {
    requireScope(ctx, "privacy:read");
    const ids = [by.userId ?? [], by.userIds?.split(",") ?? []].flat().filter(isId);
    return db.read(ctx, async (tx) => {
      const named = await findPersons(tx, ids);
      const { people: found, isCut } = await findPeople(tx, by);
      const people = [...new Map([...named, ...found].map((one) => [one.userId, one])).values()];
      const partners = await findPartnersOfUsers(
        tx,
        people.map(({ userId }) => userId),
      );
      const partnerIds = new Map(partners.map(({ id, userId }) => [userId, id]));
      return { data: people.map((one) => ({ ...one, partnerId: partnerIds.get(one.userId) ?? null })), isCut };
    });
  };
