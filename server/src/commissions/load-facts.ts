import { dateInZone } from "../kernel/calendar.ts";
import { type AccountPair, balanceKey, type Ledger } from "../ledger/index.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { Terms } from "../programs/index.ts";
import type { AssessmentDeps } from "./assessment-deps.ts";
import {
  findKeptCommissions,
  findLatestEarnings,
  findOriginals,
  findVolumeCommissions,
  type KeptCommission,
} from "./assessment-repository.ts";
import type { BookedFacts, Place } from "./book-outcomes.ts";
import { findUnsettledDisputes } from "./dispute-repository.ts";
import type { EngineEvent } from "./engine/engine-event.ts";
import { type Facts, NO_FACTS } from "./engine/fold.ts";
import { NO_LIMIT } from "./engine/spend-facts.ts";
import type { PartnerStanding, ReferralStanding } from "./engine/standing.ts";
import {
  findSpendCuts,
  findSpendCutsOfSales,
  findSpendLimits,
  findSpentMonths,
  lockSpendLimits,
} from "./spend-repository.ts";
import { findCapStandings, findPartnerStandings, findReferralStandings } from "./standing-repository.ts";

/** Everything that a batch may touch: for the engine what it was, for the books where it is. */
export type Ground = {
  readonly terms: ReadonlyMap<string, Terms>;
  readonly facts: Facts;
  readonly booked: BookedFacts;
};

export type Standings = {
  readonly partners: ReadonlyMap<string, PartnerStanding>;
  readonly referrals: ReadonlyMap<string, ReferralStanding>;
  readonly terms: ReadonlyMap<string, Terms>;
};

/**
 * Reads what a batch stands on, in a handful of statements whatever its size. The caller holds the sequences of the batch's partners; their
 * accounts are locked here, before anything is read that a payout or an approval could change.
 */
export async function loadGround(
  deps: AssessmentDeps,
  tx: Tx,
  { events, histories }: { readonly events: readonly EngineEvent[]; readonly histories: Facts["histories"] },
): Promise<Ground> {
  const standings = await loadStandings(deps, tx, events);
  const brought = events.flatMap(({ id, kind, partnerId }) =>
    kind === "arrival" ? (histories.get(id) ?? []).map((one) => ({ ...one, partnerId })) : [],
  );
  await deps.ledger.lock(tx, await touchedAccounts(deps.ledger, tx, [...events, ...brought], standings));
  const spendLimits = events.some(mayEarn) ? await lockSpendLimits(tx) : new Map<string, bigint>();
  return readGround(deps, tx, { events, standings, spendLimits });
}

export async function loadStandings(
  { partners }: Pick<AssessmentDeps, "partners">,
  tx: ReadTx,
  events: readonly EngineEvent[],
): Promise<Standings> {
  const referralIds = unique(events.flatMap(({ referralId }) => referralId ?? []));
  const standings = {
    partners: await findPartnerStandings(tx, unique(events.map(({ partnerId }) => partnerId))),
    referrals: await findReferralStandings(tx, { referralIds }),
  };
  const reassessed = unique(events.flatMap(({ kind, partnerId }) => (kind === "reassessment" ? partnerId : [])));
  for (const partnerId of reassessed) {
    for (const [id, standing] of await findReferralStandings(tx, { partnerId })) standings.referrals.set(id, standing);
  }
  const termsIds = unique([
    ...[...standings.partners.values()].flatMap(({ retroactive }) => retroactive.map(({ termsId }) => termsId)),
    ...[...standings.referrals.values()].map(({ termsId }) => termsId),
    ...events.flatMap((event) => termsIdsOf(event)),
  ]);
  return { ...standings, terms: await partners.findTerms(tx, termsIds) };
}

/** Terms that an event itself names. */
export const termsIdsOf = (event: EngineEvent): string[] =>
  event.kind === "conversion" ||
  event.kind === "terms" ||
  event.kind === "reassessment" ||
  event.kind === "arrival" ||
  event.kind === "true_up"
    ? [event.data.termsId ?? []].flat()
    : [];

/** Acts that can reach any commission of the partner, in whatever currency. */
const FAR_REACHING: readonly EngineEvent["kind"][] = ["rejection", "departure", "termination", "reassessment"];
/** Events after which a signup may be earned, in the programme's currency. */
const SIGNUP_KINDS: readonly EngineEvent["kind"][] = [
  "payment",
  "verification",
  "fraud_release",
  "refund",
  "chargeback",
  "chargeback_won",
];

