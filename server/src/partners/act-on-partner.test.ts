import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPartners, type PartnerBench } from "../../test/kit/partners.ts";
import { asOwner, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import type { FlagKey } from "../platform/flags/index.ts";
import { toWire } from "../platform/wire.ts";
import type { ActOnPartner } from "./act-on-partner.ts";
import {
  type PartnerAct as AnyAct,
  decideAct,
  PARTNER_STATUSES,
  type PartnerStatus,
  statusAfter,
} from "./partner-rules.ts";

let bench: PartnerBench;
beforeAll(async () => {
  bench = await openPartners(await cloneDatabase());
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  bench.recorded.length = 0;
});

const code = (value: string) => expect.objectContaining({ code: value });
const partner = (id: string) => bench.db.read(bench.ctx(), (tx) => bench.partners.getPartner(tx, id));

type Verb = (ctx: Ctx, input: ActOnPartner) => Promise<{ status: PartnerStatus }>;
/** Applying again is the applicant's own. */
type PartnerAct = Exclude<AnyAct, "reapply">;
const ACTS: Readonly<Record<PartnerAct, { verb: () => Verb; news: string; kind: string | null }>> = {
  approve: { verb: () => bench.partners.approvePartner, news: "partner.approved", kind: "approval" },
  reject: { verb: () => bench.partners.rejectPartner, news: "partner.rejected", kind: null },
  suspend: { verb: () => bench.partners.suspendPartner, news: "partner.suspended", kind: "suspension" },
  reinstate: { verb: () => bench.partners.reinstatePartner, news: "partner.reinstated", kind: "reinstatement" },
  terminate: { verb: () => bench.partners.terminatePartner, news: "partner.terminated", kind: "termination" },
};
const act = (name: PartnerAct, partnerId: string, ctx = bench.operator("partners:write")) =>
  ACTS[name].verb()(ctx, { partnerId, reason: `because of ${name}` });

/** The acts that lead to each state from a registration. */
const PATHS: Readonly<Record<PartnerStatus, readonly PartnerAct[]>> = {
  pending: [],
  active: ["approve"],
  suspended: ["approve", "suspend"],
  rejected: ["reject"],
  terminated: ["approve", "terminate"],
};
async function partnerIn(status: PartnerStatus): Promise<string> {
  const id = await bench.register({ isVerified: false });
  for (const step of PATHS[status]) await act(step, id);
  bench.recorded.length = 0;
  return id;
}

const CASES = PARTNER_STATUSES.flatMap((status) =>
  (Object.keys(ACTS) as PartnerAct[]).map((name) => [name, status] as const),
);

describe("who was refused", () => {
  const applyAgain = (partnerId: string) => bench.partners.applyAgain(bench.as(partnerId), { message: "New website" });
  const admit = (flag?: FlagKey) => {
    bench.outside.flags.clear();
    if (flag !== undefined) bench.outside.flags.add(flag);
  };
  afterEach(() => admit("partner-program"));

  it("applies again where the programme takes applications, or the e-mail is invited, and waits for a person", async () => {
    const refused = await partnerIn("rejected");
    expect(await applyAgain(refused)).toMatchObject({ status: "pending" });
    const email = `${newId()}@example.com`;
    await bench.partners.invitePartners(bench.operator("partners:write"), { emails: [email] });
    const invited = await bench.register({ email, isVerified: false });
    await act("reject", invited);
    admit("partner-program-beta");
    expect(await applyAgain(invited)).toMatchObject({ status: "pending" });
  });

  it("is told that it takes none, and stays refused; who was not refused is told that", async () => {
    const [refused, active] = [await partnerIn("rejected"), await partnerIn("active")];
    for (const flag of [undefined, "partner-program-beta"] as const) {
      admit(flag);
      await expect(applyAgain(refused)).rejects.toEqual(code("partner.registration_closed"));
      expect((await partner(refused)).status).toBe("rejected");
      await expect(applyAgain(active)).rejects.toEqual(code("partner.wrong_state"));
    }
  });
});

describe("an operator", () => {
  it.each(CASES.filter(([name, status]) => decideAct(status, name).allowed))(
    "can %s a partner that is %s, which is audited, told and recorded",
    async (name, status) => {
      const id = await partnerIn(status);
      const told = (await bench.news(id)).length;
      const after = await act(name, id);
      const decision = decideAct(status, name);
      expect(after.status).toBe(decision.allowed && decision.to);
      expect(await partner(id)).toMatchObject({ status: after.status, statusReason: `because of ${name}` });
      const { kind, news } = ACTS[name];
      expect((await bench.news(id)).slice(told)).toEqual([news]);
      expect((await bench.acts(id)).at(-1)).toBe(news);
      expect(bench.recorded).toMatchObject(
        kind === null ? [] : [{ partnerId: id, kind, data: {}, occurredAt: bench.clock.now() }],
      );
    },
  );

  it.each(CASES.filter(([name, status]) => !decideAct(status, name).allowed))(
    "cannot %s a partner that is %s, and nothing changes",
    async (name, status) => {
      const id = await partnerIn(status);
      const before = await partner(id);
      await expect(act(name, id)).rejects.toEqual(code("partner.wrong_state"));
      expect(await partner(id)).toEqual(before);
      expect(bench.recorded).toEqual([]);
    },
  );

  it.each(Object.keys(ACTS) as PartnerAct[])(
    "needs the scope to %s, and does not find another tenant's partner",
    async (name) => {
      const id = await partnerIn("pending");
      await expect(act(name, id, bench.operator("partners:read"))).rejects.toEqual(code("access.scope_missing"));
      await expect(act(name, await bench.neighbour())).rejects.toEqual(code("partner.not_found"));
      await expect(act(name, newId())).rejects.toEqual(code("partner.not_found"));
    },
  );

  it("sees when a partner was approved, suspended and ended; a suspension that is over leaves no mark", async () => {
    const id = await partnerIn("suspended");
    expect(await partner(id)).toMatchObject({ suspendedAt: bench.clock.now(), approvedAt: bench.clock.now() });
    await act("reinstate", id);
    expect(await partner(id)).toMatchObject({ suspendedAt: null, terminatedAt: null });
    await act("terminate", id);
    expect(await partner(id)).toMatchObject({ terminatedAt: bench.clock.now() });
  });

  it("of two who approve at once, one does, and the act is recorded once", async () => {
    const id = await partnerIn("pending");
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => act("approve", id)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toEqual(code("partner.wrong_state"));
    expect(await bench.news(id)).toEqual(["partner.created", "partner.approved"]);
    const rows = await asOwner(
      bench.database,
      "select kind from partner_events where partner_id = $1 order by number",
      [id],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(["terms", "approval"]);
  });

  it("who has seen another state is told so, where the act could be done from the one that it has now", async () => {
    const id = await partnerIn("rejected");
    const late = { partnerId: id, from: "pending" } as const;
    await expect(bench.partners.approvePartner(bench.operator("partners:write"), late)).rejects.toMatchObject({
      code: "partner.wrong_state",
      facts: { status: "rejected", act: "approve" },
    });
    expect(await partner(id)).toMatchObject({ status: "rejected" });
    const seen = { partnerId: id, from: "rejected" } as const;
    expect(await bench.partners.approvePartner(bench.operator("partners:write"), seen)).toMatchObject({
      status: "active",
    });
  });

  it("of two who suspend and terminate at once, leaves a history that the table allows", async () => {
    const id = await partnerIn("active");
    await Promise.allSettled([act("suspend", id), act("terminate", id), act("suspend", id), act("reinstate", id)]);
    const rows = await asOwner<{ kind: string }>(
      bench.database,
      "select kind from partner_events where partner_id = $1 order by number",
      [id],
    );
    let status: PartnerStatus = "pending";
    for (const { kind } of rows.filter((row) => row.kind !== "terms")) {
      const name = (Object.keys(ACTS) as PartnerAct[]).find((each) => ACTS[each].kind === kind);
      const to: PartnerStatus | undefined = name && statusAfter(status, name);
      expect(to).toBeDefined();
      status = to ?? status;
    }
    expect((await partner(id)).status).toBe(status);
  });
});

describe("a partner", () => {
  it("closes its own account from any state but the last, and its keys end with it", async () => {
    const id = await partnerIn("active");
    const key = await bench.partners.generateAPIKey(bench.as(id), {
      owner: "partner",
      name: "k",
      scopes: ["own:referrals:read"],
    });
    const closed = await bench.partners.closeAccount(bench.as(id));
    expect(closed).toMatchObject({ id, status: "terminated" });
    expect(bench.recorded.map(({ kind }) => kind)).toEqual(["termination"]);
    const rows = await asOwner(bench.database, "select status from partner_api_keys where id = $1", [key.id]);
    expect(rows).toEqual([{ status: "revoked" }]);
    await expect(bench.partners.closeAccount(bench.as(id))).rejects.toEqual(code("partner.wrong_state"));
    await expect(bench.partners.updatePartner(bench.as(id), { companyName: "x" })).rejects.toEqual(
      code("partner.wrong_state"),
    );
  });

  it("changes what it says of itself, which is audited; what is not given stays", async () => {
    const id = await partnerIn("active");
    await bench.partners.updatePartner(bench.as(id), { companyName: "Ada Ltd", settings: { theme: "dark" } });
    const profile = await bench.partners.updatePartner(bench.as(id), { country: "DE" });
    expect(profile).toMatchObject({ companyName: "Ada Ltd", country: "DE", settings: { theme: "dark" }, name: "Ada" });
    expect(await bench.partners.getPartnerProfile(bench.as(id))).toEqual(profile);
    expect((await bench.acts(id)).slice(-2)).toEqual(["partner.updated", "partner.updated"]);
  });

  it("does not see why an operator did what it did, nor its own names in other systems", async () => {
    const id = await partnerIn("suspended");
    const profile = await bench.partners.getPartnerProfile(bench.as(id));
    expect(toWire(profile)).not.toContain("because of");
    expect(Object.keys(profile)).not.toContain("externalId");
    expect(Object.keys(profile)).not.toContain("userId");
  });

  it("needs the scope for each of its verbs, and to be a partner", async () => {
    const id = await partnerIn("active");
    const missing = code("access.scope_missing");
    const reader = bench.as(id, ["own:profile:read"]);
    await expect(bench.partners.closeAccount(reader)).rejects.toEqual(missing);
    await expect(bench.partners.updatePartner(reader, { country: "DE" })).rejects.toEqual(missing);
    await expect(bench.partners.upgradeTier(reader, { tier: "tier2" })).rejects.toEqual(missing);
    expect(() => bench.partners.getPartnerProfile(bench.as(id, []))).toThrow(missing);
    expect(() => bench.partners.getPartnerProfile(bench.operator("own:profile:read"))).toThrow(
      code("access.partner_required"),
    );
  });
});

describe("the list of partners", () => {
  it("is filtered, searched, sorted and paged", async () => {
    const reader = bench.operator("partners:read");
    const email = `${newId()}@people.test`;
    const found = await bench.register({ email, partnerType: "reseller", isVerified: false });
    await bench.partners.updatePartner(bench.as(found), { companyName: "100%_Sure GmbH" });
    const ids = async (filters: object) =>
      (await bench.partners.findPartnerPage(reader, filters)).data.map(({ id }) => id);
    for (const filters of [
      { q: "0%_su" },
      { q: email.toUpperCase() },
      { q: (await partner(found)).referralCode.slice(2) },
      { type: "reseller", status: "pending", tier: "tier2" },
    ])
      expect(await ids(filters)).toEqual([found]);
    expect(await ids({ ids: `${newId()},${found}` })).toEqual([found]);
    expect(await ids({ q: "0%5su" })).toEqual([]);
    expect(await ids({ q: "nobody@people.test" })).toEqual([]);
    expect(await ids({ type: "reseller", status: "active" })).toEqual([]);

    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await bench.partners.findPartnerPage(reader, {
        limit: 3,
        sort: "referralCode",
        ...(cursor === undefined ? {} : { cursor }),
      });
      all.push(...page.data.map(({ referralCode }) => referralCode));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(all).toEqual(all.toSorted());
    expect(new Set(all).size).toBe(all.length);
    const [{ n } = { n: "" }] = await asOwner<{ n: string }>(
      bench.database,
      "select count(*) n from partners where tenant_id = $1",
      [bench.tenantId],
    );
    expect(all).toHaveLength(Number(n));
  });

  it("shows no other tenant's partners, one of which is not found", async () => {
    const stranger = await bench.neighbour();
    const reader = bench.operator("partners:read");
    await expect(bench.partners.getPartnerFor(reader, { partnerId: stranger })).rejects.toEqual(
      code("partner.not_found"),
    );
    const { data } = await bench.partners.findPartnerPage(reader, { limit: 200 });
    expect(data.map(({ id }) => id)).not.toContain(stranger);
    expect((await bench.partners.findPartnerPage(reader, { ids: stranger })).data).toEqual([]);
    expect(() => bench.partners.findPartnerPage(bench.operator("program:read"), {})).toThrow(
      code("access.scope_missing"),
    );
  });
});
