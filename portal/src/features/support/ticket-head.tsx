import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { Status } from "../../ui/status.tsx";

const PLACES = { commission: PATHS.commissions, payout: PATHS.payouts, referral: PATHS.referrals } as const;

type Ticket = components["schemas"]["Ticket"];

/** What a ticket is about, and whose turn it is. */
export function TicketHead({ ticket: { subject, status, object } }: { readonly ticket: Ticket }) {
  const { isPartner } = useMe();
  return (
    <>
      <Status of={isPartner ? "ownTicket" : "ticket"} code={status} soft />
      <h3>
        <bdi>{subject}</bdi>
      </h3>
      {object === null ? null : (
        <p>
          <Link to={PLACES[object.type]} search={{ open: object.id, ...(object.type === "payout" && { tab: "all" }) }}>
            {t(`ticket.about.${object.type}`)}
          </Link>
        </p>
      )}
    </>
  );
}
