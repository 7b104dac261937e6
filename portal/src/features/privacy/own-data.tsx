import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { api } from "../../app/api.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatDate } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { download } from "../../ui/download.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import classes from "../../ui/stack.module.css";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";

type Own = Output<"getOwnErasure">["erasure"];

/** What is kept about the reader, to be had, and the wish to be forgotten. */
export default function OwnData() {
  const wish = useQuery(read("getOwnErasure"));
  const { needsProof, dialog } = useStepUp();
  const take = useMutation({
    mutationFn: async () => download(await api.exportOwnData(), "my-data.zip"),
    onError: (error) => void needsProof(error, () => take.mutate()),
  });
  const error = unlessProof(take.error);
  return (
    <>
      <Panel title={t("settings.data")}>
        <div className={classes.stack}>
          <p>{t("data.exportText")}</p>
          {error ? <Problem error={error} /> : null}
          <Button onClick={() => take.mutate()} disabled={take.isPending}>
            {t("data.export")}
          </Button>
        </div>
      </Panel>
      <Panel title={t("data.forgetTitle")}>
        <Loaded query={wish}>{({ erasure }) => <Wish wish={erasure} />}</Loaded>
      </Panel>
      <Allowed scope="own:account:close">
        <CloseAccount />
      </Allowed>
      {dialog}
    </>
  );
}

/** The partnership's end, by the partner's own word. */
function CloseAccount() {
  const profile = useQuery(read("getPartnerProfile"));
  const [isAsked, setAsked] = useState(false);
  const [typed, setTyped] = useState("");
  const { needsProof, dialog } = useStepUp();
  const close = useAct("closeAccount", {
    touches: ["getPartnerProfile", "getOwnErasure"],
    onDone: () => {
      setAsked(false);
      toast(t("account.closed"));
    },
  });
  const send = (): void => close.mutate({}, { onError: (error) => void needsProof(error, send) });
  const code = profile.data?.referralCode;
  if (code === undefined) return null;
  if (profile.data?.status === "terminated") return <Panel title={t("account.close")}>{t("account.isClosed")}</Panel>;
  return (
    <Panel title={t("account.close")}>
      <div className={classes.stack}>
        <p>{t("account.closeEffect")}</p>
        <Button variant="outline" onClick={() => setAsked(true)}>
          {t("account.close")}
        </Button>
      </div>
      <Dialog
        title={t("account.close")}
        act={t("account.close")}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        isBusy={close.isPending}
        error={unlessProof(close.error)}
        isReady={typed.trim() === code}
        isDestructive
        onSubmit={send}
      >
        <p>{t("account.closeEffect")}</p>
        <TextInput
          label={t("account.typeCode", { code })}
          dir="ltr"
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Dialog>
      {dialog}
    </Panel>
  );
}

function Wish({ wish }: { readonly wish: Own }) {
  const [isAsking, setAsking] = useState(false);
  const ask = useAct("askErasure", {
    touches: ["getOwnErasure"],
    onDone: () => {
      setAsking(false);
      toast(t("data.asked"));
    },
  });
  const withdraw = useAct("withdrawErasure", {
    touches: ["getOwnErasure"],
    onDone: () => toast(t("data.withdrawn")),
  });
  const isOpen = wish !== null && (wish.status === "asked" || wish.status === "deferred");
  return (
    <div className={classes.stack}>
      <p>{t("data.forgetEffect")}</p>
      {wish === null ? null : (
        <Facts
          facts={[
            [t("column.status"), t(`status.erasure.${wish.status}`)],
            wish.status === "asked" ? [t("privacy.due"), formatDate(wish.dueAt)] : null,
            wish.hindrances.length === 0
              ? null
              : [t("privacy.hindrances"), wish.hindrances.map(({ kind }) => t(`privacy.hindrance.${kind}`)).join("; ")],
            wish.refusal === null ? null : [t("data.refusal"), wish.refusal],
          ]}
        />
      )}
      {withdraw.error ? <Problem error={withdraw.error} /> : null}
      {isOpen ? (
        <Button variant="default" onClick={() => withdraw.mutate({})} disabled={withdraw.isPending}>
          {t("data.withdraw")}
        </Button>
      ) : (
        <Button variant="outline" onClick={() => setAsking(true)}>
          {t("data.forget")}
        </Button>
      )}
      <ReasonDialog
        title={t("data.forget")}
        act={t("data.forget")}
        effect={t("data.forgetEffect")}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        isBusy={ask.isPending}
        error={ask.error}
        isOptional
        isDestructive
        onSubmit={(reason) => ask.mutate({ body: reason === "" ? {} : { reason } })}
      />
    </div>
  );
}
