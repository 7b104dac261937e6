import { isbot } from "isbot";
import { DAY_MS } from "../kernel/clock.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { truncateIp } from "../platform/truncate-ip.ts";
import { type Conversion, findConversions, mailboxOf } from "../referrals/index.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import type { ConversionFacts, SignalKind } from "./fraud-facts.ts";
import { isDisposable, isHosting } from "./known-addresses.ts";
import { findSurroundings, type Signal } from "./signal-repository.ts";

/** A partner and its customer are in one place, if they were there within this time. */
const NETWORK_DAYS = 7;

/** A conversion with what the rules ask about, and what is to be kept of it. */
export type Gathered = {
  readonly conversion: Conversion;
  readonly facts: ConversionFacts;
  readonly signals: readonly Signal[];
  readonly sharers: ReadonlyMap<SignalKind, readonly string[]>;
};

type Deps = Pick<FraudDeps, "partners" | "people" | "fingerprint">;

/** What is known of conversions, at the instant of each. Nothing is written. */
export async function gatherConversions(deps: Deps, tx: ReadTx, referralIds: readonly string[]): Promise<Gathered[]> {
  const conversions = await findConversions(tx, referralIds);
  const customers = await deps.people.findCustomers(
    tx,
    conversions.flatMap(({ customerId }) => customerId ?? []),
  );
  const gathered: Gathered[] = [];
  for (const conversion of conversions) {
    const email = customers.get(conversion.customerId ?? "")?.email ?? null;
    const signals = signalsOf(deps, tx, conversion, email);
    const { sharers, ...around } = await findSurroundings(tx, {
      partnerId: conversion.partnerId,
      subjectId: conversion.id,
      signals,
      at: conversion.convertedAt,
    });
    const facts: ConversionFacts = {
      ...arrivalOf(conversion),
      ...around,
      isPartnersNetwork: await isPartnersNetwork(deps, tx, conversion),
      mailDomain: domainOf(email),
      isDisposable: email !== null && isDisposable(domainOf(email) ?? ""),
    };
    gathered.push({ conversion, facts, signals, sharers });
  }
  return gathered;
}

/** What a conversion is recognised by. */
function signalsOf({ fingerprint }: Deps, tx: ReadTx, { metadata, click }: Conversion, email: string | null): Signal[] {
  const value = (kind: SignalKind, text: string | null | undefined): Signal[] =>
    text === null || text === undefined
      ? []
      : [{ kind, value: fingerprint({ tenantId: tx.ctx.tenantId, kind, value: text }) }];
  return [
    ...value("mailbox", email === null ? null : mailboxOf(email)),
    ...value("device", metadata.claim?.deviceId ?? click?.deviceId),
    ...value("visitor", click?.visitorId),
    ...(metadata.payment === undefined
      ? []
      : [{ kind: "payment" as const, value: Buffer.from(metadata.payment, "hex") }]),
  ];
}

/** How the customer came. */
function arrivalOf({ partnerId, source, convertedAt, metadata, click }: Conversion) {
  const clicks = (metadata.decision?.touches ?? []).filter(({ kind }) => kind === "click");
  const rivals = clicks
    .filter((touch) => touch.partnerId !== partnerId)
    .map(({ at }) => secondsTo(convertedAt, new Date(at)));
  return {
    subject: "conversion",
    source,
    clickAgeSeconds: click === null ? null : secondsTo(convertedAt, click.at),
    rivalClickAgeSeconds: rivals.length === 0 ? null : Math.min(...rivals),
    hasOwnClick: clicks.some((touch) => touch.partnerId === partnerId),
    referrerHost: click?.referrer ? (URL.parse(click.referrer)?.hostname ?? null) : null,
    paidBy: click?.paidBy ?? null,
    browser: click === null ? null : browserOf(click.userAgent),
    network: networkOf({ metadata, click }),
    isHosting: click?.ip ? isHosting(click.ip) : isHosting((metadata.network ?? "").split("/", 1)[0] ?? ""),
  } as const;
}

/** Clocks of servers differ by a little: what is there already was before. */
const secondsTo = (at: Date, before: Date): number =>
  Math.max(0, Math.round((at.getTime() - before.getTime()) / 1_000));

const browserOf = (userAgent: string | null): ConversionFacts["browser"] =>
  userAgent === null ? "absent" : isbot(userAgent) ? "bot" : "browser";

const networkOf = ({ metadata, click }: Pick<Conversion, "metadata" | "click">): string | null =>
  metadata.network ?? (click?.ip ? truncateIp(click.ip) : null);

const domainOf = (email: string | null): string | null =>
  email?.slice(email.lastIndexOf("@") + 1).toLowerCase() ?? null;

/** Whether the partner has signed in from where its customer was. */
async function isPartnersNetwork(deps: Deps, tx: ReadTx, conversion: Conversion): Promise<boolean> {
  const network = networkOf(conversion);
  if (network === null) return false;
  const userId = (await deps.partners.findPartners(tx, [conversion.partnerId])).get(conversion.partnerId)?.userId;
  if (userId === undefined) return false;
  const since = new Date(conversion.convertedAt.getTime() - NETWORK_DAYS * DAY_MS);
  return (await deps.people.findNetworksOf(tx, { userId, since })).has(network);
}