/** Events after which anything may be earned that the programme's limit counts. */
const mayEarn = ({ kind }: EngineEvent): boolean => kind === "card" || SIGNUP_KINDS.includes(kind);

async function touchedAccounts(
  ledger: Ledger,
  tx: ReadTx,
  events: readonly EngineEvent[],
  { referrals, terms }: Standings,
): Promise<AccountPair[]> {
  const pairs = new Map<string, AccountPair>();
  const touch = (pair: AccountPair) => pairs.set(balanceKey(pair), pair);
  const programCurrencies = unique([...terms.values()].map(({ currency }) => currency));
  for (const event of events) {
    if ("amount" in event) touch({ partnerId: event.partnerId, currency: event.currency });
    const isQualified = event.kind === "payment" && referrals.get(event.referralId)?.qualification != null;
    // A true-up is in the programme's currency, too.
    if (event.kind === "true_up" || (SIGNUP_KINDS.includes(event.kind) && !isQualified)) {
      for (const currency of programCurrencies) touch({ partnerId: event.partnerId, currency });
    }
  }
  for (const partnerId of unique(reaching(events).map((event) => event.partnerId))) {
    for (const currency of [...(await ledger.currencies(tx, partnerId)), ...programCurrencies])
      touch({ partnerId, currency });
  }
  return [...pairs.values()];
}

const reaching = (events: readonly EngineEvent[]) => events.filter(({ kind }) => FAR_REACHING.includes(kind));

/** Reads the rest: what reversals and acts fall on. Without a lock it is what a dry assessment stands on. */
export async function readGround(
  { ledger }: Pick<AssessmentDeps, "ledger">,
  tx: ReadTx,
  {
    events,
    standings,
    spendLimits,
  }: {
    readonly events: readonly EngineEvent[];
    readonly standings: Standings;
    /** As they were locked. */
    readonly spendLimits?: ReadonlyMap<string, bigint>;
  },
): Promise<Ground> {
  const { terms, partners, referrals } = standings;
  const volume = await findVolume(tx, events);
  const originals = await findOriginals(
    tx,
    unique([
      ...events.flatMap((event) => ("originalId" in event && event.originalId) || []),
      ...volume.flatMap(({ standing }) => standing.transactionId ?? []),
      ...decisions(events).flatMap(({ adjusted, granted }) => (adjusted ?? granted)?.transactionId ?? []),
    ]),
  );
  const kept = await findTouchedCommissions(tx, events, { referrals, transactionIds: reversedIds(events, originals) });
  const approved = new Set(
    [...volume, ...kept].filter(({ approvedAt }) => approvedAt !== null).map(({ standing }) => standing.id),
  );
  const late = mayBeLate(events, standings);
  const facts: Facts = {
    ...NO_FACTS,
    tenantId: tx.ctx.tenantId,
    partners,
    referrals,
    caps: await findCaps(tx, events, terms),
    spend: await findSpend(tx, { events, standings, originals, limits: spendLimits ?? (await findSpendLimits(tx)) }),
    originals,
    commissions: new Map([...volume, ...kept].map(({ standing }) => [standing.id, standing])),
    latestEarnings: late.length === 0 ? new Map() : await findLatestEarnings(tx, whom(late, terms)),
    isApproved: ({ id }) => approved.has(id),
  };
  const accounts = kept.filter(({ approvedAt }) => approvedAt !== null).map(({ standing }) => standing);
  const booked: BookedFacts = {
    places: await placesOf(tx, kept),
    balances: accounts.length === 0 ? new Map() : await ledger.balancesOf(tx, accounts),
    now: tx.ctx.now,
  };
  return { terms, facts, booked };
}

/** Acts after which a partner's earlier transactions are assessed again, in whatever month they are. */
const ASSESSING_AGAIN: readonly EngineEvent["kind"][] = ["arrival", "reassessment"];

