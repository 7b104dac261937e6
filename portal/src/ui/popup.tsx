import { Modal } from "@mantine/core";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import { t } from "../i18n/messages.ts";

type PopupProps = {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
};

/** What stands before the page until it is answered or closed. */
export function Popup({ title, isOpen = true, onClose, children }: PopupProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("act.close") }}
      styles={{
        title: { fontWeight: 600 },
        content: { background: "var(--card)" },
        header: { background: "var(--card)" },
      }}
    >
      {children}
    </Modal>
  );
}
