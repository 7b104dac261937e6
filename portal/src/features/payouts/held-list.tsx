import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { PartnerLink } from "../partners/partner-link.tsx";
import { failureWords } from "./failure-words.ts";

type Held = { readonly partnerId: string; readonly code: string; readonly reason: string | null };

/** Of a batch that was refused because nothing of it may leave: whose payouts are held, and why. */
export function HeldList({ error }: { readonly error: unknown }) {
  const held = heldOf(error);
  if (held.length === 0) return null;
  return (
    <section aria-label={t("batch.held")}>
      <p>{t("batch.held")}</p>
      <ul>
        {held.map(({ partnerId, code, reason }) => (
          <li key={`${partnerId} ${code} ${reason}`}>
            <PartnerLink id={partnerId} /> · {failureWords(code === "payout.held" ? (reason ?? code) : code)}
          </li>
        ))}
      </ul>
      {held.some(({ reason }) => reason === "fraud_review") ? (
        <p>
          {t("batch.heldReview")} <Link to={PATHS.fraud}>{t("nav.fraud")}</Link>
        </p>
      ) : null}
    </section>
  );
}

/** Each partner and reason once. */
function heldOf(error: unknown): readonly Held[] {
  const { code, facts } = (error ?? {}) as { readonly code?: string; readonly facts?: { readonly held?: Held[] } };
  if (code !== "payout.batch_empty") return [];
  const named = (facts?.held ?? []).map((one) => [`${one.partnerId} ${one.code} ${one.reason}`, one] as const);
  return [...new Map(named).values()];
}