/** What has been earned under the caps that the batch may meet; nothing is read where no terms have one. */
async function findCaps(tx: ReadTx, events: readonly EngineEvent[], terms: Standings["terms"]): Promise<Facts["caps"]> {
  const capped = cappedOf(terms);
  // What is assessed again may find standings of terms that hold for nobody any more.
  const whole = unique(events.flatMap(({ kind, partnerId }) => (ASSESSING_AGAIN.includes(kind) ? partnerId : [])));
  if (capped.length === 0 && whole.length === 0) return new Map();
  const timeZones = unique(capped.map(({ timeZone }) => timeZone));
  const sales = events.filter(({ kind }) => kind === "payment" || kind === "card");
  const months = sales.flatMap(({ occurredAt }) =>
    timeZones.map((timeZone) => `${dateInZone(occurredAt, timeZone).slice(0, 7)}-01`),
  );
  const scopes = unique([...sales.flatMap(({ referralId }) => referralId ?? []), ...months]);
  return new Map([
    ...(await findCapStandings(tx, { partnerIds: unique(sales.map(({ partnerId }) => partnerId)), scopes })),
    ...(await findCapStandings(tx, { partnerIds: whole })),
  ]);
}

/** What the programme's limit leaves, in the months of all that may be earned on: of the events, of what they reverse, of payments that qualified. */
async function findSpend(
  tx: ReadTx,
  {
    events,
    standings: { terms, referrals },
    originals,
    limits,
  }: {
    readonly events: readonly EngineEvent[];
    readonly standings: Standings;
    readonly originals: Facts["originals"];
    readonly limits: ReadonlyMap<string, bigint>;
  },
): Promise<Facts["spend"]> {
  const reassessed = unique(events.flatMap(({ kind, partnerId }) => (kind === "reassessment" ? partnerId : [])));
  const cuts = await findSpendCuts(tx, reassessed);
  const cutsOfSales = new Map([
    ...(await findSpendCutsOfSales(tx, { partnerIds: reassessed })),
    ...(await findSpendCutsOfSales(tx, { saleIds: unique(soldBefore(events, referrals)) })),
  ]);
  if (limits.size === 0) return { ...NO_LIMIT, cuts, cutsOfSales };
  const dates = [
    ...[...events, ...originals.values()].map(({ occurredAt }) => occurredAt),
    ...[...referrals.values()].flatMap(({ qualification }) => qualification?.at ?? []),
  ];
  const timeZones = unique([...terms.values()].map(({ timeZone }) => timeZone));
  const months = dates.flatMap((date) => timeZones.map((timeZone) => `${dateInZone(date, timeZone).slice(0, 7)}-01`));
  return { limits, spent: await findSpentMonths(tx, unique(months)), cuts, cutsOfSales };
}

/** Sales of earlier events that may earn by these: those that come from another partner, and the payment of a qualification that waits or is won back. */
const soldBefore = (events: readonly EngineEvent[], referrals: Standings["referrals"]): string[] =>
  events.flatMap((event) => {
    if (event.kind === "arrival") return event.data.moved;
    const standing = referrals.get(event.referralId ?? "");
    if (event.kind === "chargeback_won") return standing?.lostPaymentId ?? [];
    const isCleared = event.kind === "verification" || event.kind === "fraud_release";
    return isCleared ? (standing?.qualification?.paymentId ?? []) : [];
  });

/** The originals that reversals fall on; those of a period's volume are only counted. */
const reversedIds = (events: readonly EngineEvent[], originals: Facts["originals"]): string[] => {
  const named = new Set(events.flatMap((event) => ("originalId" in event && event.originalId) || []));
  return [...originals.values()].flatMap(({ id, reversals }) =>
    named.has(id) || reversals.some((one) => named.has(one.id)) ? id : [],
  );
};

/** What adds up to the volume of the periods that are settled. */
async function findVolume(tx: ReadTx, events: readonly EngineEvent[]): Promise<KeptCommission[]> {
  const found: KeptCommission[] = [];
  for (const event of events) {
    if (event.kind !== "true_up") continue;
    const { windowStart: from, periodEnd: to } = event.data;
    found.push(...(await findVolumeCommissions(tx, { partnerId: event.partnerId, from, to })));
  }
  return found;
}

