import { FileInput } from "@mantine/core";
import { useState } from "react";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { base64Of } from "../../ui/base64.ts";

export type SentFile = { readonly name: string; readonly content: string };

const BYTES_MAX = 2 * 2 ** 20;
const PICTURES = "image/png,image/jpeg,image/gif,image/webp";
const ACCEPTED = { banner: PICTURES, file: `${PICTURES},application/pdf,text/plain` } as const;

type MaterialFileProps = {
  readonly kind: keyof typeof ACCEPTED;
  readonly onChange: (file: SentFile | undefined) => void;
};

function refusalOf({ size }: File): MessageKey | undefined {
  if (size > BYTES_MAX) return "material.tooLarge";
  return size === 0 ? "field.fileEmpty" : undefined;
}

/** The file of a material. What is too large, or empty, is refused here, before it is sent. */
export function MaterialFile({ kind, onChange }: MaterialFileProps) {
  const [chosen, setChosen] = useState<File | null>(null);
  const [refusal, setRefusal] = useState<MessageKey>();
  const choose = async (file: File | null): Promise<void> => {
    const refused = file === null ? undefined : refusalOf(file);
    const isRefused = refused !== undefined;
    setRefusal(refused);
    setChosen(isRefused ? null : file);
    onChange(file === null || isRefused ? undefined : { name: file.name, content: await base64Of(file) });
  };
  return (
    <FileInput
      label={t(kind === "banner" ? "material.picture" : "material.file")}
      description={t(`material.${kind}.accepted`)}
      placeholder={t("material.choose")}
      clearable
      clearButtonProps={{ "aria-label": t("material.unchoose") }}
      accept={ACCEPTED[kind]}
      value={chosen}
      onChange={(file) => void choose(file)}
      error={refusal ? t(refusal) : undefined}
    />
  );
}
