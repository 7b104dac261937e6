import { Type } from "typebox";
import { Id, Instant, Line, Nullable } from "../platform/http/index.ts";
import { TEAM_MAX } from "./invite-member.ts";
import { MEMBER_ROLES } from "./team-repository.ts";

const strict = { additionalProperties: false };
const Email = Type.String({ format: "email", maxLength: 254, description: "Where the invitation goes" });
const Role = Type.Enum([...MEMBER_ROLES], {
  description:
    "`manager`: links, leads, tickets, users and cards, webhooks. `finance`: payouts, taxes, fees, disputes. `viewer`: reads, but no tax forms. Where money goes, keys, agreements and the team itself are the owner's alone",
});

export const MemberView = Type.Object(
  {
    id: Id("On the team"),
    email: Type.String(),
    name: Nullable(Type.String()),
    role: Role,
    status: Type.Enum(["invited", "joined"]),
    invitedAt: Instant("When they were invited"),
    joinedAt: Nullable(Instant("When they took the invitation")),
  },
  { title: "TeamMember", description: "Somebody who works for a partner" },
);
export const TeamView = Type.Object({
  owner: Type.Object(
    { email: Nullable(Type.String()), name: Nullable(Type.String()) },
    { description: "Who the partner is" },
  ),
  members: Type.Array(MemberView, { description: `Everybody else, at most ${TEAM_MAX}` }),
});
export const MemberParams = Type.Object({ id: Id("From the team") });
export const InviteMemberBody = Type.Object(
  { email: Email, role: Role },
  { ...strict, examples: [{ email: "grace@example.com", role: "finance" }] },
);
export const ChangeMemberBody = Type.Object({ role: Role }, { ...strict, examples: [{ role: "viewer" }] });
export const JoinTeamBody = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 200, description: "From the link" }),
    name: Line({ minLength: 1, maxLength: 100, description: "What to call you" }),
    password: Type.String({ minLength: 1, maxLength: 200, format: "password", description: "At least 12 characters" }),
  },
  { ...strict, examples: [{ token: "from-the-link-in-the-mail", name: "Grace", password: "seven silver herons" }] },
);
