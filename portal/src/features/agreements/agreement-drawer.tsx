import { Button, Group } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { formatDay } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { download } from "../../ui/download.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import classes from "./agreements.module.css";
import { Markdown } from "./markdown.tsx";
import { WriteAgreement } from "./write-agreement.tsx";

type Agreement = components["schemas"]["Agreement"];
type Version = Agreement["versions"][number];
const TOUCHES = ["getAgreement", "listAgreements"] as const;

/** The agreement that the address names, with its versions. */
export function AgreementDrawer({ rows }: { readonly rows: readonly { readonly id: string }[] }) {
  return (
    <RowDrawer title={t("contracts.title")} rows={rows}>
      {(id) => <Opened key={id} id={id} />}
    </RowDrawer>
  );
}

function Opened({ id }: { readonly id: string }) {
  const { may } = useMe();
  const query = useQuery(read("getAgreement", { path: { id } }));
  const [isWriting, setWriting] = useState(false);
  return (
    <Loaded query={query}>
      {(agreement) => (
        <>
          <h3>
            <bdi>{agreement.name}</bdi>
          </h3>
          {may("compliance:write") && !agreement.versions.some(({ status }) => status === "draft") ? (
            <div>
              <Button variant="default" onClick={() => setWriting(true)}>
                {t("contracts.next")}
              </Button>
            </div>
          ) : null}
          {isWriting ? (
            <WriteAgreement agreement={agreement} from={agreement.versions[0]} onClose={() => setWriting(false)} />
          ) : null}
          <ul className={classes.versions}>
            {agreement.versions.map((version) => (
              <li key={version.id}>
                <OneVersion agreement={agreement} version={version} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

const codeOf = ({ status, isInForce, effectiveFrom }: Version): string => {
  if (status === "draft") return "draft";
  if (isInForce) return "in_force";
  return effectiveFrom !== null && new Date(effectiveFrom) > new Date() ? "scheduled" : "superseded";
};

function OneVersion({ agreement, version }: { readonly agreement: Agreement; readonly version: Version }) {
  const { may } = useMe();
  const [isWriting, setWriting] = useState(false);
  const [isShown, setShown] = useState(false);
  const [isRead, setRead] = useState(version.isInForce);
  const isDraft = version.status === "draft";
  const file = useMutation({
    mutationFn: async (kind: "text" | "csv") => {
      const path = { id: version.id };
      const blob =
        kind === "csv"
          ? await api.exportAgreementAcceptances({ path })
          : await api.getAgreementFile({ path, query: { format: "text" } });
      download(blob, kind === "csv" ? `acceptances-v${version.number}.csv` : `agreement-v${version.number ?? 0}.txt`);
    },
  });
  return (
    <>
      <div className={classes.head}>
        <bdi>
          {isDraft ? version.title : t("contracts.numbered", { number: version.number ?? 0, title: version.title })}
        </bdi>
        <Status of="plan" code={codeOf(version)} />
      </div>
      <p className={classes.note}>
        {version.effectiveFrom === null
          ? t("contracts.grace", { days: version.graceDays })
          : t("contracts.fromAndGrace", {
              day: formatDay(version.effectiveFrom.slice(0, 10)),
              days: version.graceDays,
            })}
        {version.blocksPayouts ? ` ${t("contracts.blocksPayouts")}` : ""}
        {version.blocksApproval ? ` ${t("contracts.blocksApproval")}` : ""}
      </p>
      {isRead ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls it
        <div className={classes.text} tabIndex={0} role="region" aria-label={version.title}>
          <Markdown text={version.body} />
        </div>
      ) : null}
      <Group gap="sm">
        <Button variant="default" aria-expanded={isRead} onClick={() => setRead(!isRead)}>
          {t(isRead ? "contracts.hideText" : "contracts.readText")}
        </Button>
        {isDraft && may("compliance:write") ? (
          <>
            <Button variant="default" onClick={() => setWriting(true)}>
              {t("contracts.edit")}
            </Button>
            <Publish version={version} />
          </>
        ) : null}
        <Button variant="default" disabled={file.isPending} onClick={() => file.mutate("text")}>
          {t("contracts.file.text")}
        </Button>
        {isDraft ? null : (
          <>
            <Button variant="default" disabled={file.isPending} onClick={() => file.mutate("csv")}>
              {t("contracts.file.csv")}
            </Button>
            <Button variant="default" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
              {t("contracts.accepted", { count: version.accepted })}
            </Button>
          </>
        )}
      </Group>
      {file.error ? <Problem error={file.error} /> : null}
      {isShown ? <Accepted versionId={version.id} /> : null}
      {isWriting ? <WriteAgreement agreement={agreement} draft={version} onClose={() => setWriting(false)} /> : null}
    </>
  );
}

function Accepted({ versionId }: { readonly versionId: string }) {
  const query = useQuery(read("listAgreementAcceptances", { path: { id: versionId }, query: { limit: 100 } }));
  return (
    <Loaded query={query}>
      {({ data }) => (
        <ul className={classes.accepted}>
          {data.map((one) => (
            <li key={one.id}>
              <PartnerLink id={one.partnerId} />
              <span className={classes.note}>
                <bdi>{one.userName ?? one.email ?? "—"}</bdi>, <Moment at={one.acceptedAt} as="time" />
                {one.ip ? (
                  <>
                    , <bdi dir="ltr">{one.ip}</bdi>
                  </>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

function Publish({ version: { id, textHash } }: { readonly version: Version }) {
  const [isOpen, setOpen] = useState(false);
  const publish = useAct("publishAgreementVersion", {
    touches: TOUCHES,
    onDone: () => {
      setOpen(false);
      toast(t("contracts.publishedToast"));
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("contracts.publish")}</Button>
      <Dialog
        title={t("contracts.publish")}
        act={t("contracts.publish")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isBusy={publish.isPending}
        error={publish.error}
        onSubmit={() => publish.mutate({ path: { id }, body: { readHash: textHash } })}
      >
        <p>{t("contracts.publishEffect")}</p>
      </Dialog>
    </>
  );
}
