import { Button, Group, Textarea } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { useDraft } from "../../app/draft.ts";
import { PATHS } from "../../app/paths.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";
import { useOffer } from "../sign-in/choose-kind.tsx";
import "../../ui/fields.ts";

const EMPTY = { message: "" };

/** The application was refused: why, as far as it was told, and the two ways on. */
export default function Refused({ profile }: { readonly profile: components["schemas"]["PartnerProfile"] }) {
  const [isOpen, setOpen] = useState(false);
  const draft = useDraft("application", EMPTY);
  const message = draft.value.message.trim();
  const isClosed = useOffer().data?.registration === "closed";
  const apply = useAct("applyAgain", {
    touches: ["getPartnerProfile"],
    onDone: () => {
      draft.clear();
      setOpen(false);
      toast(t("refused.sent"));
    },
  });
  return (
    <Panel>
      <Empty
        title={t("refused.title")}
        text={profile.toldReason ?? t("refused.untold")}
        act={
          <Group gap="0.75rem">
            <Allowed scope="own:profile:write">
              {isClosed ? t("offer.closed") : <Button onClick={() => setOpen(true)}>{t("refused.act")}</Button>}
            </Allowed>
            <Link to={PATHS.support} search={{ act: "ask" }}>
              {t("refused.ask")}
            </Link>
          </Group>
        }
      />
      <Dialog
        title={t("refused.act")}
        act={t("register.act")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isBusy={apply.isPending}
        error={apply.error}
        isReady={message !== ""}
        onSubmit={() => apply.mutate({ body: { message } })}
      >
        <p>{t("refused.effect")}</p>
        <Restored draft={draft} />
        <Textarea
          label={t("refused.message")}
          autosize
          minRows={3}
          maxLength={1000}
          data-autofocus
          value={draft.value.message}
          onChange={(event) => draft.change({ message: event.currentTarget.value })}
        />
      </Dialog>
    </Panel>
  );
}
