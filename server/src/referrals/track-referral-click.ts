import { hash } from "node:crypto";
import { isbot } from "isbot";
import { HOUR_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { createReader } from "../kernel/recent.ts";
import type { Ctx } from "../platform/context.ts";
import type { ClickRow } from "../platform/database/index.ts";
import type { ClickBatcher } from "./click-batcher.ts";
import {
  type Carried,
  type Consent,
  REFERRER_LENGTH_MAX,
  readIp,
  readReferrer,
  readUserAgent,
  type SubIds,
  USER_AGENT_LENGTH_MAX,
} from "./click-rules.ts";
import type { KnownLink, LinkDirectory } from "./link-directory.ts";
import { referralErrors } from "./referral-errors.ts";
import { createSightings } from "./sightings.ts";

/** A second click on the same link within this time is a repeat. A count for eyes: no money hangs on it. */
const REPEAT_WINDOW_MS = HOUR_MS;
/** Two of each first-time visitor: by its cookie, and by where it is. 3 MB. */
const SIGHTINGS_REMEMBERED = 2 ** 18;
/** There are more ways to call oneself, and more places to come from, but few of them make up most visits. */
const BROWSERS_REMEMBERED_MAX = 10_000;
const REFERRERS_REMEMBERED_MAX = 10_000;
/** Of base64url: 96 bits, which no two browsers share. */
const NAME_LENGTH = 16;

export type TrackingDeps = {
  readonly links: LinkDirectory;
  readonly batcher: ClickBatcher<ClickRow>;
};

const NOTHING_CARRIED: Carried = { campaign: null, subIds: {}, paidBy: null };

/** What is seen of a visit. But for what it carries, nothing here has been checked. */
export type Visit = {
  readonly code: string;
  readonly visitorId: string;
  /** Whether the visitor was known before: a returning cookie. */
  readonly isReturning: boolean;
  readonly deviceId: string | null;
  readonly userAgent: string | undefined;
  readonly referrer: unknown;
  readonly carried?: Carried;
  /** What the visitor has said to being recognised; unknown where nobody asked. */
  readonly consent?: Consent;
};

/**
 * Records a visit through a link and resolves with the click's id once it is durably committed. A bot's visit, and one through an archived
 * link, is not recorded: null. The link is looked up where the caller has not done so. Of a visitor who does not want to be recognised neither address nor browser is kept. A suspended or terminated partner's clicks count; what they may earn is decided at the conversion.
 */
export const trackReferralClick = (deps: TrackingDeps) => {
  const isRepeat = createRepeats();
  const browserOf = createBrowsers();
  const referrerOf = createReferrers();
  return async (ctx: Ctx, visit: Visit, found?: KnownLink): Promise<string | null> => {
    const link = found ?? (await deps.links.find(ctx, visit.code));
    if (link === undefined) throw referralErrors.link_not_found();
    const browser = browserOf(visit.userAgent);
    if (link.status === "archived" || browser.isBot) return null;
    const { consent = "unknown", carried = NOTHING_CARRIED } = visit;
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
      campaign: carried.campaign ?? link.campaign,
      sub_ids: mergeSubIds(link.sub_ids, carried.subIds),
      paid_by: carried.paidBy,
      consent,
    });
    return id;
  };
};

/** What the visit says outranks what the link says. */
const mergeSubIds = (ofLink: Readonly<Record<string, string>>, ofVisit: SubIds): SubIds =>
  Object.keys(ofLink).length === 0 ? ofVisit : { ...ofLink, ...ofVisit };

type Browser = {
  readonly isBot: boolean;
  readonly userAgent: string | null;
  /** Short, and no other browser's. */
  readonly name: string;
};

/** Reads what a browser calls itself, once for many visits: the pattern of all bots is the dearest thing on the way of a click (measured). */
export function createBrowsers(): (userAgent: string | undefined) => Browser {
  const browserOf = createReader<Browser>(
    (userAgent) => ({
      isBot: isbot(userAgent),
      userAgent: readUserAgent(userAgent),
      name: hash("sha256", userAgent, "base64url").slice(0, NAME_LENGTH),
    }),
    { max: BROWSERS_REMEMBERED_MAX, lengthMax: USER_AGENT_LENGTH_MAX },
  );
  return (userAgent = "") => browserOf(userAgent);
}

/** Reads where visitors come from, once for many: mostly it is a site without a path, since browsers say no more to others by default. */
function createReferrers(): (referrer: unknown) => string | null {
  const referrerOf = createReader((text) => ({ referrer: readReferrer(text) }), {
    max: REFERRERS_REMEMBERED_MAX,
    lengthMax: REFERRER_LENGTH_MAX,
  });
  return (text) => (typeof text === "string" ? referrerOf(text).referrer : readReferrer(text));
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
  const sightings = createSightings(SIGHTINGS_REMEMBERED);
  return ({ linkId, visit, ip, browser, at }) => {
    const atMs = at.getTime();
    const byCookie = sightings.see(linkId, visit.visitorId, atMs);
    const before = visit.isReturning ? byCookie : sightings.see(linkId, `${ip ?? ""} ${browser.name}`, atMs);
    return atMs - before <= REPEAT_WINDOW_MS;
  };
}
