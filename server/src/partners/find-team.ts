import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { getPartner, type Partner } from "./partner-repository.ts";
import { findMembers, type Member, type MemberRole } from "./team-repository.ts";

/** Somebody on a team as the team sees them. */
export type MemberView = {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: MemberRole;
  readonly status: "invited" | "joined";
  readonly invitedAt: Date;
  readonly joinedAt: Date | null;
};

export type Team = {
  readonly owner: { readonly email: string | null; readonly name: string | null };
  readonly members: MemberView[];
};

export const memberView = (member: Member, name: string | null = null): MemberView => ({
  id: member.id,
  email: member.email,
  name,
  role: member.role,
  status: member.joined_at === null ? "invited" : "joined",
  invitedAt: member.invited_at,
  joinedAt: member.joined_at,
});

/** Who is on the acting partner's team. */
export const getTeam =
  (deps: PartnerDeps) =>
  (ctx: Ctx): Promise<Team> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "own:team:read");
      return teamOf(deps, tx, await getPartner(tx, requirePartner(ctx)));
    });

/** The team of a partner as it sees itself. */
export async function teamOf(
  deps: Pick<PartnerDeps, "people">,
  tx: ReadTx,
  partner: Pick<Partner, "id" | "userId">,
): Promise<Team> {
  const members = await findMembers(tx, [partner.id]);
  const joined = members.flatMap(({ user_id }) => user_id ?? []);
  const people = await deps.people.contactsOf(tx, [partner.userId, ...joined]);
  const { email = null, name = null } = people.get(partner.userId) ?? {};
  return {
    owner: { email, name },
    members: members.map((member) => memberView(member, people.get(member.user_id ?? "")?.name)),
  };
}

/** The people of partners, who are given by id: the owner and whoever has joined the team. None of them is brought by the partner as a customer. */
export const peopleOf =
  ({ people }: Pick<PartnerDeps, "people">) =>
  async (
    tx: ReadTx,
    partners: ReadonlyMap<string, Pick<Partner, "userId">>,
  ): Promise<Map<string, { readonly userId: string; readonly email: string | null }[]>> => {
    const members = await findMembers(tx, [...partners.keys()]);
    const ids = new Map([...partners].map(([id, { userId }]) => [id, [userId]]));
    for (const { partner_id, user_id } of members) if (user_id !== null) ids.get(partner_id)?.push(user_id);
    const contacts = await people.contactsOf(tx, [...ids.values()].flat());
    return new Map(
      [...ids].map(([id, userIds]) => [
        id,
        userIds.map((userId) => ({ userId, email: contacts.get(userId)?.email ?? null })),
      ]),
    );
  };
