import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fresh, must } from "../../test/kit/journey-steps.ts";
import { ALL_LEADS, type Deal, leadIdOf, newDeal, OWN_LEADS, openLeads, type Row } from "../../test/kit/leads.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { leadPersonalData } from "./index.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let leads: ReturnType<typeof openLeads>;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  leads = openLeads(database, tenants);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

describe("a deal that is registered", () => {
  it("is free, and held from then on; again it is yours; for another it is a conflict that says nothing of whose", async () => {
    const deal = newDeal();
    const first = await leads.register({ ...deal, expectedValue: 120_000, currency: "USD", note: "Met in May" });
    expect(first).toMatchObject({ outcome: "free", lead: { status: "submitted", ...deal, expectedValue: 120_000 } });
    expect(await leads.register(deal)).toEqual({ outcome: "yours", lead: first.lead });
    const second = await leads.register(deal, ours.rival);
    expect(second).toMatchObject({ outcome: "conflict", lead: { status: "conflict" } });
    const seen = JSON.stringify([second, await leads.read(leadIdOf(second), ours.rival)]);
    expect(seen).not.toContain(ours.partner.id);
    expect(seen).not.toContain(leadIdOf(first));
    expect(await leads.readAll(leadIdOf(second))).toMatchObject({
      conflict: { kind: "email", leadId: leadIdOf(first) },
    });
  });

  it.each([
    [
      "the contact's mailbox",
      (deal: Deal) => ({ company: fresh("other"), contactEmail: deal.contactEmail.replace("@", "+x@") }),
    ],
    [
      "the domain, as an address of a page",
      (deal: Deal) => ({
        company: fresh("other"),
        domain: `https://www.${deal.domain.toUpperCase()}/x`,
        contactEmail: `${fresh("a")}@gmail.com`,
      }),
    ],
    [
      "a domain below it",
      (deal: Deal) => ({
        company: fresh("other"),
        domain: `shop.${deal.domain}`,
        contactEmail: `${fresh("a")}@gmail.com`,
      }),
    ],
    [
      "the name without its legal form",
      (deal: Deal) => ({ company: `The ${deal.company.toUpperCase()}, Inc.`, contactEmail: `${fresh("a")}@gmail.com` }),
    ],
  ])("meets another's by %s", async (_, other) => {
    const deal = newDeal();
    await leads.register(deal);
    expect(await leads.register(other(deal), ours.rival)).toMatchObject({ outcome: "conflict" });
  });

  it("meets one that lies below its own domain, and not one that lies beside it", async () => {
    const { domain } = newDeal();
    const at = (name: string) => ({ company: fresh("deal"), domain: name, contactEmail: `${fresh("a")}@gmail.com` });
    await leads.register(at(`shop.${domain}`));
    expect(await leads.register(at(`blog.${domain}`), ours.rival)).toMatchObject({ outcome: "free" });
    expect(await leads.register(at(domain), ours.rival)).toMatchObject({ outcome: "yours" });
    const third = await leads.addPartner();
    expect(await leads.register(at(domain), third)).toMatchObject({ outcome: "conflict" });
  });

  it("of a company that is a customer is a conflict that looks like any other; of the partner's own it is yours", async () => {
    const deal = newDeal();
    await leads.becomesCustomer(`alan@${deal.domain}`, ours.rival);
    const taken = await leads.register(deal);
    expect(taken).toMatchObject({ outcome: "conflict", lead: { status: "conflict", tie: null, referralId: null } });
    expect(await leads.readAll(leadIdOf(taken))).toMatchObject({ conflict: { kind: "customer", leadId: null } });
    expect(await leads.register(deal, ours.rival)).toEqual({ outcome: "yours", lead: null });
  });

  it("by two partners at once is held by exactly one of them", async () => {
    const partners = [ours.partner, ours.rival];
    await Promise.all(partners.map(leads.authOf));
    for (let turn = 0; turn < 5; turn += 1) {
      const deal = newDeal();
      // One names the domain above the other's: they meet all the same.
      const answers = await Promise.all([
        leads.register({ ...deal, company: fresh("one"), contactEmail: `${fresh("a")}@gmail.com` }, partners[turn % 2]),
        leads.register({ ...deal, domain: `eu.${deal.domain}` }, partners[(turn + 1) % 2]),
        leads.register({ company: deal.company, contactEmail: deal.contactEmail }, partners[turn % 2]),
      ]);
      expect(answers.map(({ outcome }) => outcome)).toContain("free");
      const [held] = await asOwner<{ partners: string }>(
        database,
        `select count(distinct l.partner_id) as partners from lead_claims c join leads l on l.tenant_id = c.tenant_id and l.id = c.lead_id
          where c.kind in ('domain', 'email') and c.value like $1`,
        [`%${deal.domain}`],
      );
      expect(held?.partners).toBe("1");
    }
  });

  it("needs the feature, an active partner, a company's domain and a whole amount", async () => {
    const codeOf = async (deal: object, who?: PartnerAt) => (await leads.register(deal, who)).code;
    const affiliate = await ours.register("affiliate");
    leads.actBySession(affiliate);
    expect(await codeOf(newDeal(), affiliate)).toBe("feature.not_included");
    expect((await leads.send(affiliate, "GET", "/rules")).body).toEqual({
      protectionDays: 90,
      renewalsMax: 1,
      isIncluded: false,
    });
    const pending = await ours.register("technology");
    leads.actBySession(pending);
    expect(await codeOf(newDeal(), pending)).toBe("lead.partner_inactive");
    expect(await codeOf({ ...newDeal(), domain: "gmail.com" })).toBe("lead.domain_shared");
    expect(await codeOf({ ...newDeal(), domain: "nonsense" })).toBe("lead.domain_invalid");
    expect(await codeOf({ ...newDeal(), expectedValue: 5 })).toBe("lead.value_incomplete");
    expect(await codeOf({ ...newDeal(), expectedValue: 5, currency: "ZZZ" })).toBe("lead.currency_unknown");
  });

  it("is asked about so often at most that nobody can ask whom others work on", async () => {
    const asker = await leads.addPartner();
    let code: string | undefined;
    for (let turn = 0; turn < 70 && code === undefined; turn += 1)
      ({ code } = await leads.register({ ...newDeal(), domain: "gmail.com" }, asker));
    expect(code).toBe("lead.domain_shared");
    for (let turn = 0; turn < 70 && code !== "request.rate_limited"; turn += 1)
      ({ code } = await leads.register(newDeal(), asker));
    expect(code).toBe("request.rate_limited");
  });
});

