import type { ReadTx } from "../platform/database/index.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { findNewestList } from "./list-repository.ts";
import { comparedHash, currentPartners } from "./screened-partners.ts";
import { findHold, findScreeningSettings, findScreenings } from "./screening-repository.ts";
import { decideStanding, type GateAnswer } from "./screening-rules.ts";

/** May this partner be approved, and be paid, as far as sanctions go? By what is written down alone: nothing is asked over the network. */
export const screeningGate =
  (deps: ComplianceDeps) =>
  async (tx: ReadTx, { partnerId }: { readonly partnerId: string }): Promise<GateAnswer> => {
    const settings = await findScreeningSettings(tx);
    const standing = { settings, openCase: await findHold(tx, partnerId) };
    const unknown = { list: undefined, country: null, formCountry: null, screenedThrough: undefined };
    if (!settings.isEnabled || standing.openCase !== undefined)
      return decideStanding({ ...standing, ...unknown }, tx.ctx.now);
    const partner = (await currentPartners(deps, tx, [partnerId])).get(partnerId);
    if (partner === undefined) return { allowed: false, reason: "Sanctions: the partner is not known" };
    const hash = comparedHash({ nameKey: deps.nameKey, tenantId: tx.ctx.tenantId }, partner, settings.alertAt);
    const screening = (await findScreenings(tx, [partnerId])).find((one) => one.subjectHash === hash);
    const known = {
      list: await findNewestList(tx),
      country: partner.country,
      formCountry: partner.form?.country ?? null,
      screenedThrough: screening?.throughVersion,
    };
    return decideStanding({ ...standing, ...known }, tx.ctx.now);
  };
