import { domainToUnicode } from "node:url";
import type { CustomDomain } from "./domain-repository.ts";
import { endOf, isServed, txtNameOf, txtValueOf } from "./domain-rules.ts";

/** A domain as its tenant's team sees it, with the records to set. `target` is the host that it should lead to. */
export const domainView = (domain: CustomDomain, target: string) => ({
  id: domain.id,
  domain: domain.domain,
  unicode: domainToUnicode(domain.domain),
  state: domain.state,
  isServed: isServed(domain.state),
  records: [
    { type: "TXT" as const, name: txtNameOf(domain.domain), value: txtValueOf(domain.token) },
    { type: "CNAME" as const, name: domain.domain, value: target },
  ],
  problems: domain.problems.map(({ code, found, expected }) => ({ code, found: [...found], expected: [...expected] })),
  checkedAt: domain.checkedAt,
  nextCheckAt: domain.nextCheckAt,
  since: domain.stateSince,
  endsAt: endOf(domain.state, domain.stateSince),
  createdAt: domain.createdAt,
});

export type DomainView = ReturnType<typeof domainView>;
