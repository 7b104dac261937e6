import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convert, must, requestPayout } from "../../test/kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { openTwoTenants, type PartnerAt, type Side, type TwoTenants } from "../../test/kit/two-tenants.ts";
import { newId } from "../kernel/id.ts";

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

let accounts = 0;
/** A partner who is paid to an account at Stripe, of which nothing is known yet. */
async function connected(side = ours): Promise<PartnerAt & { readonly accountId: string }> {
  const partner = (await side.register("technology")) as PartnerAt;
  await must(side, "PUT", `/api/v1/admin/partners/${partner.id}/approve`, { auth: side.admin, body: {} });
  accounts += 1;
  const accountId = `acct_${accounts}`;
  await asOwner(
    database,
    `insert into payout_methods (tenant_id, id, partner_id, kind, provider_account_id, summary, status, created_at, updated_at)
     values ($1, $2, $3, 'stripe_connect', $4, 'Stripe', 'payable', now(), now())`,
    [side.tenantId, newId(), partner.id, accountId],
  );
  return { ...partner, accountId };
}
/** What Stripe says lies behind an account, each time a little later: the first is for dollars, the others for other currencies. */
const learn = async (accountId: string, fingerprints: string | readonly string[], side = ours) => {
  tenants.world.clock.advance(1);
  const currencies = ["USD", "EUR", "GBP"];
  const banks = [fingerprints].flat().map((fingerprint, at) => ({
    fingerprint,
    holder: "Ada",
    defaultFor: currencies[at] ?? null,
  }));
  const said = { accountId, status: "payable", reason: null, currency: "USD", country: "GB", banks } as const;
  await side.app.payouts.recordAccount(side.ctx(), said);
};
const process = (payoutId: string) =>
  ours.send("POST", "/api/v1/admin/payouts/process", { auth: ours.operatorKey, key: payoutId, body: { payoutId } });
const casesOf = async (subjectId: string) =>
  (await must(ours, "GET", "/api/v1/admin/fraud/cases", { auth: ours.admin, query: { subjectId } }))["data"];
const claimsOf = (partnerId: string) =>
  asOwner<{ is_current: boolean }>(database, "select is_current from fraud_accounts where partner_id = $1", [
    partnerId,
  ]);

describe("an account at Stripe", () => {
  it("that pays out to the bank account of another partner's is held where it came later", async () => {
    const [first, later] = [await connected(), await connected()];
    await learn(first.accountId, "Kq8Zl2MnPv7Ty3Wd");
    await learn(later.accountId, "Kq8Zl2MnPv7Ty3Wd");
    const payout = await requestPayout(ours, later);
    expect((await process(payout)).body).toMatchObject({ code: "payout.held", facts: { reason: "fraud_review" } });
    await tenants.world.wake("fraud.screen_payouts");
    const [found] = (await casesOf(payout)) as { id: string }[];
    const detail = await must(ours, "GET", `/api/v1/admin/fraud/cases/${found?.id}`, { auth: ours.admin });
    expect(detail["accounts"]).toMatchObject([{ partnerId: first.id }, { partnerId: later.id }]);
    const own = await requestPayout(ours, first);
    await tenants.world.wake("fraud.screen_payouts");
    expect(await casesOf(own)).toEqual([]);
  });

  it("that pays out elsewhere has left the account before it, and told twice is told once", async () => {
    const partner = await connected();
    for (const fingerprint of ["Aa1Bb2Cc3Dd4Ee5F", "Aa1Bb2Cc3Dd4Ee5F", "Zz9Yy8Xx7Ww6Vv5U"])
      await learn(partner.accountId, fingerprint);
    expect(await claimsOf(partner.id)).toHaveLength(2);
    expect((await claimsOf(partner.id)).filter((claim) => claim.is_current)).toHaveLength(1);
  });

  it("that is gone and answers again is as old as it was, and not one that its partner had left", async () => {
    const [first, later] = [await connected(), await connected()];
    const gone = { ...first, status: "restricted", reason: "disconnected", currency: null, country: null } as const;
    await learn(first.accountId, "Nn5Oo6Pp7Qq8Rr9S");
    await ours.app.payouts.recordAccount(ours.ctx(), { ...gone, banks: [] });
    expect((await claimsOf(first.id)).filter((claim) => claim.is_current)).toHaveLength(1);
    await learn(later.accountId, "Nn5Oo6Pp7Qq8Rr9S");
    await learn(first.accountId, "Nn5Oo6Pp7Qq8Rr9S");
    const own = await requestPayout(ours, first);
    await tenants.world.wake("fraud.screen_payouts");
    expect(await casesOf(own)).toEqual([]);
    await learn(first.accountId, []);
    await learn(first.accountId, "Nn5Oo6Pp7Qq8Rr9S");
    const again = await requestPayout(ours, first);
    await tenants.world.wake("fraud.screen_payouts");
    expect(await casesOf(again)).toMatchObject([{ isHeld: true, partnerId: first.id }]);
  });

  it("with one for each currency is held for any of them that came later, and all of them are its own", async () => {
    const [first, later] = [await connected(), await connected()];
    await learn(first.accountId, ["Bb1Cc2Dd3Ee4Ff5G", "Gg6Hh7Ii8Jj9Kk1L"]);
    await learn(later.accountId, ["Ll2Mm3Nn4Oo5Pp6Q", "Gg6Hh7Ii8Jj9Kk1L"]);
    const payout = await requestPayout(ours, later);
    expect((await process(payout)).body).toMatchObject({ code: "payout.held", facts: { reason: "fraud_review" } });
    await tenants.world.wake("fraud.screen_payouts");
    const [found] = (await casesOf(payout)) as { id: string }[];
    const detail = await must(ours, "GET", `/api/v1/admin/fraud/cases/${found?.id}`, { auth: ours.admin });
    expect(detail["accounts"]).toMatchObject([{ partnerId: first.id }, { partnerId: later.id }]);
    await learn(first.accountId, ["Bb1Cc2Dd3Ee4Ff5G"]);
    expect((await claimsOf(first.id)).filter((claim) => claim.is_current)).toHaveLength(1);
    const { referral } = await convert(ours, later, { paymentAccount: "Gg6Hh7Ii8Jj9Kk1L" });
    expect(await casesOf(referral)).toMatchObject([{ isHeld: true, partnerId: later.id }]);
  });

  it("is the customer's own where it pays from what the partner is paid to", async () => {
    const partner = await connected();
    await learn(partner.accountId, "Mm4Nn5Oo6Pp7Qq8R");
    const { referral } = await convert(ours, partner, { paymentAccount: "Mm4Nn5Oo6Pp7Qq8R" });
    expect(await casesOf(referral)).toMatchObject([{ isHeld: true, partnerId: partner.id }]);
  });

  it("keeps what is behind it sealed, and is compared with nobody of another tenant", async () => {
    const [mine, theirs] = [await connected(), await connected(tenants.theirs)];
    await learn(mine.accountId, "Ss1Tt2Uu3Vv4Ww5X");
    await learn(theirs.accountId, "Ss1Tt2Uu3Vv4Ww5X", tenants.theirs);
    const payout = await requestPayout(ours, mine);
    await tenants.world.wake("fraud.screen_payouts");
    expect(await casesOf(payout)).toEqual([]);
    for (const table of ["payout_methods", "fraud_accounts", "fraud_signals", "audit_log"]) {
      const rows = await asOwner<{ row: string }>(database, `select t::text as row from ${table} t`);
      expect([table, rows.some(({ row }) => row.includes("Ss1Tt2Uu3Vv4Ww5X"))]).toEqual([table, false]);
    }
  });
});
