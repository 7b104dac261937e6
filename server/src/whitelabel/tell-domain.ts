import type { Ctx } from "../platform/context.ts";
import { composeMail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import type { DomainState } from "./domain-rules.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

export const TELL_DOMAIN_JOB = "whitelabel.tell_domain";

export type DomainNews = { readonly domain: string; readonly state: DomainState };

const TEXTS: Readonly<Record<DomainState, { readonly subject: string; readonly line: string } | undefined>> = {
  pending: undefined,
  active: {
    subject: "Your domain is served",
    line: "leads here and is yours. Links and mails are made with it from now on, if it is the newest that is.",
  },
  failing: {
    subject: "A record of your domain is missing",
    line: "no longer has the records that it needs. Links and mails are made without it, and it is served for three days more; in the portal you see what is missing.",
  },
  broken: {
    subject: "Your domain is no longer served",
    line: "has lacked its records for three days. It is served again once they are back.",
  },
  lapsed: {
    subject: "Your domain was never shown to be yours",
    line: "has not had the records that it needs for two weeks, and is not looked at any more until you ask for it in the portal.",
  },
};

/** Writes to the tenant's administrators that a domain has come into another state. */
export const sendDomainNews =
  (deps: WhitelabelDeps) =>
  async (ctx: Ctx, { domain, state }: DomainNews): Promise<void> => {
    const text = TEXTS[state];
    if (text === undefined) return;
    const mails = await deps.db.read(ctx, async (tx) => {
      const { name, url, look } = await findOwnTenant(tx, deps.publicUrl);
      const content = {
        subject: `${text.subject}: ${domain} (${name})`,
        lines: [`${domain} ${text.line}`],
        button: { label: "See its records", url: `${url}/portal/settings?tab=domains` },
      };
      return (await deps.people.findAdministratorEmails(tx)).map((to) => composeMail(to, content, look));
    });
    for (const mail of mails) await deps.mailer.send(mail, ctx);
  };
