import { Link } from "@tanstack/react-router";
import type { Output } from "@tributary/sdk";
import { PATHS } from "../../app/paths.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { doneWords, objectWords, placeOf } from "./audit-words.ts";

type Act = Output<"listAudit">["data"][number];

/** The act that the address names, with what it changed. */
export function AuditDrawer({ rows }: { readonly rows: readonly Act[] }) {
  return (
    <RowDrawer title={t("audit.title")} rows={rows}>
      {(id) => {
        const act = rows.find((one) => one.id === id);
        return act === undefined ? null : (
          <Facts
            facts={[
              [t("audit.action"), <span title={act.action}>{doneWords(act.action)}</span>],
              [t("audit.object"), <ActedOn act={act} />],
              act.targetId === null ? null : [t("audit.id"), <TargetId type={act.targetType} id={act.targetId} />],
              [t("audit.when"), <Moment at={act.occurredAt} as="time" />],
              [t("audit.actor"), <bdi>{actorOf(act)}</bdi>],
              [t("privacy.reason"), act.reason],
              [t("audit.network"), <Mono text={act.network} />],
              [t("audit.request"), <Mono text={act.requestId} />],
              act.before === null ? null : [t("audit.before"), <Changed value={act.before} />],
              act.after === null ? null : [t("audit.after"), <Changed value={act.after} />],
            ]}
          />
        );
      }}
    </RowDrawer>
  );
}

/** Who acted: by name where they have one. */
export const actorOf = ({ actorName, actorType }: Act): string => actorName ?? t(`actor.${actorType}`);

/** What was acted on, and what it is called where it is somebody; a partner leads to its page. */
export function ActedOn({ act: { targetType, targetId, targetName } }: { readonly act: Act }) {
  const words = objectWords(targetType);
  if (targetName === null) return words;
  const name = <bdi>{targetName}</bdi>;
  return (
    <>
      {words}{" "}
      {targetType === "partner" && targetId !== null ? (
        <Link to={PATHS.partner} params={{ id: targetId }}>
          {name}
        </Link>
      ) : (
        name
      )}
    </>
  );
}

/** The id of what was acted on; it leads to where that is shown. */
function TargetId({ type, id }: { readonly type: string; readonly id: string }) {
  const place = placeOf(type, id);
  const text = <Mono text={id} />;
  return place === undefined ? text : <Link {...place}>{text}</Link>;
}

const Mono = ({ text }: { readonly text: string | null }) => (
  <span dir="ltr" style={{ overflowWrap: "anywhere", fontFamily: "var(--mono)" }}>
    {text ?? "—"}
  </span>
);

const Changed = ({ value }: { readonly value: unknown }) => (
  <pre dir="ltr" style={{ margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
    {JSON.stringify(value, null, 2)}
  </pre>
);
