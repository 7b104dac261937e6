import { Textarea, TextInput } from "@mantine/core";
import { t } from "../../i18n/messages.ts";
import { MaterialFile, type SentFile } from "./material-file.tsx";

export type Content = { readonly file: SentFile | undefined; readonly text: string; readonly alt: string };
export const NO_CONTENT: Content = { file: undefined, text: "", alt: "" };
type Kind = "banner" | "text" | "file";

/** Whether everything is there that a material of the kind is made of; whether it is right, the server sees. */
export const isWhole = (kind: Kind, { file, text, alt }: Content): boolean =>
  kind === "text" ? text.trim() !== "" : file !== undefined && (kind === "file" || alt.trim() !== "");

/** The content as the API takes it. */
export const sentContent = (kind: Kind, { file, text, alt }: Content) =>
  kind === "text"
    ? { text }
    : { ...(file === undefined ? {} : { file }), ...(kind === "banner" ? { alt: alt.trim() } : {}) };

type ContentFieldsProps = {
  readonly kind: Kind;
  readonly content: Content;
  readonly onChange: (changed: Partial<Content>) => void;
};

/** What a material is made of: a picture and its words, a text, or a file. */
export function ContentFields({ kind, content, onChange }: ContentFieldsProps) {
  if (kind === "text")
    return (
      <Textarea
        label={t("material.text")}
        description={t("material.textText", { link: "{{link}}", code: "{{code}}", company: "{{company}}" })}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={20_000}
        value={content.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
    );
  return (
    <>
      <MaterialFile kind={kind} onChange={(file) => onChange({ file })} />
      {kind === "banner" ? (
        <TextInput
          label={t("material.alt")}
          description={t("material.altText")}
          maxLength={300}
          value={content.alt}
          onChange={(event) => onChange({ alt: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}
