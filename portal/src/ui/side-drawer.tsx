import { Drawer } from "@mantine/core";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Drawer.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import { t } from "../i18n/messages.ts";

type SideDrawerProps = {
  readonly title: React.ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
};

/** One thing of a list, beside it, at the end of the line: Mantine turns it round with the language. Its name is in the address; closing goes back to the row. */
export function SideDrawer({ title, isOpen, onClose, children }: SideDrawerProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="32.5rem"
      title={
        <span data-autofocus tabIndex={-1} style={{ outline: "none" }}>
          {title}
        </span>
      }
      overlayProps={{ backgroundOpacity: 0.25 }}
      closeButtonProps={{ "aria-label": t("act.close") }}
      styles={{
        content: { background: "var(--card)" },
        header: { background: "var(--card)" },
        title: { fontWeight: 600 },
        // A name of two hundred letters has no place to break by itself.
        body: { display: "flex", flexDirection: "column", gap: "1rem", overflowWrap: "anywhere" },
      }}
    >
      {children}
    </Drawer>
  );
}
