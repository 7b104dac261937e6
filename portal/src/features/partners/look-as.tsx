import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { useAct } from "../../app/queries.ts";
import { beginLook } from "../../app/session.ts";
import { t } from "../../i18n/messages.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";

/** Shows the portal as the partner sees it, for a quarter of an hour; nothing can be changed meanwhile. */
export function LookAs({ partner }: { readonly partner: { readonly id: string; readonly title: string } }) {
  const { may } = useMe();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const look = useAct("lookAsPartner", {
    touches: [],
    onDone: ({ accessToken, expiresAt }) => {
      const begin = (): void => beginLook({ token: accessToken, until: new Date(expiresAt), name: partner.title });
      // This page is the team's: it is left before its reads are asked for as the partner.
      void navigate({ to: PATHS.home }).then(begin);
    },
  });
  if (!may("partners:look")) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("look.act")}
      </Button>
      <ReasonDialog
        title={t("look.act")}
        act={t("look.act")}
        effect={t("look.effect")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isBusy={look.isPending}
        error={look.error}
        onSubmit={(reason) => look.mutate({ path: { id: partner.id }, body: { reason } })}
      />
    </>
  );
}
