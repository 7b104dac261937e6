import { HOUR_MS } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { asPartner, type Stage, type StagedPartner, unlessRefused } from "./demo-stage.ts";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/** Made out for examples by its country's bank register. */
const ACCOUNT = "GB33BUKB20201555555555";

/** A partner that buys from itself: two customers pay from the account that it is paid to. One case is open, one was refused and is appealed. */
export async function stageFraud(stage: Stage, partner: StagedPartner, end: Date): Promise<void> {
  const { app, at } = stage;
  const begin = new Date(end.getTime() - 20 * HOUR_MS);
  const seen = await app.fraud.findCases(at(end), { partnerId: partner.id, limit: 1 });
  if (seen.data.length > 0) return;
  const code = (await app.partners.getPartnerFor(at(end), { partnerId: partner.id })).referralCode;
  await unlessRefused(() =>
    app.payouts.updatePaymentMethod(asPartner(stage, partner, begin), {
      kind: "bank_file",
      holder: partner.cast.company,
      iban: ACCOUNT,
    }),
  );
  for (const [index, name] of ["nina", "n.ina"].entries()) {
    const now = new Date(begin.getTime() + index * HOUR_MS);
    const clickId = await app.referrals.trackReferralClick(
      { ...at(now), ip: "203.0.113.77" },
      {
        code,
        visitorId: newId(),
        isReturning: false,
        deviceId: "demo-laptop-of-nina",
        userAgent: BROWSER,
        referrer: undefined,
      },
    );
    await unlessRefused(() =>
      app.referrals.convertReferral(at(new Date(now.getTime() + 3_000)), {
        externalId: `demo-self-${index}`,
        clickId: clickId ?? "",
        deviceId: "demo-laptop-of-nina",
        email: `${name}+shop@gmail.com`,
        paymentAccount: ACCOUNT,
      }),
    );
  }
  const [, first] = (await app.fraud.findCases(at(end), { partnerId: partner.id, limit: 2 })).data;
  if (first === undefined) return;
  await app.fraud.decideCase(at(new Date(end.getTime() - 10 * HOUR_MS)), {
    caseId: first.id,
    decision: "refuse",
    reason: "The customer pays from the account that you are paid to.",
  });
  await app.fraud.appealCase(asPartner(stage, partner, new Date(end.getTime() - 5 * HOUR_MS)), {
    reviewId: first.id,
    message: "Nina is my sister; she pays for her shop from our family's account.",
  });
}
