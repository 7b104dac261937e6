import type { WholeApp } from "../../kit/app.ts";
import { mustSend } from "../../kit/must-send.ts";
import { addStaff } from "../../kit/staff.ts";
import { type PartnerName, VISITORS, type Visitor } from "./story.ts";

export const EMAILS: Readonly<Record<PartnerName, string>> = { ada: "ada@example.com", rex: "rex@example.com" };
/** A Monday: the week before is whole. */
const END = "2026-11-02T12:00:00Z";

/** Has a partner of each tier, each with a link for each campaign; returns their ids, and codes by partner and campaign. */
async function openProgramme(world: WholeApp) {
  const member = await addStaff(world, { role: "admin", email: "admin@team.test" });
  const admin = await world.signIn(member.email);
  await mustSend(world, admin, "PUT", "/api/v1/admin/program", { timeZone: "Europe/Berlin" });
  const codes = new Map<string, string>();
  const ids = new Map<PartnerName, string>();
  for (const [name, partnerType] of [
    ["ada", "affiliate"],
    ["rex", "reseller"],
  ] as const) {
    const { id, auth } = await world.addPartner({ email: EMAILS[name], partnerType });
    ids.set(name, id);
    if (name === "rex") await mustSend(world, world.operatorKey, "PUT", `/api/v1/admin/partners/${id}/approve`, {});
    for (const campaign of ["spring", "autumn"]) {
      const link = await mustSend<{ code: string }>(world, auth, "POST", "/api/v1/partners/referrals/link", {
        campaign,
      });
      codes.set(`${name} ${campaign}`, link.code);
    }
  }
  return { ids, codes };
}

type Act = { readonly at: string; readonly act: () => Promise<unknown> };

/** The whole story in the order of its instants, each act through the API at its time. */
export async function liveStory(world: WholeApp): Promise<ReadonlyMap<PartnerName, string>> {
  const { ids, codes } = await openProgramme(world);
  const clicks = new Map<string, string>();
  const visit = async ({ partner, campaign, name }: Visitor): Promise<string> => {
    const browser = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 ${name}`;
    const { headers } = await world.send("GET", `/r/${codes.get(`${partner} ${campaign}`)}`, {
      headers: { "user-agent": browser },
    });
    return new URL(String(headers["location"])).searchParams.get("tid") ?? "";
  };
  const tell = (path: string, { name }: Visitor) =>
    mustSend(world, world.operatorKey, "POST", `/api/v1/referrals/${path}`, {
      externalId: name,
      clickId: clicks.get(name),
    });
  const record = (transaction: object) =>
    mustSend(world, world.operatorKey, "POST", "/api/v1/transactions", { transactions: [transaction] });
  const acts = VISITORS.flatMap((visitor): Act[] => {
    const { name, click, clicksTwice, signup, convert, paid = [], refunded = [] } = visitor;
    const acts: Act[] = [{ at: click, act: async () => clicks.set(name, await visit(visitor)) }];
    if (clicksTwice) acts.push({ at: new Date(Date.parse(click) + 60_000).toISOString(), act: () => visit(visitor) });
    if (signup !== undefined) acts.push({ at: signup, act: () => tell("signup", visitor) });
    if (convert !== undefined) acts.push({ at: convert, act: () => tell("convert", visitor) });
    for (const { id: externalId, at: occurredAt, currency = "USD", ...rest } of paid)
      acts.push({
        at: occurredAt,
        act: () => record({ externalId, customerExternalId: name, kind: "payment", currency, occurredAt, ...rest }),
      });
    for (const { id: externalId, of: originalExternalId, at: occurredAt, amount } of refunded) {
      const refund = { externalId, originalExternalId, kind: "refund", amount, currency: "USD", occurredAt };
      acts.push({ at: occurredAt, act: () => record({ customerExternalId: name, ...refund }) });
    }
    return acts;
  });
  for (const { at, act } of acts.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    world.clock.moveTo(new Date(at));
    await act();
    // Some days are rolled up when they have just begun, and again when more has come.
    await world.wake("analytics.roll_up");
  }
  world.clock.moveTo(new Date(END));
  await world.settle();
  await world.wake("analytics.roll_up");
  return ids;
}
