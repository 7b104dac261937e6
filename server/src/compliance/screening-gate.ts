import type { ReadTx } from "../platform/database/index.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { findNewestList } from "./list-repository.ts";
import { currentPartners } from "./screen-partners.ts";
import { findHold, findScreeningSettings, findScreenings } from "./screening-repository.ts";
import { decideStanding, type GateAnswer, subjectHash, subjectsOf } from "./screening-rules.ts";

/** May this partner be approved, and be paid, as far as sanctions go? By what is written down alone: nothing is asked over the network. */
export const screeningGate =
  (deps: ComplianceDeps) =>
  async (tx: ReadTx, { partnerId }: { readonly partnerId: string }): Promise<GateAnswer> => {
    const settings = await findScreeningSettings(tx);
    const standing = { settings, openCase: await findHold(tx, partnerId) };
    if (!settings.isEnabled || standing.openCase !== undefined)
      return decideStanding({ ...standing, list: undefined, country: null, screenedThrough: undefined }, tx.ctx.now);
    const partner = (await currentPartners(deps, tx, [partnerId])).get(partnerId);
    if (partner === undefined) return { allowed: false, reason: "Sanctions: the partner is not known" };
    const { name: personName, companyName, country } = partner;
    const hash = subjectHash(subjectsOf({ personName, companyName, country }), settings.alertAt);
    const screening = (await findScreenings(tx, [partnerId])).find((one) => one.subjectHash === hash);
    const list = await findNewestList(tx);
    return decideStanding({ ...standing, list, country, screenedThrough: screening?.throughVersion }, tx.ctx.now);
  };
