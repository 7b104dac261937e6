import { isId } from "../kernel/id.ts";
import type { EventData } from "./notice-facts.ts";

/** Where in the portal something is shown, below its address: of an event, by its object and what it tells. */
export type NoticePath = (event: { readonly objectId: string; readonly data: EventData }) => string;

/** The same for all events of a kind. */
export const to =
  (path: string): NoticePath =>
  () =>
    path;
export const HOME = to("/");

/** The thing in its list; the list alone where nothing says which. */
const opened = (list: string, id: unknown): string =>
  typeof id === "string" && isId(id) ? `${list}${list.includes("?") ? "&" : "?"}open=${id}` : list;

const toObject =
  (list: string): NoticePath =>
  ({ objectId }) =>
    opened(list, objectId);
export const toLead = toObject("/leads");
export const toPayout = toObject("/payouts");
export const toReferral = toObject("/referrals");
export const toClaim = toObject("/fees?tab=claims");

/** Notices of what an operator did are about a partner, and say themselves which of its things it was. */
const toSubject =
  (list: string): NoticePath =>
  ({ objectId, data }) =>
    opened(list, "subject" in data ? data["subject"] : objectId);
export const toCommission = toSubject("/commissions");
export const toDispute = toSubject("/disputes");
