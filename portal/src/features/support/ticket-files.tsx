import { FileInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { base64Of } from "../../ui/base64.ts";

/** A file as the API takes it: its bytes in base64. */
export type TicketFile = { readonly name: string; readonly content: string };

const FILES_MAX = 3;
const BYTES_MAX = 2 * 2 ** 20;

/** What goes along with a message. What is too much is refused here, before it is sent. */
export function TicketFiles({
  files,
  onChange,
}: {
  readonly files: readonly TicketFile[];
  readonly onChange: (files: readonly TicketFile[]) => void;
}) {
  const [isTooMuch, setTooMuch] = useState(false);
  const [chosen, setChosen] = useState<File[]>([]);
  const choose = async (next: File[]): Promise<void> => {
    const tooMuch = next.length > FILES_MAX || next.some(({ size }) => size > BYTES_MAX);
    setTooMuch(tooMuch);
    if (tooMuch) return;
    setChosen(next);
    onChange(await Promise.all(next.map(async (file) => ({ name: file.name, content: await base64Of(file) }))));
  };
  return (
    <FileInput
      label={t("ticket.files")}
      description={t("ticket.filesText")}
      multiple
      clearable
      accept="image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain"
      value={files.length === 0 ? [] : chosen}
      onChange={(next) => void choose(next)}
      error={isTooMuch ? t("ticket.filesTooMuch") : undefined}
    />
  );
}
