import { FileInput } from "@mantine/core";
import { useState } from "react";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { base64Of } from "../../ui/base64.ts";

/** A file as the API takes it: its bytes in base64. */
export type TicketFile = { readonly name: string; readonly content: string };

const FILES_MAX = 3;
const BYTES_MAX = 2 * 2 ** 20;

/** What goes along with a message. What is too much, or nothing, is refused here, before it is sent. */
export function TicketFiles({
  files,
  onChange,
}: {
  readonly files: readonly TicketFile[];
  readonly onChange: (files: readonly TicketFile[]) => void;
}) {
  const [refusal, setRefusal] = useState<MessageKey>();
  const [chosen, setChosen] = useState<File[]>([]);
  const choose = async (next: File[]): Promise<void> => {
    const tooMuch = next.length > FILES_MAX || next.some(({ size }) => size > BYTES_MAX);
    const isEmpty = next.some(({ size }) => size === 0);
    setRefusal(tooMuch ? "ticket.filesTooMuch" : isEmpty ? "field.fileEmpty" : undefined);
    if (tooMuch || isEmpty) return;
    setChosen(next);
    onChange(await Promise.all(next.map(async (file) => ({ name: file.name, content: await base64Of(file) }))));
  };
  return (
    <FileInput
      label={t("ticket.files")}
      description={t("ticket.filesText")}
      placeholder={t("field.chooseFiles")}
      multiple
      clearable
      accept="image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain"
      value={files.length === 0 ? [] : chosen}
      onChange={(next) => void choose(next)}
      error={refusal ? t(refusal) : undefined}
    />
  );
}