describe("the operator", () => {
  it("accepts: the protection begins then, for as many days as are set", async () => {
    const id = leadIdOf(await leads.register(newDeal()));
    tenants.world.clock.advance(DAY_MS);
    await leads.tell("PUT", `/${id}/accept`, { note: "Good luck" });
    const endsAt = new Date(tenants.world.clock.now().getTime() + 90 * DAY_MS).toISOString();
    expect(await leads.read(id)).toMatchObject({ status: "accepted", endsAt, entries: [{}, { body: "Good luck" }] });
    const again = await leads.tell("PUT", `/${id}/accept`, {});
    expect(again.body).toMatchObject({ status: 409, code: "lead.wrong_state" });
  });

  it("declines with a reason that the partner reads, and the deal is free again", async () => {
    const deal = newDeal();
    const id = await leads.protect(deal);
    await leads.tell("PUT", `/${id}/decline`, { reason: "We know them" });
    const { entries, ...lead } = await leads.read(id);
    expect(lead).toMatchObject({ status: "declined", endsAt: null, closedAt: expect.any(String) });
    expect((entries as Row[]).at(-1)).toMatchObject({ status: "declined", body: "We know them", author: "operator" });
    expect(await leads.register(deal, ours.rival)).toMatchObject({ outcome: "free" });
  });

  it("cannot accept a conflict while another holds the domain, can once it is let go, and can where only the names are alike", async () => {
    const deal = newDeal();
    const [holds, waits] = [await leads.protect(deal), leadIdOf(await leads.register(deal, ours.rival))];
    const held = await leads.tell("PUT", `/${waits}/accept`, {});
    expect(held.body).toMatchObject({ status: 409, code: "lead.held" });
    await leads.send(ours.partner, "PATCH", `/${holds}`, { status: "lost", reason: "They chose another" });
    expect((await leads.tell("PUT", `/${waits}/accept`, {})).status).toBe(200);
    expect(await leads.register(deal)).toMatchObject({ outcome: "conflict" });

    const namesake = leadIdOf(await leads.register({ company: deal.company, contactEmail: `${fresh("a")}@gmail.com` }));
    expect((await leads.tell("PUT", `/${namesake}/accept`, {})).status).toBe(200);
  });

  it("accepts two conflicts of one deal at once for one of them alone", async () => {
    const deal = newDeal();
    const holds = await leads.protect(deal);
    const third = await leads.addPartner();
    const waiting = [leadIdOf(await leads.register(deal, ours.rival)), leadIdOf(await leads.register(deal, third))];
    await leads.tell("PUT", `/${holds}/decline`, { reason: "No" });
    const answers = await Promise.all(waiting.map((id) => leads.tell("PUT", `/${id}/accept`, {})));
    expect(answers.map(({ status }) => String(status)).sort()).toEqual(["200", "409"]);
  });

  it("lets free deals be accepted at once where it is set, and changes nothing that was told before", async () => {
    const before = await leads.read(await leads.protect());
    await leads.tell("PUT", "/settings", { acceptsAtOnce: true, protectionDays: 30 });
    const registered = await leads.register(newDeal());
    await leads.tell("PUT", "/settings", { acceptsAtOnce: false, protectionDays: 90 });
    const endsAt = new Date(tenants.world.clock.now().getTime() + 30 * DAY_MS).toISOString();
    expect(registered).toMatchObject({ outcome: "free", lead: { status: "accepted", endsAt } });
    expect(await leads.read(String(before["id"]))).toEqual(before);
    const early = await leads.tell("PUT", "/settings", { reminderDays: 60, protectionDays: 60 });
    expect(early.body).toMatchObject({ status: 400, code: "lead.reminder_too_early" });
  });

  it("keeps notes that no partner sees, unless it says so", async () => {
    const id = await leads.protect();
    const before = await leads.read(id);
    await leads.tell("POST", `/${id}/notes`, { body: "Ask sales" });
    expect(await leads.read(id)).toEqual(before);
    await leads.tell("POST", `/${id}/notes`, { body: "Call them", isInternal: false });
    await leads.send(ours.partner, "POST", `/${id}/notes`, { body: "Done" });
    const bodies = (lead: Row) =>
      (lead["entries"] as Row[]).flatMap(({ kind, body }) => (kind === "note" ? [body] : []));
    expect(bodies(await leads.read(id))).toEqual(["Call them", "Done"]);
    expect(bodies(await leads.readAll(id))).toEqual(["Ask sales", "Call them", "Done"]);
  });
});

