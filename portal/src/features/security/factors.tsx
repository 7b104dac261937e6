import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatAgo, formatDate } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import classes from "../../ui/stack.module.css";
import { toast } from "../../ui/toast.tsx";
import { AddApp } from "./add-app.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { unlessProof, useStepUp } from "./use-step-up.tsx";

type OwnFactors = Output<"getFactors">;
const TOUCHES = ["getFactors", "getMe", "listSessions"] as const;

/** What the reader shows beside the password, to be added and removed. */
export function Factors() {
  const query = useQuery(read("getFactors"));
  return <Loaded query={query}>{(factors) => <Listed factors={factors} />}</Loaded>;
}

function Listed({ factors }: { readonly factors: OwnFactors }) {
  const [adding, setAdding] = useState<"app" | "passkey">();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { needsProof, dialog } = useStepUp();
  const onDone = (): void => toast(t("factor.removed"));
  const removeApp = useAct("removeTotp", { touches: TOUCHES, onDone });
  const removePasskey = useAct("removePasskey", { touches: TOUCHES, onDone });
  const renew = useAct("renewRecoveryCodes", {
    touches: TOUCHES,
    onDone: ({ recoveryCodes }) => setCodes(recoveryCodes),
  });
  const dropApp = (): void => removeApp.mutate({}, { onError: (error) => void needsProof(error, dropApp) });
  const dropPasskey = (id: string): void =>
    removePasskey.mutate({ path: { id } }, { onError: (error) => void needsProof(error, () => dropPasskey(id)) });
  const newCodes = (): void => renew.mutate({}, { onError: (error) => void needsProof(error, newCodes) });
  const enrolled = (given: readonly string[] | null): void => {
    setAdding(undefined);
    toast(t("factor.added"));
    if (given !== null) setCodes(given);
  };
  const error = unlessProof(removeApp.error ?? removePasskey.error ?? renew.error);
  const { totpSince, passkeys, recoveryCodesLeft } = factors;
  const hasNone = totpSince === null && passkeys.length === 0;
  const removeButton = (remove: () => void, name: string) => (
    <Button size="compact-sm" variant="default" onClick={remove} aria-label={`${t("factor.remove")}: ${name}`}>
      {t("factor.remove")}
    </Button>
  );
  return (
    <>
      <Panel title={t("factor.title")}>
        <div className={classes.stack}>
          {error ? <Problem error={error} /> : null}
          {hasNone ? (
            <Empty title={t("factor.none")} text={t("factor.noneText")} />
          ) : (
            <Facts
              facts={[
                totpSince === null
                  ? null
                  : [
                      t("factor.appName"),
                      <>
                        {t("factor.appSince", { day: formatDate(totpSince) })}{" "}
                        {removeButton(dropApp, t("factor.appName"))}
                      </>,
                    ],
                ...passkeys.map(
                  ({ id, name, lastUsedAt }) =>
                    [
                      `${t("factor.passkey")}: ${name}`,
                      <>
                        {lastUsedAt === null
                          ? t("factor.neverUsed")
                          : t("factor.passkeyUsed", { when: formatAgo(lastUsedAt) })}{" "}
                        {removeButton(() => dropPasskey(id), name)}
                      </>,
                    ] as const,
                ),
                [
                  t("factor.codes"),
                  <>
                    {t("factor.codesLeft", { count: recoveryCodesLeft })}{" "}
                    <Button size="compact-sm" variant="default" onClick={newCodes} disabled={renew.isPending}>
                      {t("factor.codesRenew")}
                    </Button>
                  </>,
                ],
              ]}
            />
          )}
          <div className={classes.row}>
            {totpSince === null ? (
              <Button variant="default" onClick={() => setAdding("app")}>
                {t("factor.appAdd")}
              </Button>
            ) : null}
            <Button variant="default" onClick={() => setAdding("passkey")}>
              {t("factor.passkeyAdd")}
            </Button>
          </div>
        </div>
      </Panel>
      {adding === "app" ? <AddApp onClose={() => setAdding(undefined)} onDone={enrolled} touches={TOUCHES} /> : null}
      {adding === "passkey" ? (
        <AddPasskey onClose={() => setAdding(undefined)} onDone={enrolled} touches={TOUCHES} />
      ) : null}
      <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />
      {dialog}
    </>
  );
}
