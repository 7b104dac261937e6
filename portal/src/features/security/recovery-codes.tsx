import { Modal } from "@mantine/core";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import classes from "../../ui/stack.module.css";

/** Codes for whoever loses the rest: shown once, until they are put away. */
export function RecoveryCodes(props: { readonly codes: readonly string[] | null; readonly onClose: () => void }) {
  return (
    <Modal
      opened={props.codes !== null}
      onClose={props.onClose}
      closeOnClickOutside={false}
      title={t("factor.codes")}
      closeButtonProps={{ "aria-label": t("act.close") }}
      styles={{ content: { background: "var(--card)" }, header: { background: "var(--card)" } }}
    >
      <div className={classes.stack}>
        <p>{t("factor.codesText")}</p>
        <ul dir="ltr" style={{ columns: 2, columnGap: 48, listStyle: "none", padding: 0, fontFamily: "var(--mono)" }}>
          {props.codes?.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <CopyButton text={props.codes?.join("\n") ?? ""} label={t("factor.codes")} />
      </div>
    </Modal>
  );
}
