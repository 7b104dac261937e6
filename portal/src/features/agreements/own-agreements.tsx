import { Button, Checkbox, Group } from "@mantine/core";
import { More } from "../../ui/more.tsx";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useMutation } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { formatDay } from "../../ui/dates.ts";
import { download } from "../../ui/download.ts";
import { Empty } from "../../ui/empty.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./agreements.module.css";
import { Markdown } from "./markdown.tsx";

type Own = components["schemas"]["OwnAgreement"];
const FORMATS = ["pdf", "text"] as const;
/** Each is a text of some pages. */
const AT_ONCE = 20;

export const OwnAgreements = () => (
  <Page title={t("nav.agreements")}>
    <OwnAgreementList />
  </Page>
);

/** What a partner is to accept, and what it has accepted. */
export function OwnAgreementList() {
  const list = useList("listOwnAgreements", {}, { pageSize: AT_ONCE, isKeptWhole: true });
  if (list.error) return <Problem error={list.error} retry={list.retry} />;
  if (list.isPending) return <Skeleton lines={4} />;
  if (list.rows.length === 0)
    return (
      <Panel>
        <Empty title={t("contracts.ownEmpty")} text={t("contracts.ownEmptyText")} />
      </Panel>
    );
  return (
    <>
      {list.rows.map((agreement) => (
        <OneAgreement key={agreement.id} agreement={agreement} />
      ))}
      <More list={list} />
    </>
  );
}

function noteOf({ status, acceptBy, acceptedAt, effectiveFrom }: Own): string {
  if (acceptedAt !== null) return formatDay(acceptedAt.slice(0, 10));
  if (acceptBy !== null) return t("contracts.acceptByNote", { day: formatDay(acceptBy.slice(0, 10)) });
  return status === "open" ? t("contracts.from", { day: formatDay(effectiveFrom.slice(0, 10)) }) : "";
}

function OneAgreement({ agreement }: { readonly agreement: Own }) {
  const { id, title, body, number, status } = agreement;
  const file = useMutation({
    mutationFn: async (format: (typeof FORMATS)[number]) =>
      download(
        await api.getOwnAgreementFile({ path: { id }, query: { format } }),
        `agreement-v${number}.${format === "pdf" ? "pdf" : "txt"}`,
      ),
  });
  return (
    <Panel title={title} aside={<Status of="contract" code={status} note={noteOf(agreement)} soft />}>
      <p className={classes.note}>{t("contracts.versionOf", { number })}</p>
      <div className={classes.text} tabIndex={0} role="region" aria-label={title}>
        <Markdown text={body} />
      </div>
      <Group gap="sm">
        {FORMATS.map((format) => (
          <Button key={format} variant="default" disabled={file.isPending} onClick={() => file.mutate(format)}>
            {t(`contracts.file.${format}`)}
          </Button>
        ))}
      </Group>
      {file.error ? <Problem error={file.error} /> : null}
      {status === "open" ? <Accept agreement={agreement} /> : null}
    </Panel>
  );
}

function Accept({ agreement: { id, textHash } }: { readonly agreement: Own }) {
  const { may } = useMe();
  const [hasRead, setRead] = useState(false);
  const accept = useAct("acceptAgreement", {
    touches: ["listOwnAgreements", "getPartnerProfile"],
    onDone: () => toast(t("contracts.acceptedToast")),
  });
  if (!may("own:agreements:accept")) return null;
  return (
    <form
      className={classes.accept}
      onSubmit={(event) => {
        event.preventDefault();
        if (hasRead && !accept.isPending) accept.mutate({ path: { id }, body: { textHash } });
      }}
    >
      <Checkbox
        label={t("contracts.hasRead")}
        checked={hasRead}
        onChange={(event) => setRead(event.currentTarget.checked)}
      />
      <p className={classes.note}>{t("contracts.kept")}</p>
      {accept.error ? <Problem error={accept.error} /> : null}
      <div>
        <ActButton type="submit" why={accept.isPending ? t("state.wait") : hasRead ? null : t("contracts.tick")}>
          {accept.isPending ? t("state.working") : t("contracts.accept")}
        </ActButton>
      </div>
    </form>
  );
}