/** What reversals fall on, and what a rejection, a departure, a termination or a re-assessment may end. */
async function findTouchedCommissions(
  tx: ReadTx,
  events: readonly EngineEvent[],
  { referrals, transactionIds }: Pick<Standings, "referrals"> & { readonly transactionIds: readonly string[] },
): Promise<KeptCommission[]> {
  // A re-assessment may have tied a customer to another payment and kept its signup, which still names the first one.
  const signupIds = events.flatMap((event) =>
    "originalId" in event && event.originalId !== null
      ? (referrals.get(event.referralId)?.qualification?.signupId ?? [])
      : [],
  );
  const signups = await findKeptCommissions(tx, { commissionIds: unique(signupIds) });
  // What waited for the end of a hold may be a qualification by a payment whose signup a person has ended.
  const waitingIds = events.flatMap(({ kind, referralId }) =>
    kind === "verification" || kind === "fraud_release"
      ? (referrals.get(referralId ?? "")?.qualification?.paymentId ?? [])
      : [],
  );
  // A signup falls with what a person has added to it, on the same payment.
  const paidFor = signups.flatMap(({ standing }) => standing.transactionId ?? []);
  const partnersOf = (kind: EngineEvent["kind"]) =>
    unique(events.flatMap((event) => (event.kind === kind ? event.partnerId : [])));
  const ended = events.flatMap((event) =>
    event.kind === "rejection" || event.kind === "departure" ? event.referralId : [],
  );
  // What a person decides of a sale is rounded with all that was earned on it.
  const decided = decisions(events).map(({ adjusted, granted }) => adjusted ?? granted);
  const decidedIds = decided.flatMap((one) => one?.transactionId ?? []);
  const found = [
    ...(await findKeptCommissions(tx, {
      transactionIds: unique([...transactionIds, ...waitingIds, ...paidFor, ...decidedIds]),
    })),
    ...signups,
    ...(await findKeptCommissions(tx, {
      commissionIds: unique(decisions(events).flatMap(({ adjusted }) => adjusted?.commissionId ?? [])),
    })),
    ...(await findKeptCommissions(tx, { referralIds: unique(ended) })),
    ...(await findKeptCommissions(tx, { heldOfPartnerIds: partnersOf("termination") })),
    ...(await findKeptCommissions(tx, { partnerIds: partnersOf("reassessment") })),
    ...(await findKeptCommissions(tx, { truedUpOfPartnerIds: partnersOf("true_up") })),
  ];
  return [...new Map(found.map((one) => [one.standing.id, one])).values()];
}

/** What people decided about commissions. They have locked the accounts that these are booked in. */
const decisions = (events: readonly EngineEvent[]) =>
  events.flatMap((event) => (event.kind === "dispute_resolved" ? [event.data] : []));

async function placesOf(tx: ReadTx, kept: readonly KeptCommission[]): Promise<Map<string, Place>> {
  const disputed = kept.filter(({ status }) => status === "disputed").map(({ standing }) => standing.id);
  const disputes = await findUnsettledDisputes(tx, disputed);
  return new Map(
    kept.map(({ standing: { id }, status, approvedAt }) => {
      const open = disputes.get(id);
      const dispute = open?.status_before
        ? { id: open.id, statusBefore: open.status_before, held: open.amount_held }
        : null;
      return [id, { status, approvedAt, dispute }];
    }),
  );
}

/** Events that a receipt may call late: a payment that could qualify its customer, what ends a qualification, and any sale where terms have caps. */
function mayBeLate(events: readonly EngineEvent[], { referrals, terms }: Standings): EngineEvent[] {
  const areCapped = cappedOf(terms).length > 0;
  return events.filter(
    (event) =>
      "amount" in event &&
      (areCapped ||
        (event.kind !== "card" &&
          (event.kind !== "payment" || referrals.get(event.referralId)?.qualification == null))),
  );
}

/** Terms with a cap that counts. */
const cappedOf = (terms: Standings["terms"]): Terms[] =>
  [...terms.values()].filter(({ caps }) => caps.customer.size + caps.month.size > 0);

const whom = (events: readonly EngineEvent[], terms: Standings["terms"]) => ({
  partnerIds: unique(events.map(({ partnerId }) => partnerId)),
  referralIds: unique(
    events.flatMap(({ kind, referralId }) =>
      kind === "payment" && cappedOf(terms).length === 0 ? [] : (referralId ?? []),
    ),
  ),
});

const unique = (values: readonly string[]): string[] => [...new Set(values)];
