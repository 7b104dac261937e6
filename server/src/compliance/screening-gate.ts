import type { ReadTx } from "../platform/database/index.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { findNewestList } from "./list-repository.ts";
import { comparedHash, currentPartners } from "./screened-partners.ts";
import { findHolds, findScreeningSettings, findScreenings, type ScreeningSettings } from "./screening-repository.ts";
import { decideStanding, type GateAnswer, type Standing } from "./screening-rules.ts";

/** What a gate of this module says of partners, by partner. */
export type PartnerGate = (tx: ReadTx, partnerIds: readonly string[]) => Promise<ReadonlyMap<string, GateAnswer>>;

/** May these partners be approved, and be paid, as far as sanctions go? By what is written down alone: nothing is asked over the network. */
export const screeningGate =
  (deps: ComplianceDeps): PartnerGate =>
  async (tx, partnerIds) => {
    const settings = await findScreeningSettings(tx);
    const holds = await findHolds(tx, partnerIds);
    const compared = settings.isEnabled ? partnerIds.filter((partnerId) => !holds.has(partnerId)) : [];
    const known = await findCompared(deps, tx, settings, compared);
    const unknown = { list: undefined, country: null, formCountry: null, screenedThrough: undefined };
    return new Map(
      partnerIds.map((partnerId) => {
        const openCase = holds.get(partnerId);
        if (!settings.isEnabled || openCase !== undefined)
          return [partnerId, decideStanding({ settings, openCase, ...unknown }, tx.ctx.now)];
        const facts = known.get(partnerId);
        if (facts === undefined) return [partnerId, { allowed: false, reason: "Sanctions: the partner is not known" }];
        return [partnerId, decideStanding({ settings, openCase, ...facts }, tx.ctx.now)];
      }),
    );
  };

/** What was compared of partners, and with which list; who is not there is left out. */
async function findCompared(
  deps: ComplianceDeps,
  tx: ReadTx,
  settings: ScreeningSettings,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, Omit<Standing, "settings" | "openCase">>> {
  if (partnerIds.length === 0) return new Map();
  const partners = await currentPartners(deps, tx, partnerIds);
  const screenings = new Map(
    (await findScreenings(tx, partnerIds)).map((one) => [`${one.partnerId} ${one.subjectHash}`, one.throughVersion]),
  );
  const list = await findNewestList(tx);
  const of = { nameKey: deps.nameKey, tenantId: tx.ctx.tenantId };
  return new Map(
    [...partners].map(([partnerId, partner]) => [
      partnerId,
      {
        list,
        country: partner.country,
        formCountry: partner.form?.country ?? null,
        screenedThrough: screenings.get(`${partnerId} ${comparedHash(of, partner, settings.alertAt)}`),
      },
    ]),
  );
}
