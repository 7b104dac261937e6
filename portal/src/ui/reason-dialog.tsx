import { Textarea } from "@mantine/core";
import { useState } from "react";
import { t } from "../i18n/messages.ts";
import { Dialog } from "./dialog.tsx";

type ReasonDialogProps = {
  readonly title: string;
  /** What it does, in words and numbers. */
  readonly effect: React.ReactNode;
  readonly act: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSubmit: (reason: string) => void;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly isOptional?: boolean;
  readonly isDestructive?: boolean;
  readonly label?: string;
  /** What is asked besides. */
  readonly children?: React.ReactNode;
};

/** A decision that is written down with its reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { effect, onSubmit, isOptional = false, label = t("field.reason"), children, ...dialog } = props;
  const [reason, setReason] = useState("");
  return (
    <Dialog {...dialog} isReady={isOptional || reason.trim() !== ""} onSubmit={() => onSubmit(reason.trim())}>
      <div>{effect}</div>
      <Textarea
        label={isOptional ? t("field.optional", { label }) : label}
        autosize
        minRows={3}
        maxLength={1000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {children}
    </Dialog>
  );
}
