import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../i18n/messages.ts";

const SAID_MS = 2000;

/** Copies a text and says so on itself. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  };
  return (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={label ? `${t("act.copy")}: ${label}` : undefined}
      onClick={() => void copy()}
    >
      {isCopied ? t("act.copied") : t("act.copy")}
    </Button>
  );
}
