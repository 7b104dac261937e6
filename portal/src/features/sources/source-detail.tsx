import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import stack from "../../ui/stack.module.css";
import { StatusMark } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { SecretOnce } from "../developers/secret-once.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { GiveSecret } from "./give-secret.tsx";
import { SetUp } from "./set-up.tsx";
import { lookOfSource, type Source } from "./source-words.ts";

const TOUCHES = ["listRevenueSources"] as const;

type SourceDetailProps = {
  readonly source: Source;
  /** That was just made for it: shown now and never again. */
  readonly secret: string | null;
};

/** One billing system: what is to be done there, when it was last heard of, and its secret. */
export function SourceDetail({ source, secret: first }: SourceDetailProps) {
  const { may } = useMe();
  const [secret, setSecret] = useState(first);
  const { kind, name, createdAt, lastHeardAt, previousSecretUntil } = source;
  return (
    <>
      <div>
        <StatusMark
          look={lookOfSource(source)}
          note={lastHeardAt === null ? null : <Moment at={lastHeardAt} as="ago" />}
          soft
        />
      </div>
      {secret === null ? null : <SecretOnce name={name} secret={secret} />}
      {lastHeardAt === null || secret !== null ? (
        <SetUp source={source} />
      ) : (
        <details>
          <summary>{t("sources.setUp")}</summary>
          <SetUp source={source} />
        </details>
      )}
      <Facts
        facts={[
          [t("column.type"), t(`sources.kind.${kind}`)],
          [t("column.created"), <Moment key="c" at={createdAt} as="time" />],
          [t("sources.lastHeard"), <Moment key="h" at={lastHeardAt} as="time" />],
          previousSecretUntil === null
            ? null
            : [t("sources.earlierSecret"), <Moment key="p" at={previousSecretUntil} as="time" />],
        ]}
      />
      {may("sources:write") ? (
        <>
          <SourceActs source={source} onSecret={setSecret} />
          <RenameSource key={name} source={source} />
        </>
      ) : null}
    </>
  );
}

function SourceActs({ source, onSecret }: { readonly source: Source; readonly onSecret: (secret: string) => void }) {
  const { id, kind, name, hasSecret, isEnabled } = source;
  const [asked, setAsked] = useState<"secret" | "off">();
  const close = (): void => setAsked(undefined);
  const turn = useAct("updateRevenueSource", {
    touches: TOUCHES,
    onDone: (changed) => {
      close();
      toast(t(changed.isEnabled ? "sources.turnedOn" : "sources.turnedOff"));
    },
  });
  const { needsProof, dialog } = useStepUp();
  const send = (to: boolean): void =>
    turn.mutate(
      { path: { id }, body: { isEnabled: to } },
      { onError: (error) => void needsProof(error, () => send(to)) },
    );
  const secretWords =
    kind === "generic" ? t("sources.newSecret") : t(hasSecret ? "sources.otherSecret" : "sources.giveSecret");
  return (
    <>
      <div className={stack.row}>
        <Button variant={hasSecret ? "default" : "filled"} onClick={() => setAsked("secret")}>
          {secretWords}
        </Button>
        {isEnabled ? (
          <Button variant="default" onClick={() => setAsked("off")}>
            {t("sources.turnOff")}
          </Button>
        ) : (
          <Button variant="default" disabled={turn.isPending} onClick={() => send(true)}>
            {t("sources.turnOn")}
          </Button>
        )}
      </div>
      {asked === "secret" ? (
        <GiveSecret
          source={source}
          words={secretWords}
          onClose={close}
          onDone={(secret) => {
            close();
            if (secret === null) toast(t("sources.secretKept"));
            else onSecret(secret);
          }}
        />
      ) : null}
      <Dialog
        title={t("sources.turnOff")}
        act={t("sources.turnOff")}
        isOpen={asked === "off"}
        onClose={close}
        isBusy={turn.isPending}
        error={unlessProof(turn.error)}
        isDestructive
        onSubmit={() => send(false)}
      >
        <p>{t("sources.turnOffEffect", { name })}</p>
      </Dialog>
      {dialog}
    </>
  );
}

function RenameSource({ source }: { readonly source: Source }) {
  const [typed, setName] = useState(source.name);
  const name = typed.trim();
  const rename = useAct("updateRevenueSource", { touches: TOUCHES, onDone: () => toast(t("settings.saved")) });
  const { needsProof, dialog } = useStepUp();
  const send = (): void =>
    rename.mutate({ path: { id: source.id }, body: { name } }, { onError: (error) => void needsProof(error, send) });
  return (
    <>
      <Form
        act={t("settings.save")}
        isBusy={rename.isPending}
        error={unlessProof(rename.error)}
        isReady={name !== "" && name !== source.name}
        isQuiet
        onSubmit={send}
      >
        <TextInput
          label={t("field.name")}
          maxLength={100}
          value={typed}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Form>
      {dialog}
    </>
  );
}
