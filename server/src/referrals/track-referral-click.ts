import { createHash } from "node:crypto";
import { isbot } from "isbot";
import { HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { createRecent } from "../kernel/recent.ts";
import type { Ctx } from "../platform/context.ts";
import type { ClickRow } from "../platform/database/index.ts";
import type { ClickBatcher } from "./click-batcher.ts";
import {
  type Consent,
  REFERRER_LENGTH_MAX,
  readCampaign,
  readIp,
  readPaidBy,
  readReferrer,
  readSubIds,
  readUserAgent,
  type SubIds,
  USER_AGENT_LENGTH_MAX,
} from "./click-rules.ts";
import type { LinkDirectory } from "./link-directory.ts";
import { referralErrors } from "./referral-errors.ts";

/** A second click on the same link within this time is a repeat. A count for eyes: no money hangs on it. */
const REPEAT_WINDOW_MS = HOUR_MS;
const VISITORS_REMEMBERED_MAX = 200_000;
/** There are more ways to call oneself, and more places to come from, but few of them make up most visits. */
const BROWSERS_REMEMBERED_MAX = 10_000;
const REFERRERS_REMEMBERED_MAX = 10_000;

export type TrackingDeps = {
  readonly links: LinkDirectory;
  readonly batcher: ClickBatcher<ClickRow>;
};

/** What is seen of a visit. Nothing here has been checked. */
export type Visit = {
  readonly code: string;
  readonly visitorId: string;
  /** Whether the visitor was known before: a returning cookie. */
  readonly isReturning: boolean;
  readonly deviceId: string | null;
  readonly userAgent: string | undefined;
  readonly referrer: unknown;
  readonly campaign: unknown;
  readonly subIds: Readonly<Record<string, unknown>>;
  /** What the address of the visit carried. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the visitor has said to being recognised; unknown where nobody asked. */
  readonly consent?: Consent;
};

/**
 * Records a visit through a link and resolves with the click's id once it is durably committed. A bot's visit, and one through an archived
 * link, is not recorded: null. Of a visitor who does not want to be recognised neither address nor browser is kept. A suspended or terminated partner's clicks count; what they may earn is decided at the conversion.
 */
export const trackReferralClick = (deps: TrackingDeps) => {
  const isRepeat = createRepeats();
  const browserOf = createBrowsers();
  const referrerOf = createReferrers();
  return async (ctx: Ctx, visit: Visit): Promise<string | null> => {
    const link = deps.links.known(ctx, visit.code) ?? (await deps.links.find(ctx, visit.code));
    if (link === undefined) throw referralErrors.link_not_found();
    const browser = browserOf(visit.userAgent);
    if (link.status === "archived" || browser.isBot) return null;
    const { consent = "unknown" } = visit;
    const isDenied = consent === "denied";
    const ip = readIp(ctx.ip);
    const id = newId();
    await deps.batcher.record({
      tenant_id: ctx.tenantId,
      id,
      link_id: link.id,
      partner_id: link.partner_id,
      clicked_at: ctx.now,
      visitor_id: visit.visitorId,
      device_id: isDenied ? null : visit.deviceId,
      is_repeat: isRepeat({ linkId: link.id, visit, ip, browser, at: ctx.now }),
      ip: isDenied ? null : ip,
      user_agent: isDenied ? null : browser.userAgent,
      referrer: isDenied ? null : referrerOf(visit.referrer),
      campaign: readCampaign(visit.campaign) ?? link.campaign,
      sub_ids: mergeSubIds(link.sub_ids, readSubIds(visit.subIds)),
      paid_by: readPaidBy(visit.parameters),
      consent,
    });
    return id;
  };
};

/** What the visit says outranks what the link says. */
const mergeSubIds = (ofLink: Readonly<Record<string, string>>, ofVisit: SubIds): Record<string, string> => ({
  ...ofLink,
  ...ofVisit,
});

type Browser = {
  readonly isBot: boolean;
  readonly userAgent: string | null;
  /** Short, and no other browser's. */
  readonly name: string;
};

/** Reads what a browser calls itself, once for many visits: the pattern of all bots is the dearest thing on the way of a click (measured). */
export function createBrowsers(): (userAgent: string | undefined) => Browser {
  const known = createRecent<Browser>(BROWSERS_REMEMBERED_MAX);
  let named = 0;
  return (userAgent = "") => {
    const before = known.get(userAgent);
    if (before !== undefined) return before;
    const isKept = userAgent.length <= USER_AGENT_LENGTH_MAX;
    named += 1;
    const name = isKept ? `#${named}` : createHash("sha256").update(userAgent).digest("base64url");
    const browser = { isBot: isbot(userAgent), userAgent: readUserAgent(userAgent), name };
    // Nobody fills the memory with long ones: not here, and not where their visits are remembered.
    if (isKept) known.set(userAgent, browser);
    return browser;
  };
}

/** Reads where visitors come from, once for many: mostly it is a site without a path, since browsers say no more to others by default. */
function createReferrers(): (referrer: unknown) => string | null {
  const known = createRecent<{ readonly referrer: string | null }>(REFERRERS_REMEMBERED_MAX);
  return (text) => {
    if (typeof text !== "string" || text.length > REFERRER_LENGTH_MAX) return readReferrer(text);
    const before = known.get(text);
    if (before !== undefined) return before.referrer;
    const referrer = readReferrer(text);
    known.set(text, { referrer });
    return referrer;
  };
}

type Seen = {
  readonly linkId: string;
  readonly visit: Visit;
  readonly ip: string | null;
  readonly browser: Browser;
  readonly at: Date;
};

/**
 * Remembers who clicked on what, on this server. A browser that brings our cookie is known by it; one that does not is known by where it is
 * and what it says it is.
 */
function createRepeats(): (seen: Seen) => boolean {
  const lastSeen = createRecent<number>(VISITORS_REMEMBERED_MAX);
  return ({ linkId, visit, ip, browser, at }) => {
    const atMs = at.getTime();
    const byCookie = `${linkId} ${visit.visitorId}`;
    const byBrowser = `${linkId} ${ip ?? ""} ${browser.name}`;
    const before = lastSeen.get(visit.isReturning ? byCookie : byBrowser);
    lastSeen.set(byCookie, atMs);
    if (!visit.isReturning) lastSeen.set(byBrowser, atMs);
    return before !== undefined && atMs - before <= REPEAT_WINDOW_MS;
  };
}
