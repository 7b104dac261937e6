import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { OutboxRow } from "../platform/database/index.ts";
import { enqueueAll } from "../platform/jobs/index.ts";
import { kindOf, kindOn } from "./notice-catalogue.ts";
import type { NoticeDeps } from "./notice-deps.ts";
import { insertNotices } from "./notice-repository.ts";
import { deliveryOf } from "./notice-rules.ts";
import { findPreferences, key } from "./preference-repository.ts";
import { SEND_NOTICE_JOB } from "./send-notices.ts";

/** What happened longer ago is history and no news: it was brought in from elsewhere. */
const NEWS_MS = 7 * DAY_MS;

type Data = Readonly<Record<string, unknown>>;

/** Whose news it is: a partner's own data has its id. */
const partnerOf = ({ object_type, object_id, data }: OutboxRow): string =>
  object_type === "partner" ? object_id : String((data as Data)["partnerId"]);

/** Takes events of one tenant from the outbox and writes down what is to be told of them, to whom and when. Safe to tell twice. */
export const takeNotices =
  (deps: NoticeDeps) =>
  async (ctx: Ctx, events: readonly OutboxRow[]): Promise<void> => {
    const told = events.flatMap((event) => {
      const kind = kindOn(event.type);
      const isNews = ctx.now.getTime() - event.occurred_at.getTime() < NEWS_MS;
      return kind === undefined || !isNews ? [] : [{ event, kind, partnerId: partnerOf(event) }];
    });
    if (told.length === 0) return;
    await deps.db.transaction(ctx, async (tx) => {
      const partners = await deps.partners.findPartners(tx, [...new Set(told.map(({ partnerId }) => partnerId))]);
      const preferences = await findPreferences(tx, [...new Set([...partners.values()].map(({ userId }) => userId))]);
      const notices = told.flatMap(({ event, kind, partnerId }) => {
        const userId = partners.get(partnerId)?.userId;
        if (userId === undefined) return [];
        const delivery = deliveryOf(kind, preferences.get(key(userId, kind)));
        if (delivery === "off") return [];
        const data = event.data as Data;
        const facts = kindOf(kind).facts(data);
        const path = kindOf(kind).path({ objectId: event.object_id, data });
        return [{ eventId: event.id, userId, kind, delivery, facts, path, occurredAt: event.occurred_at }];
      });
      const added = await insertNotices(tx, notices);
      const atOnce = added.filter(({ delivery }) => delivery === "at_once");
      await enqueueAll(
        tx,
        SEND_NOTICE_JOB,
        atOnce.map(({ id }) => ({ payload: { id } })),
      );
    });
  };
