import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Panel } from "../../ui/panel.tsx";

/** A secret that is shown now and never again. */
export function SecretOnce({ name, secret }: { readonly name: string; readonly secret: string }) {
  return (
    <Panel title={t("secret.title", { name })} aside={<CopyButton text={secret} label={name} />}>
      <p>{t("secret.text")}</p>
      <code dir="ltr" style={{ overflowWrap: "anywhere", fontFamily: "var(--mono)" }}>
        {secret}
      </code>
    </Panel>
  );
}
