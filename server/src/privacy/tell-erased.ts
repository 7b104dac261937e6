import type { Ctx } from "../platform/context.ts";
import { composeMail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { findErasure, findToldSealed, forgetTold } from "./erasure-repository.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";

/** The job that tells somebody, at the address that they had, that they are forgotten; the address is forgotten by it. */
export const TELL_ERASED_JOB = "privacy.tell_erased";

/** What a sealed address is bound to. */
export const toldContext = (erasureId: string): string => `privacy_erasures:${erasureId}`;

/** Mails what was erased and what is kept, once; sent twice at the most, where the server dies between. */
export const tellErased =
  (deps: PrivacyDeps) =>
  async (ctx: Ctx, { erasureId }: { readonly erasureId: string }): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const [sealed, erasure] = [await findToldSealed(tx, erasureId), await findErasure(tx, erasureId)];
      if (sealed === null || !erasure?.certificate) return undefined;
      const { name } = await findOwnTenant(tx, deps.publicUrl);
      const { kept } = erasure.certificate;
      return composeMail(deps.sealer.open(sealed, toldContext(erasureId)), {
        subject: `What ${name} knew of you is erased`,
        lines: [
          "Your name, your e-mail and whatever else could be erased is gone, and your account with it.",
          ...kept.map(({ what, why, howLong }) => `Kept: ${what}. ${why}. ${howLong}.`),
        ],
        small: `This is the last mail that you get from here. Number of the certificate: ${erasureId}`,
      });
    });
    if (mail === undefined) return;
    await deps.mailer.send(mail, ctx);
    await deps.db.transaction(ctx, (tx) => forgetTold(tx, erasureId));
  };
