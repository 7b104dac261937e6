import type { ReadTx } from "../platform/database/index.ts";
import { type MailLook, PLAIN_LOOK } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { imagePath } from "./branding-view.ts";
import { canBeMailed } from "./check-image.ts";
import type { CoBranding } from "./co-branding.ts";
import { findCoBranding } from "./co-branding-repository.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** What a partner shows of itself now, on pages and in mails: undefined for one that is not active, has set nothing, or whose terms have it no more. */
export async function findShownMark(
  { partners }: Pick<WhitelabelDeps, "partners">,
  tx: ReadTx,
  partnerId: string,
): Promise<(CoBranding & { readonly name: string | null }) | undefined> {
  const kept = await findCoBranding(tx, partnerId);
  if (kept === undefined || !(await isIncluded({ partners }, tx, partnerId))) return undefined;
  const { companyName: name, status } = await partners.getPartner(tx, partnerId);
  return status === "active" ? { ...kept, name } : undefined;
}

/** Whether a partner's terms let it show itself beside the operator. */
export async function isIncluded(
  { partners }: Pick<WhitelabelDeps, "partners">,
  tx: ReadTx,
  partnerId: string,
): Promise<boolean> {
  const terms = (await partners.currentTerms(tx, [partnerId], tx.ctx.now)).get(partnerId);
  return terms?.features.has("co_branding") ?? false;
}

/** How mails to a partner look: as all of the tenant's, with the partner's mark beside where it shows one and has a name. */
export const partnerLook =
  (deps: Pick<WhitelabelDeps, "partners" | "publicUrl">) =>
  async (tx: ReadTx, partnerId: string): Promise<MailLook | undefined> => {
    const { name: besideName, url, look } = await findOwnTenant(tx, deps.publicUrl);
    const mark = await findShownMark(deps, tx, partnerId);
    if (mark?.name === undefined || mark.name === null) return look;
    const { name, colour, logoId } = mark;
    const logoUrl = (await canBeMailed(tx, logoId)) ? new URL(imagePath(logoId), url).href : null;
    return { ...(look ?? PLAIN_LOOK), partner: { besideName, name, logoUrl, colour } };
  };
