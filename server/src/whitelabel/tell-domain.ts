import type { Ctx } from "../platform/context.ts";
import { say } from "../platform/language/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import type { DomainState } from "./domain-rules.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

export const TELL_DOMAIN_JOB = "whitelabel.tell_domain";

export type DomainNews = { readonly domain: string; readonly state: DomainState };

/** Writes to the tenant's administrators that a domain has come into another state. */
export const sendDomainNews =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, { domain, state }: DomainNews): Promise<void> => {
    if (state === "pending") return;
    const mails = await deps.db.read(ctx, async (tx) => {
      const { name: programme, url, look } = await findOwnTenant(tx, deps.publicUrl);
      const facts = { domain, programme };
      return (await deps.people.findAdministrators(tx)).map((reader) => {
        const { language } = reader;
        const content = {
          subject: say(language, `domain.${state}.subject`, facts),
          lines: [say(language, `domain.${state}.text`, facts)],
          button: { label: say(language, "domain.button"), url: `${url}/portal/settings?tab=domains` },
        };
        return composeMail(reader, content, look);
      });
    });
    for (const mail of mails) await deps.mailer.send(mail, ctx);
  };
