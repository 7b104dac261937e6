import { derivedId } from "../../kernel/id.ts";
import { invariant } from "../../kernel/invariant.ts";
import { importOrder, type ReportedTransaction } from "../../sales/index.ts";
import { CAST } from "./demo-cast.ts";
import { forEach, type Stage, type StagedPartner, unlessRefused } from "./demo-stage.ts";
import type { StoryCustomer, StoryMonth } from "./demo-story.ts";

const BROWSERS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
];

/**
 * Plays one month: clicks, sign-ups, conversions, then what was bought and given back, in the order in which it happened. What an earlier
 * build that was cut off has played already is not played again.
 */
export async function stageMonth(
  stage: Stage,
  cast: ReadonlyMap<string, StagedPartner>,
  month: StoryMonth,
): Promise<void> {
  const { app, signal } = stage;
  signal.throwIfAborted();
  const known = await findVisits(stage, month);
  // Visits wait for nobody: they are committed together.
  const clicks = new Map<string, string>();
  const visit = async (name: string, code: string, at: Date, campaign: string | undefined): Promise<string> => {
    const visitorId = derivedId("a visitor of the demo", month.from.toISOString(), name);
    const before = known.get(visitorId);
    if (before !== undefined) return before;
    const ctx = { ...stage.at(at), ip: addressOf(at) };
    const id = await app.referrals.trackReferralClick(ctx, {
      code,
      visitorId,
      isReturning: false,
      deviceId: null,
      userAgent: BROWSERS[at.getTime() % BROWSERS.length],
      referrer: undefined,
      carried: { campaign: campaign ?? null, subIds: {}, paidBy: null },
    });
    invariant(id !== null, "a browser's visit through an active link is recorded");
    return id;
  };
  await Promise.all([
    ...month.idleClicks.map(({ partner, at, campaign }, index) => visit(`idle ${index}`, partner.code, at, campaign)),
    ...month.customers.map(async ({ externalId, partner, clickedAt }) => {
      clicks.set(externalId, await visit(externalId, partner.code, clickedAt, undefined));
    }),
  ]);

  // One partner's customers convert one after the other, in order; different partners do not wait for each other.
  const byPartner = Map.groupBy(month.customers, ({ partner }) => partner.externalId);
  await forEach(stage, [...byPartner.values()], async (customers) => {
    for (const customer of customers.toSorted((a, b) => a.clickedAt.getTime() - b.clickedAt.getTime())) {
      signal.throwIfAborted();
      await unlessRefused(() => admit(stage, customer, clicks.get(customer.externalId)));
    }
  });

  await forEach(stage, inLanes(month), async (lane) => {
    const events = lane.toSorted(importOrder);
    for (let index = 0; index < events.length; index += BATCH_SIZE) {
      signal.throwIfAborted();
      await app.sales.recordTransactions(stage.at(month.to), events.slice(index, index + BATCH_SIZE));
    }
  });
  invariant(cast.size > 0, "somebody plays");
}

/** Of so many events, what a batch costs by itself is a small part; and whoever stops the server waits for one batch. */
const BATCH_SIZE = 250;
/** Reported side by side: while the database books the one, the other is assessed. */
const LANES = 3;

/** Deals out what was bought, all of a partner's customers into one lane: lanes wait for each other nowhere. */
function inLanes({ transactions, partnerOf }: StoryMonth): ReportedTransaction[][] {
  const places = new Map(CAST.map(({ externalId }, index) => [externalId, index % LANES]));
  const byLane = Map.groupBy(transactions, ({ customerExternalId }) =>
    places.get(partnerOf.get(customerExternalId)?.externalId ?? ""),
  );
  return [...byLane.values()];
}

/** The clicks of the month that have been recorded, by visitor: each visitor of the story comes once. */
async function findVisits({ app, at }: Stage, { from, to }: StoryMonth): Promise<ReadonlyMap<string, string>> {
  const rows = await app.db.read(at(to), (tx) =>
    tx
      .selectFrom("clicks")
      .select(["id", "visitor_id"])
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("clicked_at", ">=", from)
      .where("clicked_at", "<", to)
      .execute(),
  );
  return new Map(rows.map((row) => [row.visitor_id ?? "", row.id]));
}

/** Somebody's address, of those that are kept for documentation (RFC 3849). */
const addressOf = (at: Date): string =>
  `2001:db8:${(at.getTime() % 65_521).toString(16)}:${(at.getTime() % 65_447).toString(16)}::1`;

async function admit({ app, at }: Stage, customer: StoryCustomer, clickId: string | undefined): Promise<void> {
  const { externalId, email, clickedAt, convertedAt } = customer;
  const claim = { externalId, email, ...(clickId === undefined ? {} : { clickId }) };
  if (convertedAt === null) await app.referrals.signUpReferral(at(new Date(clickedAt.getTime() + 60_000)), claim);
  else await app.referrals.convertReferral(at(convertedAt), { ...claim, emailVerified: true });
}
