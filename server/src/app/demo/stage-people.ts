import { randomBytes } from "node:crypto";
import { hashPassword } from "../../identity/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { Scope } from "../../platform/scopes.ts";
import type { DemoAccess } from "./demo-access.ts";
import { CAST, type CastPartner, TEAM } from "./demo-cast.ts";
import type { Stage, StagedPartner } from "./demo-stage.ts";

const SHOP_SCOPES: readonly Scope[] = [
  "referrals:convert",
  "transactions:write",
  "transactions:read",
  "commissions:read",
  "partners:read",
];
const MAIL_WAIT_MS = 30_000;

/** Random, so that a demo that somebody left running is nobody's door. */
const newPassword = (): string =>
  randomBytes(9)
    .toString("base64url")
    .replace(/(.{4})(.{4})(.{4})/, "$1-$2-$3");

/** Who will be able to sign in to the demo, and with what. */
export const chooseAccess = (end: Date): DemoAccess => ({
  logins: [
    ...TEAM.map(({ role, email }) => ({ role, email, password: newPassword() })),
    ...leads().map(({ tier, email }) => ({ role: `partner, ${tier}`, email, password: newPassword() })),
  ],
  shopKey: null,
  storyEnd: end.toISOString(),
  monthsBuilt: 0,
});

const leads = (): CastPartner[] => CAST.filter((partner) => partner.isLead);

/** The programme, its team, the four partners with a login, and the shop's key. What is there already stays. */
export async function stageAccess(stage: Stage, access: DemoAccess, start: Date): Promise<DemoAccess> {
  const { app, sandbox } = stage;
  const ctx = stage.at(start);
  const shop = new URL(sandbox.urls.shop);
  await app.programs.updateProgram(ctx, {
    name: "Fernbill partners",
    destinationHosts: [shop.host],
    defaultDestination: shop.href,
  });
  await app.flags.setFlag(ctx, { key: "partner-program", isEnabled: true });

  const passwords = new Map(access.logins.map(({ email, password }) => [email, password]));
  for (const member of TEAM) await addMember(stage, member, passwords.get(member.email) ?? newPassword(), start);
  await Promise.all(
    leads().map((lead) => registerLead(stage, lead, passwords.get(lead.email) ?? newPassword(), start)),
  );
  const { apiKey, secret } = await app.identity.generateAPIKey(ctx, {
    owner: "operator",
    name: "Demo shop",
    scopes: SHOP_SCOPES,
  });
  return { ...access, shopKey: { id: apiKey, secret } };
}

async function addMember(
  { app, at }: Stage,
  { role, email, name }: (typeof TEAM)[number],
  password: string,
  start: Date,
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await app.db.transaction(at(start), async (tx) => {
    if ((await app.identity.findUserByEmail(tx, email)) === undefined)
      await app.identity.createUser(tx, { role, email, name, passwordHash, isEmailVerified: true });
  });
}

/** Registers as a person would: the form, the mail, the link; then an operator's word where the tier needs one. */
async function registerLead(stage: Stage, lead: CastPartner, password: string, start: Date): Promise<void> {
  const { app, sandbox } = stage;
  const ctx = { ...stage.at(start), actor: { type: "anonymous" as const } };
  if (!(await findByEmail(stage, lead.email, start))?.isEmailVerified) {
    await app.partners.registerPartner(ctx, {
      email: lead.email,
      password,
      name: lead.company,
      companyName: lead.company,
      country: lead.country,
      partnerType: lead.type,
      referralCode: lead.code,
    });
    const { id: mailId } = await sandbox.mailbox.waitFor({ to: lead.email }, AbortSignal.timeout(MAIL_WAIT_MS));
    const { text } = await sandbox.mailbox.open(mailId);
    const token = /token=([\w-]+)/.exec(text)?.[1];
    invariant(token !== undefined, "the mail that verifies an address has a link");
    await app.identity.verifyEmail(ctx, { token, password });
  }
  const partner = await getByEmail(stage, lead.email, start);
  if (partner.status === "pending")
    await app.partners.approvePartner(stage.at(start), { partnerId: partner.id, reason: "Known to us" });
}

async function findByEmail({ app, at }: Stage, email: string, instant: Date) {
  const { data } = await app.partners.findPartnerPage(at(instant), { q: email });
  return data[0];
}

async function getByEmail(stage: Stage, email: string, instant: Date) {
  const partner = await findByEmail(stage, email, instant);
  invariant(partner !== undefined, "who registered is there");
  return partner;
}

/** Everybody else of the cast comes from another system, each active from the day it joined. Returns the whole cast. */
export async function stageCast(stage: Stage, { start, end }: { start: Date; end: Date }): Promise<StagedPartner[]> {
  const { app } = stage;
  const others = CAST.filter((partner) => !partner.isLead);
  await app.partners.importPartners(
    stage.at(end),
    others.map((partner) => ({
      externalId: partner.externalId,
      email: partner.email,
      companyName: partner.company,
      partnerType: partner.type,
      tier: partner.tier,
      referralCode: partner.code,
      country: partner.country,
      joinedAt: joinedAt(partner, start),
    })),
  );
  const staged: StagedPartner[] = [];
  for (const cast of CAST) {
    const { id, userId } = await getByEmail(stage, cast.email, end);
    staged.push({ cast, id, userId });
  }
  return staged;
}

function joinedAt({ monthsAgo }: CastPartner, start: Date): Date {
  const date = new Date(start);
  date.setUTCMonth(date.getUTCMonth() + 12 - monthsAgo);
  return date;
}
