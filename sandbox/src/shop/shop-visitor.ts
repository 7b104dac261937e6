import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { cookieOf, setCookie } from "../servers/cookies.ts";
import { newDeviceId, type Visit } from "./shop-acts.ts";
import type { Customer, ShopRecords } from "./shop-records.ts";

const CLICK = "fernbill_click";
const DEVICE = "fernbill_device";
const SESSION = "fernbill_session";
const DAY_S = 86_400;
/** As long as the longest window of a programme. */
const CLICK_DAYS = 90;
const DEVICE_DAYS = 365;

/** A click id as Tributary writes them; anything else in the address is ignored. */
const CLICK_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Keeps the click that the address names, in a cookie of the shop's own: the last one counts, as in Tributary's default. */
export function rememberClick(request: FastifyRequest, reply: FastifyReply): string | undefined {
  const { tid } = (request.query ?? {}) as { tid?: unknown };
  if (typeof tid !== "string" || !CLICK_ID.test(tid)) return clickOf(request);
  setCookie(reply, CLICK, tid, CLICK_DAYS * DAY_S);
  return tid;
}

export function clickOf(request: FastifyRequest): string | undefined {
  const kept = cookieOf(request, CLICK);
  return kept !== undefined && CLICK_ID.test(kept) ? kept : undefined;
}

/** Who is at the other end, as far as a shop can tell. */
export function visitOf(request: FastifyRequest, reply: FastifyReply): Visit {
  const kept = cookieOf(request, DEVICE);
  const deviceId = kept !== undefined && /^[0-9a-f-]{36}$/.test(kept) ? kept : newDeviceId();
  if (deviceId !== kept) setCookie(reply, DEVICE, deviceId, DEVICE_DAYS * DAY_S);
  return { clickId: clickOf(request), deviceId, ip: request.ip };
}

export function customerOf(records: ShopRecords, request: FastifyRequest): Customer | undefined {
  const session = records.sessions.get(cookieOf(request, SESSION) ?? "");
  return session && records.customers.get(session.customerId);
}

export function signInAs(records: ShopRecords, reply: FastifyReply, customer: Customer): void {
  const session = records.sessions.put({ id: randomBytes(24).toString("base64url"), customerId: customer.id });
  setCookie(reply, SESSION, session.id);
}

export function signOut(records: ShopRecords, request: FastifyRequest, reply: FastifyReply): void {
  records.sessions.remove(cookieOf(request, SESSION) ?? "");
  setCookie(reply, SESSION, "", 0);
}
