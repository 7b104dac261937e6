import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { download } from "../../ui/download.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Problem } from "../../ui/problem.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import classes from "../../ui/stack.module.css";
import { toast } from "../../ui/toast.tsx";
import { PersonLink } from "./person-link.tsx";

type Wish = Output<"listErasures">["data"][number];

/** The wish that the address names: what hinders it, what was done, and what may be decided. */
export function WishDrawer({ rows }: { readonly rows: readonly Wish[] }) {
  return (
    <RowDrawer title={t("privacy.wish")} rows={rows}>
      {(id) => {
        const wish = rows.find((one) => one.id === id);
        return wish === undefined ? null : <Shown key={wish.id} wish={wish} />;
      }}
    </RowDrawer>
  );
}

function Shown({ wish }: { readonly wish: Wish }) {
  return (
    <div className={classes.stack}>
      <Facts
        facts={[
          [t("column.status"), t(`status.erasure.${wish.status}`)],
          [t("privacy.person"), <PersonLink key="id" id={wish.userId} />],
          [t("privacy.origin"), t(`privacy.origin.${wish.origin}`)],
          [t("privacy.asked"), <Moment key="asked" at={wish.askedAt} as="time" />],
          wish.reason === null ? null : [t("privacy.reason"), wish.reason],
          wish.refusal === null ? null : [t("data.refusal"), wish.refusal],
          wish.erasedAt === null ? null : [t("privacy.erased"), <Moment key="at" at={wish.erasedAt} as="time" />],
        ]}
      />
      <Hindrances wish={wish} />
      <Certified wish={wish} />
      <Decide wish={wish} />
    </div>
  );
}

function Hindrances({ wish: { hindrances } }: { readonly wish: Wish }) {
  if (hindrances.length === 0) return null;
  return (
    <div>
      <h3>{t("privacy.hindrances")}</h3>
      <ul>
        {hindrances.map(({ kind, account, currency, amount }) => (
          <li key={`${kind} ${account} ${currency}`}>
            {t(`privacy.hindrance.${kind}`)}
            {amount !== undefined && currency !== undefined ? (
              <>
                : <Amount minor={amount} currency={currency} />
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Certified({ wish: { id, certificate } }: { readonly wish: Wish }) {
  const fetchFile = useMutation({
    mutationFn: async () =>
      download(await api.getErasureCertificate({ path: { id } }), `certificate-of-erasure-${id}.pdf`),
  });
  if (certificate === null) return null;
  return (
    <div className={classes.stack}>
      {certificate.ended.length > 0 ? (
        <>
          <h3>{t("privacy.ended")}</h3>
          <ul dir="ltr">
            {certificate.ended.map(({ what, count }) => (
              <li key={what}>
                {what}: {count}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h3>{t("privacy.gone")}</h3>
      <ul>
        {certificate.erased.map(({ source, rows }) => (
          <li key={source}>
            <span dir="ltr">{source}</span>: {t("privacy.records", { count: rows })}
          </li>
        ))}
      </ul>
      <h3>{t("privacy.kept")}</h3>
      <ul dir="ltr">
        {certificate.kept.map(({ rule, what, why }) => (
          <li key={rule}>
            {what}. {why}.
          </li>
        ))}
      </ul>
      {fetchFile.error ? <Problem error={fetchFile.error} /> : null}
      <Button variant="default" onClick={() => fetchFile.mutate()} disabled={fetchFile.isPending}>
        {t("privacy.certificate")}
      </Button>
    </div>
  );
}

function Decide({ wish: { id, status } }: { readonly wish: Wish }) {
  const { may } = useMe();
  const [deciding, setDeciding] = useState<"accept" | "refuse">();
  const done = (words: string): void => {
    setDeciding(undefined);
    toast(words);
  };
  const accept = useAct("acceptErasure", {
    touches: ["listErasures"],
    onDone: (after) => done(after.status === "done" ? t("privacy.erased") : t("privacy.deferred")),
  });
  const refuse = useAct("refuseErasure", { touches: ["listErasures"], onDone: () => done(t("privacy.refused")) });
  if (!may("privacy:write") || (status !== "asked" && status !== "deferred")) return null;
  return (
    <div className={classes.row}>
      <Button onClick={() => setDeciding("accept")}>{t("privacy.accept")}</Button>
      <Button variant="default" onClick={() => setDeciding("refuse")}>
        {t("privacy.refuse")}
      </Button>
      <Dialog
        title={t("privacy.accept")}
        act={t("privacy.accept")}
        isOpen={deciding === "accept"}
        onClose={() => setDeciding(undefined)}
        isBusy={accept.isPending}
        error={accept.error}
        isDestructive
        onSubmit={() => accept.mutate({ path: { id } })}
      >
        <div>{t("privacy.eraseEffect")}</div>
        <div>{t("privacy.acceptEffect")}</div>
      </Dialog>
      <ReasonDialog
        title={t("privacy.refuse")}
        act={t("privacy.refuse")}
        effect={t("privacy.refuseEffect")}
        isOpen={deciding === "refuse"}
        onClose={() => setDeciding(undefined)}
        isBusy={refuse.isPending}
        error={refuse.error}
        onSubmit={(reason) => refuse.mutate({ path: { id }, body: { reason } })}
      />
    </div>
  );
}
