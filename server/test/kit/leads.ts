import { fresh, must, visit } from "./journey-steps.ts";
import { asOwner, type ClonedDatabase } from "./postgres.ts";
import type { PartnerAt, TwoTenants } from "./two-tenants.ts";

export const OWN_LEADS = "/api/v1/partners/leads";
export const ALL_LEADS = "/api/v1/admin/leads";

export type Row = Record<string, unknown>;
export type Deal = { readonly company: string; readonly domain: string; readonly contactEmail: string };
export type RegisteredDeal = { readonly outcome: string; readonly lead: Row | null; readonly code?: string };

/** A company that nobody else works on. */
export const newDeal = (): Deal => {
  const name = fresh("deal");
  return { company: name, domain: `${name}.test`, contactEmail: `grace@${name}.test` };
};
export const leadIdOf = (registered: { readonly lead: Row | null }): string => String(registered.lead?.["id"]);

/** What tests of leads do, as partners of our tenant and as its operator. */
export function openLeads(database: ClonedDatabase, { world, ours }: TwoTenants) {
  // Sessions last ten minutes, and tests move the clock by weeks.
  const keys = new Map<string, Promise<string>>();
  const makeKey = async (who: PartnerAt): Promise<string> => {
    const { auth } = await ours.makeKey(who.auth, "partner", ["own:leads:read", "own:leads:write", "own:profile:read"]);
    return auth;
  };
  const authOf = (who: PartnerAt): Promise<string> => {
    const auth = keys.get(who.id) ?? makeKey(who);
    keys.set(who.id, auth);
    return auth;
  };
  const send = async (who: PartnerAt, method: string, path: string, body?: object) =>
    ours.send(method, `${OWN_LEADS}${path}`, { auth: await authOf(who), body });
  const tell = (method: string, path: string, body?: object) =>
    ours.send(method, `${ALL_LEADS}${path}`, { auth: ours.operatorKey, body });
  const register = async (deal: object, who: PartnerAt = ours.partner): Promise<RegisteredDeal> =>
    (await send(who, "POST", "", deal)).body as RegisteredDeal;
  return {
    authOf,
    /** For who has no key: a session, as long as the clock stands. */
    actBySession: (who: PartnerAt): void => void keys.set(who.id, Promise.resolve(who.auth)),
    send,
    tell,
    register,
    /** A third partner who may register. */
    addPartner: async (): Promise<PartnerAt> => {
      const partner = await ours.register("technology");
      await must(ours, "PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: ours.operatorKey, body: {} });
      return partner;
    },
    /** A deal that is protected. */
    protect: async (deal: Deal = newDeal(), who: PartnerAt = ours.partner): Promise<string> => {
      const id = leadIdOf(await register(deal, who));
      await tell("PUT", `/${id}/accept`, {});
      return id;
    },
    read: async (id: string, who: PartnerAt = ours.partner): Promise<Row> => (await send(who, "GET", `/${id}`)).body,
    readAll: async (id: string): Promise<Row> => (await tell("GET", `/${id}`)).body,
    /** The shop says that somebody of a company has become a customer, through a partner. */
    becomesCustomer: async (email: string, through: PartnerAt): Promise<string> => {
      const body = { externalId: fresh("customer"), clickId: await visit(ours, through.referralCode), email };
      const { id } = await must(ours, "POST", "/api/v1/referrals/convert", { auth: ours.operatorKey, body });
      await world.settle();
      return String(id);
    },
    eventsOf: (id: string) =>
      asOwner<{ type: string; data: Row }>(
        database,
        "select type, data from outbox_events where object_id = $1 order by position",
        [id],
      ),
  };
}
