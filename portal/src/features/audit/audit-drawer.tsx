import type { Output } from "@tributary/sdk";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";

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
              [t("audit.action"), <code dir="ltr">{act.action}</code>],
              [t("audit.when"), <Moment at={act.occurredAt} as="time" />],
              [t("audit.actor"), t(`actor.${act.actorType}`)],
              [t("audit.actorId"), <Mono text={act.actorId} />],
              [t("audit.object"), <Mono text={act.targetType} />],
              [t("audit.id"), <Mono text={act.targetId} />],
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
