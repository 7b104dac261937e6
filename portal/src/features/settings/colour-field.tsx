import { TextInput } from "@mantine/core";
import { t } from "../../i18n/messages.ts";

/** A colour as the API takes it. */
export const COLOUR = /^#[0-9a-f]{6}$/;

/** A colour, typed or picked. */
export function ColourField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const isColour = COLOUR.test(value);
  return (
    <TextInput
      label={label}
      dir="ltr"
      maxLength={7}
      value={value}
      error={isColour ? null : t("branding.notAColour")}
      onChange={(event) => onChange(event.currentTarget.value.toLowerCase())}
      rightSection={
        <input
          type="color"
          aria-label={t("branding.pick", { name: label })}
          value={isColour ? value : "#000000"}
          onChange={(event) => onChange(event.currentTarget.value)}
          style={{ inlineSize: "1.5rem", blockSize: "1.5rem", border: 0, padding: 0, background: "none" }}
        />
      }
    />
  );
}
