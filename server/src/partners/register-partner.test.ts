import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPartners, PASSWORD, type PartnerBench } from "../../test/kit/partners.ts";
import { asOwner, cloneDatabase } from "../../test/kit/postgres.ts";
import { newId } from "../kernel/id.ts";
import { LIMITS } from "../platform/rate-limit/index.ts";

let bench: PartnerBench;
beforeAll(async () => {
  bench = await openPartners(await cloneDatabase());
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  Object.assign(bench.outside, {
    flags: new Set(["partner-program"]),
    takenCodes: new Set(),
    gates: [],
    newCode: undefined,
  });
  bench.recorded.length = 0;
  bench.mails.length = 0;
});

const code = (value: string) => expect.objectContaining({ code: value });
const email = () => `${newId()}@people.test`;
const apply = (fields: object = {}) =>
  bench.partners.registerPartner(bench.anonymous(), { email: email(), password: PASSWORD, name: "Ada", ...fields });
const partner = (id: string) => bench.db.read(bench.ctx(), (tx) => bench.partners.getPartner(tx, id));
const count = async (table: string) =>
  Number((await asOwner<{ n: string }>(bench.database, `select count(*) n from ${table}`))[0]?.n);

describe("registering", () => {
  it("makes a person and a partner who waits, under the terms of the tier from the beginning of time", async () => {
    const id = await bench.register({ partnerType: "reseller", isVerified: false });
    expect(await partner(id)).toMatchObject({
      status: "pending",
      partnerType: "reseller",
      tier: "tier2",
      commissionRate: "25.00",
    });
    const terms = await bench.db.read(bench.ctx(), (tx) => bench.partners.currentTerms(tx, [id], new Date(0)));
    expect(terms.get(id)).toMatchObject({
      tier: "tier2",
      planVersion: 1,
      recurringRatePpm: 250_000n,
      currency: "USD",
      timeZone: "UTC",
    });
    expect(bench.recorded).toMatchObject([
      { partnerId: id, number: 1n, kind: "terms", data: { isRetroactive: false } },
    ]);
    expect(await bench.acts(id)).toEqual(["partner.created"]);
    expect(await bench.news(id)).toEqual(["partner.created"]);
  });

  it("leaves no name in the trail, which outlives an erasure", async () => {
    const companyName = "Wortlaut Handels KG";
    await apply({ companyName, referralCode: "wortlaut-code" });
    const rows = await asOwner<{ row: string }>(
      bench.database,
      "select a::text as row from audit_log a join partners p on p.id = a.target_id where p.company_name = $1 and a.action = 'partner.created'",
      [companyName],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toMatch(/wortlaut/i);
  });

  it("approves an affiliate once the e-mail is verified, and leaves other tiers to an operator", async () => {
    const affiliate = await bench.register();
    expect(await partner(affiliate)).toMatchObject({ status: "active", approvedAt: bench.clock.now() });
    expect(bench.recorded.map(({ kind }) => kind)).toEqual(["terms", "approval"]);
    expect(await bench.news(affiliate)).toEqual(["partner.created", "partner.approved"]);
    expect(await partner(await bench.register({ partnerType: "technology" }))).toMatchObject({ status: "pending" });
  });

  it("approves nobody by itself where the programme says so, or where a gate holds them", async () => {
    bench.outside.gates = [async () => ({ allowed: false, reason: "screening" })];
    const held = await bench.register();
    expect(await partner(held)).toMatchObject({ status: "pending" });
    await expect(bench.partners.approvePartner(bench.operator("partners:write"), { partnerId: held })).rejects.toEqual(
      code("partner.approval_held"),
    );
    bench.outside.gates = [];
    await bench.programs.updateProgram(bench.ctx(), { autoApprovedTiers: [] });
    expect(await partner(await bench.register())).toMatchObject({ status: "pending" });
    await bench.programs.updateProgram(bench.ctx(), { autoApprovedTiers: ["tier1"] });
  });

  it("answers alike whether or not the e-mail is known, changes nothing for one that is, and tells its owner", async () => {
    const known = email();
    const id = await bench.register({ email: known });
    const before = await count("partners");
    expect(await apply({ email: known.toUpperCase(), referralCode: "wished-anew" })).toEqual(await apply());
    expect(await count("partners")).toBe(before + 1);
    expect(await partner(id)).toMatchObject({ wishedReferralCode: null });
    await bench.runJobs();
    expect(bench.mails.filter(({ to }) => to === known)).toMatchObject([{ subject: expect.stringMatching(/account/) }]);
  });

  it("has only so many mails sent to an e-mail, from wherever it is asked for", async () => {
    const [known, unknown] = [email(), email()];
    await bench.register({ email: known });
    await expect(apply({ email: unknown, password: "short" })).rejects.toEqual(code("user.password_weak"));
    const spent = [LIMITS.mail_account.points - 1, LIMITS.mail_account.points];
    for (const [index, to] of [known, unknown].entries()) {
      for (let turn = 0; turn < (spent[index] ?? 0); turn += 1) await apply({ email: to });
      await expect(apply({ email: to.toUpperCase() })).rejects.toEqual(code("auth.too_many_attempts"));
    }
  });

  it("by several at once with one e-mail makes one partner, and all get the same answer", async () => {
    const [same, before] = [email(), await count("partners")];
    const answers = await Promise.all(Array.from({ length: LIMITS.mail_account.points }, () => apply({ email: same })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count("partners")).toBe(before + 1);
  });

  it("is closed without a flag, and open to invited e-mails in the beta", async () => {
    const closed = code("partner.registration_closed");
    bench.outside.flags.clear();
    await expect(apply()).rejects.toEqual(closed);
    bench.outside.flags.add("partner-program-beta");
    await expect(apply()).rejects.toEqual(closed);
    const invited = email();
    await bench.partners.invitePartners(bench.operator("partners:write"), { emails: [invited.toUpperCase()] });
    await apply({ email: invited });
    await bench.runJobs();
    expect(bench.mails.map(({ to }) => to)).toContain(invited);
  });

  it("refuses a weak password and a code that cannot be one, and makes nobody", async () => {
    const before = await count("users");
    await expect(apply({ password: "password" })).rejects.toEqual(code("user.password_weak"));
    await expect(apply({ referralCode: "a b" })).rejects.toEqual(code("partner.code_invalid"));
    expect(await count("users")).toBe(before);
  });
});

describe("a referral code", () => {
  it("that is wished for is given when the e-mail is verified, in lower case, and not before", async () => {
    const id = await bench.register({ referralCode: "Ada-Codes", isVerified: false });
    expect((await partner(id)).referralCode).not.toBe("ada-codes");
    await bench.verify(id);
    expect(await partner(id)).toMatchObject({ referralCode: "ada-codes", wishedReferralCode: null });
    expect(await bench.news(id)).toEqual(["partner.created", "partner.code_changed", "partner.approved"]);
  });

  it("that somebody has, as partner or as link, leaves the generated one", async () => {
    await bench.register({ referralCode: "popular" });
    bench.outside.takenCodes.add("campaign");
    for (const referralCode of ["POPULAR", "campaign"]) {
      const id = await bench.register({ referralCode });
      expect(await partner(id)).toMatchObject({ status: "active", wishedReferralCode: null });
      expect((await partner(id)).referralCode).not.toBe(referralCode.toLowerCase());
    }
  });

  it("that two wish for at once is given to one, and both are approved", async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => bench.register({ referralCode: "contested", isVerified: false })),
    );
    await Promise.all(ids.map((id) => bench.verify(id)));
    const partners = await Promise.all(ids.map(partner));
    expect(partners.filter(({ referralCode }) => referralCode === "contested")).toHaveLength(1);
    expect(new Set(partners.map(({ status }) => status))).toEqual(new Set(["active"]));
  });

  it("that is generated and taken is generated again", async () => {
    const taken = (await partner(await bench.register())).referralCode;
    bench.outside.takenCodes.add("leads-somewhere");
    const codes = [taken, "leads-somewhere", "free-at-last"];
    bench.outside.newCode = () => codes.shift() ?? newId();
    expect((await partner(await bench.register())).referralCode).toBe("free-at-last");
  });
});

