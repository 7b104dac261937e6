import { Modal } from "@mantine/core";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import { t } from "../../i18n/messages.ts";
import { SignInForm } from "./sign-in-form.tsx";

/** Over the page whose session has ended: what was typed behind it is still there afterwards. */
export default function SignInAgain() {
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t("signIn.again")}
    >
      <SignInForm />
    </Modal>
  );
}
