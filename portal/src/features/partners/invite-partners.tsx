import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { read, useAct } from "../../app/queries.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";

/** As many as the server takes at once. */
const EMAILS_MAX = 200;
/** The features that admit those who are invited: everybody, or them alone. */
const ADMITTING = ["partner-program", "partner-program-beta"];

/** Asks people to apply, by mail. */
export function InvitePartners() {
  const asking = useDialog("invite");
  const { may } = useMe();
  const features = useQuery({ ...read("listFeatures"), enabled: asking.isOpen && may("flags:write") });
  const isClosed = features.data?.data.every(({ key, isEnabled }) => !ADMITTING.includes(key) || !isEnabled) ?? false;
  const [text, setText] = useState("");
  const emails = text.split(/[\s,;]+/).filter((email) => email !== "");
  const invite = useAct("invitePartners", {
    touches: ["listInvitations"],
    onDone: ({ invited }) => {
      asking.onClose();
      setText("");
      toast(t("partners.invited", { count: invited.length }));
    },
  });
  return (
    <>
      <Button onClick={asking.open}>{t("partners.invite")}</Button>
      <Dialog
        title={t("partners.invite")}
        act={t("partners.invite")}
        isOpen={asking.isOpen}
        onClose={asking.onClose}
        isBusy={invite.isPending}
        error={invite.error}
        isReady={emails.length > 0 && emails.length <= EMAILS_MAX}
        onSubmit={() => invite.mutate({ body: { emails } })}
      >
        <p>{t("partners.inviteText")}</p>
        {isClosed ? (
          <p role="note">
            {t("partners.inviteClosed")}{" "}
            <Link to={PATHS.settings} search={{ tab: "features" }}>
              {t("firstSteps.open")}
            </Link>
          </p>
        ) : null}
        <Textarea
          label={t("partners.inviteEmails")}
          description={t("partners.inviteEmailsText", { maximum: EMAILS_MAX })}
          autosize
          minRows={3}
          maxRows={10}
          dir="ltr"
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Dialog>
    </>
  );
}
