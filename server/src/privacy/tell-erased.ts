import type { Ctx } from "../platform/context.ts";
import { type Language, say } from "../platform/language/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { findErasure, findToldSealed, forgetTold } from "./erasure-repository.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";

/** The job that tells somebody, at the address that they had, that they are forgotten; the address is forgotten by it. */
export const TELL_ERASED_JOB = "privacy.tell_erased";

export type ErasedNotice = {
  readonly erasureId: string;
  /** Which they read: nobody knows it any more when the mail is written. Absent from what an earlier release has put into the queue. */
  readonly language?: Language | null;
};

/** What a sealed address is bound to. */
export const toldContext = (erasureId: string): string => `privacy_erasures:${erasureId}`;

/** Mails what was erased and what is kept, once; sent twice at the most, where the server dies between. */
export const tellErased =
  (deps: PrivacyDeps) =>
  async (ctx: Ctx, { erasureId, language = null }: ErasedNotice): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const [sealed, erasure] = [await findToldSealed(tx, erasureId), await findErasure(tx, erasureId)];
      if (sealed === null || !erasure?.certificate) return undefined;
      const { name: programme, look } = await findOwnTenant(tx, deps.publicUrl);
      const { kept } = erasure.certificate;
      return composeMail(
        { email: deps.sealer.open(sealed, toldContext(erasureId)), language },
        {
          subject: say(language, "erased.subject", { programme }),
          lines: [
            say(language, "erased.text"),
            ...kept.map(({ what, why, howLong }) => say(language, "erased.kept", { what, why, howLong })),
          ],
          small: say(language, "erased.small", { id: erasureId }),
        },
        look,
      );
    });
    if (mail === undefined) return;
    await deps.mailer.send(mail, ctx);
    await deps.db.transaction(ctx, (tx) => forgetTold(tx, erasureId));
  };
