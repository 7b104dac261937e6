import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMe } from "../../app/me.ts";
import { openApi } from "../../app/session.ts";
import { t } from "../../i18n/messages.ts";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import stack from "../../ui/stack.module.css";

/** Another password, by a link to the reader's own mailbox: whoever finds a browser open cannot change it. */
export function ChangePassword() {
  const { email } = useMe().user;
  const ask = useMutation({ mutationFn: () => openApi.requestPasswordReset({ body: { email } }) });
  return (
    <Panel title={t("field.password")}>
      <div className={stack.stack}>
        <p>{t("password.text")}</p>
        {ask.error ? <Problem error={ask.error} /> : null}
        {ask.isSuccess ? <p role="status">{t("password.sent", { email })}</p> : null}
        <div className={stack.row}>
          <Button variant="default" disabled={ask.isPending || ask.isSuccess} onClick={() => ask.mutate()}>
            {t("password.act")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
