import type { MessageKey } from "../i18n/messages.ts";
import type { GlyphName } from "./glyph.tsx";

export type Tone = "neutral" | "info" | "wait" | "good" | "bad" | "hold";
export type StatusLook = { readonly glyph: GlyphName; readonly tone: Tone; readonly words: MessageKey };

/** How one status looks and is said. */
export const look = (glyph: GlyphName, tone: Tone, words: MessageKey): StatusLook => ({ glyph, tone, words });

const DISPUTE = {
  open: look("half", "wait", "status.dispute.open"),
  waiting: look("open", "wait", "status.dispute.waiting"),
  escalated: look("contested", "wait", "status.dispute.escalated"),
  adjusted: look("done", "good", "status.dispute.adjusted"),
  withdrawn: look("ended", "neutral", "status.dispute.withdrawn"),
  upheld: look("done", "neutral", "status.dispute.upheld"),
  cancelled: look("ended", "neutral", "status.dispute.cancelled"),
} as const;
const TICKET = {
  open: look("half", "wait", "status.ticket.open"),
  waiting: look("open", "neutral", "status.ticket.waiting"),
  solved: look("done", "good", "status.ticket.solved"),
  closed: look("ended", "neutral", "status.ticket.closed"),
} as const;
/** Of what two sides write in, as its partner reads it: whose turn it is. */
const OWN = {
  open: look("half", "neutral", "status.own.open"),
  waiting: look("open", "wait", "status.own.waiting"),
} as const;

