import { mailboxOf } from "../referrals/index.ts";
import { leadErrors } from "./lead-errors.ts";

/** What says which deal it is, in the forms in which deals are compared. */
export type DealKeys = {
  /** The mailbox of the contact; null where the contact has been forgotten. */
  readonly email: string | null;
  /** The company's, without www; null where all that is known is a mailbox at a provider. */
  readonly domain: string | null;
  /** The company's name without legal form, case, accents and signs; null where nothing is left of it. */
  readonly company: string | null;
};

/** Domains under which anybody has a mailbox: they say nothing about a company. */
const MAIL_PROVIDERS = new Set(
  `aol.com bluewin.ch comcast.net duck.com fastmail.com free.fr gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com
   hotmail.co.uk hotmail.com hotmail.de hotmail.fr icloud.com inbox.com laposte.net libero.it live.com mac.com mail.com mail.ru me.com msn.com
   naver.com orange.fr outlook.com outlook.de pm.me proton.me protonmail.com qq.com rocketmail.com t-online.de tutanota.com walla.co.il web.de
   163.com yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de yahoo.fr yandex.com yandex.ru ymail.com zoho.com`.split(/\s+/),
);

/** Two labels that a country's registry keeps for itself: everything below belongs to somebody else. */
const REGISTRY = /^(?:ac|co|com|edu|gen|go|gob|gov|gv|ltd|me|mil|muni|ne|net|nhs|nom|or|org|plc|sch)\.[a-z]{2}$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const DOMAIN_LENGTH_MAX = 253;

/** A domain as it is compared: lower case, punycode, without www. Undefined for what is none. Addresses of pages are taken too. */
export function plainDomain(text: string): string | undefined {
  const host = URL.parse(/^[a-z]+:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`)?.hostname ?? "";
  const plain = host.replace(/\.$/, "").replace(/^www\./, "");
  return plain.length <= DOMAIN_LENGTH_MAX && DOMAIN.test(plain) ? plain : undefined;
}

/** Whether a domain is many people's. */
export const isShared = (domain: string): boolean => MAIL_PROVIDERS.has(domain) || REGISTRY.test(domain);

/** The domain and what lies above it, the nearest first, as far as it can be one company's: of shop.acme.co.uk also acme.co.uk. */
export function domainsAbove(domain: string): string[] {
  const labels = domain.split(".");
  return labels
    .slice(0, -1)
    .map((_, place) => labels.slice(place).join("."))
    .filter((one) => !isShared(one));
}

/** Legal forms at the end of a name, as registers of some thirty countries write them, without signs. */
const LEGAL_FORMS = new Set(
  `ab ag aktiebolag ao aps as asa bhd bv bvba co company corp corporation cv doo eood eurl fzco gbr gmbh ik inc incorporated kft kg kgaa kk
   limited llc llp lp ltd ltda mbh nv od oü ohg oo oy oyj plc pte pty pvt sa sab sarl sas scs se sl slu snc sp spa spol spzoo sro srl ug
   בעמ zoo`.split(/\s+/),
);

/** A company's name as names are compared: `The Acme Widgets, Inc.` and `ACME WIDGETS` are one. Null where nothing is left. */
export function companyKey(name: string): string | null {
  const words = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/["'’.״׳]/gu, "")
    .replaceAll("&", " and ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const named = words[0] === "the" && words.length > 1 ? words.slice(1) : words;
  const end = named.findLastIndex((word) => !LEGAL_FORMS.has(word)) + 1;
  // A name that is nothing but a legal form is a name all the same.
  return (end === 0 ? named : named.slice(0, end)).join("") || null;
}

/** The keys of a deal. Throws `lead.domain_invalid` and `lead.domain_shared` for a domain that was given. */
export function dealKeys(deal: {
  readonly company: string;
  readonly domain?: string | undefined;
  readonly contactEmail: string;
}): DealKeys {
  const email = mailboxOf(deal.contactEmail);
  return { email, domain: domainOf(deal.domain, email), company: companyKey(deal.company) };
}

function domainOf(given: string | undefined, email: string): string | null {
  if (given === undefined) return companyDomain(email);
  const domain = plainDomain(given);
  if (domain === undefined) throw leadErrors.domain_invalid({ field: "domain" });
  if (isShared(domain)) throw leadErrors.domain_shared({ field: "domain" });
  return domain;
}

/** The domain behind an address, where it is a company's. */
export function companyDomain(email: string): string | null {
  const domain = plainDomain(email.slice(email.lastIndexOf("@") + 1));
  return domain === undefined || isShared(domain) ? null : domain;
}
