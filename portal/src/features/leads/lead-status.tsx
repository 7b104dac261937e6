import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { formatDate } from "../../ui/dates.ts";
import { StatusMark } from "../../ui/status.tsx";
import { look, type StatusLook } from "../../ui/status-words.ts";

export type Lead = components["schemas"]["Lead"] | components["schemas"]["OperatorLead"];
type Code = Lead["status"];

/** How each state is said to a partner; a conflict and what waits for a decision is the operator's to act on. */
const LOOKS = {
  submitted: look("half", "neutral", "lead.status.submitted"),
  conflict: look("contested", "wait", "lead.status.conflict"),
  accepted: look("full", "good", "lead.status.accepted"),
  contacted: look("half", "info", "lead.status.contacted"),
  qualified: look("half", "info", "lead.status.qualified"),
  proposal: look("half", "info", "lead.status.proposal"),
  won: look("done", "good", "lead.status.won"),
  lost: look("ended", "neutral", "lead.status.lost"),
  declined: look("ended", "neutral", "lead.status.declined"),
  expired: look("ended", "neutral", "lead.status.expired"),
} as const satisfies Record<Code, StatusLook>;
const FOR_OPERATOR: Readonly<Partial<Record<Code, StatusLook>>> = {
  submitted: look("half", "wait", "lead.status.toReview"),
};

export const LEAD_STATUSES = Object.keys(LOOKS) as Code[];
export const leadStatusWords = (code: Code): string => t(LOOKS[code].words);

/** Where a lead stands, and until when. */
export function LeadStatus({ lead, isPartner, soft = false }: { lead: Lead; isPartner: boolean; soft?: boolean }) {
  const { status, endsAt, tie } = lead;
  const shown = (isPartner ? undefined : FOR_OPERATOR[status]) ?? LOOKS[status];
  return <StatusMark look={shown} code={status} note={noteOf(status, endsAt, tie)} soft={soft} />;
}

function noteOf(status: Code, endsAt: string | null, tie: Lead["tie"]): string | undefined {
  if (tie === "elsewhere") return t("lead.note.elsewhere");
  if (endsAt === null || status === "conflict") return undefined;
  return t(status === "submitted" ? "lead.note.held" : "lead.note.until", { day: formatDate(endsAt) });
}