/** How each status of the API looks and is said. Amber: somebody must act. Red: it failed. Violet: stopped on purpose. */
export const STATUSES = {
  partner: {
    pending: look("half", "wait", "status.partner.pending"),
    active: look("full", "good", "status.partner.active"),
    suspended: look("held", "hold", "status.partner.suspended"),
    rejected: look("ended", "neutral", "status.partner.rejected"),
    terminated: look("ended", "neutral", "status.partner.terminated"),
  },
  referral: {
    pending: look("open", "neutral", "status.referral.pending"),
    converted: look("half", "info", "status.referral.converted"),
    qualified: look("full", "good", "status.referral.qualified"),
    rejected: look("ended", "neutral", "status.referral.rejected"),
  },
  commission: {
    pending: look("half", "neutral", "status.commission.pending"),
    approved: look("full", "info", "status.commission.approved"),
    paid: look("done", "good", "status.commission.paid"),
    disputed: look("contested", "hold", "status.commission.disputed"),
    cancelled: look("ended", "neutral", "status.commission.cancelled"),
  },
  payout: {
    pending: look("open", "neutral", "status.payout.pending"),
    processing: look("half", "info", "status.payout.processing"),
    completed: look("done", "good", "status.payout.completed"),
    bank_file_waiting: look("half", "info", "status.payout.bank_file_waiting"),
    bank_file_handed_out: look("half", "info", "status.payout.bank_file_handed_out"),
    failed: look("ended", "bad", "status.payout.failed"),
    cancelled: look("ended", "neutral", "status.payout.cancelled"),
  },
  batch: {
    waiting: look("open", "wait", "status.batch.waiting"),
    ready: look("full", "wait", "status.batch.ready"),
    released: look("half", "info", "status.batch.released"),
    finished: look("done", "good", "status.batch.finished"),
    refused: look("ended", "neutral", "status.batch.refused"),
    expired: look("ended", "neutral", "status.batch.expired"),
    cancelled: look("ended", "neutral", "status.batch.cancelled"),
  },
  dispute: DISPUTE,
  ownDispute: { ...DISPUTE, ...OWN, escalated: look("contested", "neutral", "status.dispute.escalated") },
  fraud: {
    open: look("half", "wait", "status.fraud.open"),
    appealed: look("contested", "wait", "status.fraud.appealed"),
    refused: look("held", "hold", "status.fraud.refused"),
    cleared: look("done", "good", "status.fraud.cleared"),
    final: look("ended", "neutral", "status.fraud.final"),
  },
  ticket: TICKET,
  ownTicket: { ...TICKET, ...OWN },
  screening: {
    open: look("half", "wait", "status.screening.open"),
    escalated: look("contested", "wait", "status.screening.escalated"),
    cleared: look("done", "good", "status.screening.cleared"),
    confirmed: look("held", "hold", "status.screening.confirmed"),
  },
  screeningList: {
    on: look("full", "good", "status.screeningList.on"),
    off: look("open", "neutral", "status.screeningList.off"),
    none: look("held", "hold", "status.screeningList.none"),
    stale: look("held", "hold", "status.screeningList.stale"),
  },
  contract: {
    open: look("half", "wait", "status.contract.open"),
    accepted: look("done", "good", "status.contract.accepted"),
    replaced: look("ended", "neutral", "status.contract.replaced"),
  },
  invoice: {
    open: look("open", "neutral", "status.invoice.open"),
    overdue: look("half", "wait", "status.invoice.overdue"),
    settled: look("done", "good", "status.invoice.settled"),
  },
  card: {
    requested: look("half", "info", "status.card.requested"),
    unactivated: look("open", "neutral", "status.card.unactivated"),
    active: look("full", "good", "status.partner.active"),
    suspended: look("held", "hold", "status.partner.suspended"),
    terminated: look("ended", "neutral", "status.partner.terminated"),
    refused: look("ended", "bad", "status.partner.rejected"),
  },
  review: {
    open: look("half", "wait", "status.review.open"),
    kept: look("done", "neutral", "status.review.kept"),
    moved: look("done", "neutral", "status.review.moved"),
    met: look("done", "good", "status.review.met"),
    moot: look("ended", "neutral", "status.review.moot"),
  },
  link: {
    active: look("full", "good", "status.link.active"),
    archived: look("ended", "neutral", "status.link.archived"),
  },
  plan: {
    draft: look("open", "neutral", "status.plan.draft"),
    scheduled: look("half", "info", "status.plan.scheduled"),
    in_force: look("full", "good", "status.plan.in_force"),
    superseded: look("ended", "neutral", "status.plan.superseded"),
  },
  key: {
    active: look("full", "good", "status.key.active"),
    revoked: look("ended", "neutral", "status.key.revoked"),
    expired: look("ended", "neutral", "status.key.expired"),
  },
  endpoint: {
    active: look("full", "good", "status.endpoint.active"),
    inactive: look("open", "neutral", "status.endpoint.inactive"),
    failed: look("ended", "bad", "status.endpoint.failed"),
  },
  delivery: {
    waiting: look("half", "neutral", "status.delivery.waiting"),
    delivered: look("done", "good", "status.delivery.delivered"),
    dead: look("ended", "bad", "status.delivery.dead"),
  },
  user: {
    active: look("full", "good", "status.user.active"),
    disabled: look("ended", "neutral", "status.user.disabled"),
  },
  job: {
    well: look("done", "good", "status.job.well"),
    running: look("half", "info", "status.job.running"),
    late: look("half", "wait", "status.job.late"),
    failing: look("ended", "bad", "status.job.failing"),
    never: look("open", "neutral", "status.job.never"),
  },
  method: {
    payable: look("full", "good", "status.method.payable"),
    incomplete: look("half", "wait", "status.method.incomplete"),
    restricted: look("held", "hold", "status.method.restricted"),
    replaced: look("ended", "neutral", "status.method.replaced"),
  },
} as const satisfies Record<string, Record<string, StatusLook>>;

export type StatusOf = keyof typeof STATUSES;

/** The look of a status; a word of the API that the portal does not know yet is said as it is. */
export const lookOf = (of: StatusOf, code: string): StatusLook | undefined =>
  (STATUSES[of] as Readonly<Record<string, StatusLook>>)[code];