describe("invitations", () => {
  it("are made once for an e-mail, listed, taken back, and audited", async () => {
    const writer = bench.operator("partners:write", "partners:read");
    const emails = [email(), email()];
    const { invited } = await bench.partners.invitePartners(writer, { emails: [...emails, ...emails] });
    expect(invited.map((invitation) => invitation.email).toSorted()).toEqual(emails.toSorted());
    expect((await bench.partners.invitePartners(writer, { emails })).invited).toEqual([]);
    const invitationId = invited[0]?.id ?? "";
    await bench.partners.withdrawInvitation(writer, { invitationId });
    await expect(bench.partners.withdrawInvitation(writer, { invitationId })).rejects.toEqual(
      code("partner.invitation_not_found"),
    );
    expect((await bench.partners.findInvitations(writer, {})).data.map(({ id }) => id)).not.toContain(invitationId);
    expect(await bench.acts(invitationId)).toEqual(["invitation.created", "invitation.withdrawn"]);
    await bench.runJobs();
    expect(bench.mails.map(({ to }) => to)).toEqual([invited[1]?.email]);
  });

  it("are sent again until somebody has registered with the e-mail, and the list says who has", async () => {
    const writer = bench.operator("partners:write", "partners:read");
    const [taken, open] = [email(), email()];
    const { invited } = await bench.partners.invitePartners(writer, { emails: [taken, open] });
    const idOf = (wanted: string) => invited.find((one) => one.email === wanted)?.id ?? "";
    await bench.runJobs();
    await bench.register({ email: taken, isVerified: false });
    bench.mails.length = 0;
    await bench.partners.repeatPartnerInvitation(writer, { invitationId: idOf(open) });
    await expect(bench.partners.repeatPartnerInvitation(writer, { invitationId: idOf(taken) })).rejects.toEqual(
      code("partner.invitation_taken"),
    );
    await bench.runJobs();
    expect(bench.mails.map(({ to }) => to)).toEqual([open]);
    expect(await bench.acts(idOf(open))).toEqual(["invitation.created", "invitation.repeated"]);
    const listed = (await bench.partners.findInvitations(writer, {})).data;
    const registered = (wanted: string) => listed.find((one) => one.email === wanted)?.hasRegistered;
    expect([registered(open), registered(taken)]).toEqual([false, true]);
  });

  it("are another tenant's own, and need the scope", async () => {
    const { invited } = await bench.partners.invitePartners(bench.ctx(), { emails: [email()] });
    await bench.neighbour();
    const [other] = await asOwner<{ id: string }>(
      bench.database,
      "select id from tenants where parent_id is not null limit 1",
    );
    await expect(
      bench.partners.withdrawInvitation(bench.ctx(other?.id), { invitationId: invited[0]?.id ?? "" }),
    ).rejects.toEqual(code("partner.invitation_not_found"));
    await expect(
      bench.partners.repeatPartnerInvitation(bench.ctx(other?.id), { invitationId: invited[0]?.id ?? "" }),
    ).rejects.toEqual(code("partner.invitation_not_found"));
    await expect(bench.partners.invitePartners(bench.operator("partners:read"), { emails: [email()] })).rejects.toEqual(
      code("access.scope_missing"),
    );
  });
});
