import { isIP } from "node:net";

/** As it may be typed. Checked before the case is changed: other alphabets have letters that become ASCII by that. */
const CODE_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{1,49}$/;

/** The code in the form in which it is stored; undefined for what can be no code. */
export const validateReferralCode = (text: string): string | undefined =>
  CODE_PATTERN.test(text) ? text.toLowerCase() : undefined;

/** The coupon's code in the form in which it is stored; undefined for what can be none. */
export const validateCouponCode = (text: string): string | undefined => {
  const code = text.trim();
  return CODE_PATTERN.test(code) ? code.toUpperCase() : undefined;
};

const TEXT_LENGTH_MAX = 100;
export const USER_AGENT_LENGTH_MAX = 400;
export const REFERRER_LENGTH_MAX = 500;
export const SUB_IDS = ["sub1", "sub2", "sub3", "sub4", "sub5"] as const;
export type SubIds = Readonly<Partial<Record<(typeof SUB_IDS)[number], string>>>;

const CONTROL_CHARACTERS = /\p{Cc}/gu;

/**
 * What somebody out there wrote, as a column can hold it: no control characters (Postgres takes no NUL), no halves of characters, no longer
 * than `lengthMax`. One click that cannot be stored would take its whole batch with it.
 */
export function cleanText(text: string, lengthMax = TEXT_LENGTH_MAX): string | null {
  const clean = text.slice(0, lengthMax).replace(CONTROL_CHARACTERS, "").toWellFormed().trim();
  return clean === "" ? null : clean;
}

/** Of a field that may be repeated, or be no text at all, the first text. */
const firstText = (value: unknown): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first : undefined;
};

const cleanField = (value: unknown, lengthMax?: number): string | null => {
  const text = firstText(value);
  return text === undefined ? null : cleanText(text, lengthMax);
};

/** Parameters that advertisers append to the address of a click that was bought. */
const PAID_PARAMETERS = [
  "gclid",
  "gad_source",
  "gad_campaignid",
  "wbraid",
  "gbraid",
  "msclkid",
  "fb_action_ids",
  "fbclid",
  "twclid",
  "li_fat_id",
  "rdclid",
  "rdt_cid",
  "ttclid",
] as const;

/** The parameters of an address, as a page's script knows it; none of what is no address. */
export const readAddress = (address: string | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(URL.parse(address ?? "")?.searchParams ?? []);

/** The first advertiser's parameter among some fields: its name alone, since its value says who the visitor is. */
const readPaidBy = (fields: Readonly<Record<string, unknown>>): string | null =>
  PAID_PARAMETERS.find((name) => cleanField(fields[name]) !== null) ?? null;

const readCampaign = (value: unknown): string | null => cleanField(value);

/** The sub-ids among some fields: `sub1` to `sub5`. */
export function readSubIds(fields: Readonly<Record<string, unknown>>): SubIds {
  const found: Partial<Record<(typeof SUB_IDS)[number], string>> = {};
  for (const name of SUB_IDS) {
    const text = cleanField(fields[name]);
    if (text !== null) found[name] = text;
  }
  return found;
}

/** What a visit carries beside who makes it: as it came, not checked. */
type CarriedFields = {
  readonly campaign: unknown;
  readonly subIds: Readonly<Record<string, unknown>>;
  /** What the address of the visit carried. */
  readonly parameters: Readonly<Record<string, unknown>>;
};

/** The same, as columns can hold it. */
export type Carried = { readonly campaign: string | null; readonly subIds: SubIds; readonly paidBy: string | null };

export const readCarried = ({ campaign, subIds, parameters }: CarriedFields): Carried => ({
  campaign: readCampaign(campaign),
  subIds: readSubIds(subIds),
  paidBy: readPaidBy(parameters),
});

/** What the address of a link carries, and where it asks to be led. */
export type Asked = { readonly to: string | undefined; readonly carried: Carried };

export const readAsked = (query: Readonly<Record<string, unknown>>): Asked => ({
  to: typeof query["to"] === "string" ? query["to"] : undefined,
  carried: readCarried({ campaign: query["utm_campaign"], subIds: query, parameters: query }),
});

export const readUserAgent = (value: unknown): string | null => cleanField(value, USER_AGENT_LENGTH_MAX);

/** Where the visitor came from, without its query: that is where other sites put what they know of a person. */
export function readReferrer(value: unknown): string | null {
  const text = firstText(value);
  if (text === undefined || text.length > REFERRER_LENGTH_MAX * 4) return null;
  const url = URL.parse(text);
  if (url === null) return null;
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return cleanText(url.origin + url.pathname, REFERRER_LENGTH_MAX);
}

/** An address that an `inet` column takes; behind a proxy it is whatever a header said. */
export const readIp = (ip: string | null): string | null =>
  ip !== null && isIP(ip) !== 0 && !ip.includes("%") ? ip : null;

const PURPOSE_HEADERS = ["sec-purpose", "purpose", "x-purpose", "x-moz"] as const;

/** Whether a browser only fetches ahead: nobody has clicked yet. */
export const isPrefetch = (headers: Readonly<Record<string, string | string[] | undefined>>): boolean =>
  PURPOSE_HEADERS.some(
    (name) => headers[name] !== undefined && /\b(?:prefetch|prerender|preview)\b/i.test(String(headers[name])),
  );

/** What a visitor has said to being recognised. */
export type Consent = "unknown" | "granted" | "denied";

/** What the page says it was told outranks what the browser asks for by itself (Global Privacy Control: `Sec-GPC: 1`). */
export const readConsent = (gpc: unknown, said?: Consent): Consent => said ?? (gpc === "1" ? "denied" : "unknown");
