import { fresh, must, type Objects } from "./journey-steps.ts";
import { smallList } from "./ofac-list.ts";
import type { Side } from "./two-tenants.ts";

/** An agreement that one partner has accepted and that is replaced since, so that it is nobody else's, and a draft; screening, on and off again, with a case of a partner that is left alone otherwise. */
export async function complyWith(
  side: Side,
): Promise<Pick<Objects, "screeningCase" | "agreement" | "agreementVersion" | "agreementDraft">> {
  const { admin, partner, ctx } = side;
  const text = { title: "Rules", body: "Be kind.", blocksPayouts: false, blocksApproval: false, graceDays: 0 };
  const made = await must(side, "POST", "/api/v1/admin/agreements", {
    auth: admin,
    body: { name: fresh("rules"), tiers: ["tier1", "tier2", "tier3", "tier4"], ...text },
  });
  const [first] = made["versions"] as { id: string; textHash: string }[];
  const agreementVersion = String(first?.id);
  const { compliance } = side.app;
  const now = ctx();
  const earlier = { ...now, now: new Date(now.now.getTime() - 60_000) };
  await compliance.publishVersion(earlier, { versionId: agreementVersion, readHash: first?.textHash ?? "" });
  await must(side, "POST", `/api/v1/partners/agreements/${agreementVersion}/accept`, {
    auth: partner.auth,
    body: { textHash: first?.textHash },
  });
  const draft = () =>
    must(side, "POST", `/api/v1/admin/agreements/${String(made["id"])}/versions`, { auth: admin, body: text });
  const second = await draft();
  await must(side, "POST", `/api/v1/admin/agreement-versions/${String(second["id"])}/publish`, {
    auth: admin,
    body: { readHash: second["textHash"] },
  });
  const third = await draft();
  await compliance.importList(now, {
    source: "ofac",
    files: smallList([{ number: 2, name: "LISTED, Lena", kind: "individual" }]),
    encoding: "utf-8",
    asOf: now.now,
    confirmedAt: now.now,
  });
  await compliance.changeScreening(now, { isEnabled: true });
  const lena = await side.register("affiliate");
  await must(side, "PUT", "/api/v1/partners/profile", { auth: lena.auth, body: { companyName: "Lena Listed" } });
  await compliance.screenPartner(now, { partnerId: lena.id });
  await compliance.changeScreening(now, { isEnabled: false });
  const [found] = (await compliance.findCases(now, { partnerId: lena.id })).data;
  const screeningCase = found?.id ?? "";
  await must(side, "POST", `/api/v1/admin/screening/cases/${screeningCase}/votes`, {
    auth: admin,
    body: { verdict: "clear", reason: "Another person", round: 1 },
  });
  return { screeningCase, agreement: String(made["id"]), agreementVersion, agreementDraft: String(third["id"]) };
}
