import { BANK, convert, fresh, fund, grant, must, ownBank } from "./journey-steps.ts";
import type { Side, TwoTenants } from "./two-tenants.ts";

/** What an agreement says. */
export const RULES = { title: "Rules", body: "Be kind.", blocksPayouts: false, blocksApproval: false, graceDays: 0 };

type Agreement = { readonly id: string; readonly versionId: string; readonly textHash: string };

/** An agreement with a draft. */
export async function newAgreement(side: Side): Promise<Agreement> {
  const made = await must(side, "POST", "/api/v1/admin/agreements", {
    auth: side.admin,
    body: { name: fresh("rules"), tiers: ["tier4"], ...RULES },
  });
  const [version] = made["versions"] as { id: string; textHash: string }[];
  return { id: String(made["id"]), versionId: version?.id ?? "", textHash: version?.textHash ?? "" };
}

/** One that is in force. */
export async function publishedAgreement(side: Side): Promise<Agreement> {
  const agreement = await newAgreement(side);
  await must(side, "POST", `/api/v1/admin/agreement-versions/${agreement.versionId}/publish`, {
    auth: side.admin,
    body: { readHash: agreement.textHash },
  });
  return agreement;
}

/** A set-off of a partner's invoice that nobody has undone. */
export async function newSetOff(
  side: Side,
  of: { readonly partner: string; readonly invoice: string },
): Promise<string> {
  await fund(side, of.partner, 1_000);
  const { settlements } = (await must(side, "POST", `/api/v1/admin/invoices/${of.invoice}/set-off`, {
    auth: side.admin,
    key: fresh("key"),
    body: { amount: 1 },
  })) as { settlements: { id: string; kind: string }[] };
  return settlements.findLast(({ kind }) => kind === "set_off")?.id ?? "";
}

/** A case about a customer who pays from the partner's own account. */
export async function newFraudCase(side: Side): Promise<string> {
  const { referral } = await convert(side, side.partner, { paymentAccount: BANK.iban });
  const { data } = await must(side, "GET", "/api/v1/admin/fraud/cases", {
    auth: side.admin,
    query: { subjectId: referral },
  });
  return (data as { id: string }[])[0]?.id ?? "";
}

/** One that was refused, against which its partner may appeal. */
export async function refusedCase(side: Side): Promise<string> {
  const id = await newFraudCase(side);
  const body = { decision: "refuse", reason: "A reason", takesBackApproved: false };
  await must(side, "POST", `/api/v1/admin/fraud/cases/${id}/decide`, { auth: side.admin, body });
  return id;
}

/** A partner whose application was refused; signed in. */
export async function refusedPartner(side: Side): Promise<string> {
  const { id, auth } = await side.register("technology");
  await must(side, "PUT", `/api/v1/admin/partners/${id}/reject`, { auth: side.admin, body: { reason: "Not now" } });
  return auth;
}

/** A partner who has been paid what is taken back afterwards. */
export async function newDebtor({ ours, world }: Pick<TwoTenants, "ours" | "world">): Promise<string> {
  const { id, auth } = await ours.register("affiliate");
  const act = (path: string, body?: object) =>
    must(ours, "POST", `/api/v1/admin/${path}`, { auth: ours.admin, key: fresh("key"), ...(body && { body }) });
  await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth, body: ownBank() });
  const commission = await grant(ours, id, 3_000);
  await act(`commissions/${commission}/approve`);
  const payout = await act("payouts/request", { partnerId: id, currency: "USD" });
  await act("payouts/process", { payoutId: payout["id"] });
  await world.settle();
  await act(`commissions/${commission}/cancel`, { reason: "A reason" });
  return id;
}