describe("leads", () => {
  it("are listed by pages, filtered and sorted, each partner's own, and exported as they are listed", async () => {
    const deals = [newDeal(), newDeal(), newDeal()];
    const company = fresh("=company");
    const ids: string[] = [];
    for (const [index, deal] of deals.entries())
      ids.push(leadIdOf(await leads.register({ ...deal, company: `${company} ${index}` })));
    const seen: unknown[] = [];
    let cursor: unknown;
    do {
      const query: Row = { limit: 2, sort: "company", q: company, ...(cursor ? { cursor } : {}) };
      const page = await must(ours, "GET", OWN_LEADS, { auth: await leads.authOf(ours.partner), query });
      seen.push(...(page["data"] as Row[]).map((row) => row["id"]));
      cursor = page["nextCursor"];
    } while (cursor);
    expect(seen).toEqual(ids);
    const others = await must(ours, "GET", OWN_LEADS, { auth: await leads.authOf(ours.rival), query: { q: company } });
    expect(others["data"]).toEqual([]);
    const found = await must(ours, "GET", ALL_LEADS, {
      auth: ours.operatorKey,
      query: { q: deals[1]?.domain, partnerId: ours.partner.id },
    });
    expect((found["data"] as Row[]).map((row) => row["id"])).toEqual([ids[1]]);

    const file = await ours.send("GET", `${OWN_LEADS}/file`, {
      auth: await leads.authOf(ours.partner),
      query: { q: company, sort: "company" },
    });
    const lines = file.text.trim().split("\n");
    expect(lines).toHaveLength(4);
    // A spreadsheet runs nothing of it.
    expect(lines[1]).toContain(`${ids[0]},'${company} 0`);
    const all = await ours.send("GET", `${ALL_LEADS}/file`, { auth: ours.operatorKey, query: { q: company } });
    expect(all.text.split("\n")[0]).toMatch(/^partner_id,partner,id,company/);
  });

  it("of another partner or tenant are as though they were not there", async () => {
    const id = await leads.protect();
    const { theirs } = tenants;
    const writes: readonly [string, string, object | undefined][] = [
      ["GET", `/${id}`, undefined],
      ["PATCH", `/${id}`, { status: "contacted" }],
      ["POST", `/${id}/renew`, {}],
      ["POST", `/${id}/notes`, { body: "Mine" }],
    ];
    for (const [method, path, body] of writes) {
      expect((await leads.send(ours.rival, method, path, body)).status).toBe(404);
      expect((await theirs.send(method, `${OWN_LEADS}${path}`, { auth: theirs.partnerKey, body })).status).toBe(404);
    }
    for (const [method, path, body] of [
      ["GET", `/${id}`, undefined],
      ["PUT", `/${id}/accept`, {}],
      ["PUT", `/${id}/decline`, { reason: "No" }],
      ["POST", `/${id}/renew`, {}],
      ["POST", `/${id}/notes`, { body: "Mine" }],
    ] as const)
      expect((await theirs.send(method, `${ALL_LEADS}${path}`, { auth: theirs.operatorKey, body })).status).toBe(404);
  });

  it("are another tenant's matter there: one deal is held in each", async () => {
    const deal = newDeal();
    await leads.register(deal);
    const { body } = await tenants.theirs.send("POST", OWN_LEADS, { auth: tenants.theirs.partnerKey, body: deal });
    expect(body).toMatchObject({ outcome: "free" });
  });

  it("are told and audited without a word of which company or person it is", async () => {
    const deal = newDeal();
    const id = await leads.protect(deal);
    await leads.send(ours.partner, "PATCH", `/${id}`, { status: "lost", reason: "No money" });
    const acts = await asOwner<{ action: string }>(
      database,
      "select action, before, after from audit_log where target_id = $1 order by position",
      [id],
    );
    expect(acts.map(({ action }) => action)).toEqual(["lead.registered", "lead.accepted", "lead.lost"]);
    expect(JSON.stringify([acts, await leads.eventsOf(id)])).not.toContain(deal.company);
  });

  it("forget a contact who asks for it, whom they know by the address, and go on holding the deal", async () => {
    const deal = newDeal();
    const id = leadIdOf(await leads.register({ ...deal, contactName: "Grace", note: "Grace is keen" }));
    const subject = { userId: newId(), email: deal.contactEmail.toUpperCase() };
    const { app, ctx } = tenants.world;
    const collected = await app.db.read(ctx(), (tx) => leadPersonalData.collect(tx, subject));
    expect(collected).toMatchObject([{ id, contactName: "Grace" }]);
    const forgotten = await app.db.transaction(ctx(), (tx) => leadPersonalData.erase(tx, subject));
    expect(forgotten).toBe(1);
    expect(await app.db.read(ctx(), (tx) => leadPersonalData.collect(tx, subject))).toEqual([]);
    expect(await leads.read(id)).toMatchObject({ contactName: null, contactEmail: null, entries: [{ body: null }] });
    await leads.tell("PUT", `/${id}/accept`, {});
    expect(await leads.register(deal, ours.rival)).toMatchObject({ outcome: "conflict" });
  });
});
