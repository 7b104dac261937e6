import { Checkbox, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { t } from "../../i18n/messages.ts";
import { TIERS } from "./material-words.ts";

export type About = {
  readonly title: string;
  readonly description: string;
  readonly destinationUrl: string;
  readonly tiers: readonly string[];
};
export const NOTHING: About = { title: "", description: "", destinationUrl: "", tiers: [] };
type Tier = (typeof TIERS)[number];

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** The same as the API takes it: no tier at all means whoever's terms include marketing tools. */
export const sentAbout = ({ title, description, destinationUrl, tiers }: About) => ({
  title: title.trim(),
  description: orNull(description),
  destinationUrl: orNull(destinationUrl),
  tiers: tiers.length === 0 ? null : TIERS.filter((tier): tier is Tier => tiers.includes(tier)),
});

type AboutFieldsProps = { readonly about: About; readonly onChange: (changed: Partial<About>) => void };

/** What is said of a material, who sees it, and where its link leads. */
export function AboutFields({ about, onChange }: AboutFieldsProps) {
  const optional = (label: string): string => t("field.optional", { label });
  return (
    <>
      <TextInput
        label={t("material.name")}
        maxLength={200}
        value={about.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <Textarea
        label={optional(t("material.description"))}
        autosize
        minRows={2}
        maxLength={2000}
        value={about.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <Checkbox.Group
        label={t("material.tiers")}
        description={t("material.tiersText")}
        value={[...about.tiers]}
        onChange={(tiers) => onChange({ tiers })}
      >
        <div style={{ display: "flex", flexWrap: "wrap", gap: "0.75rem", marginBlockStart: "0.5rem" }}>
          {TIERS.map((tier) => (
            <Checkbox key={tier} value={tier} label={t("tier.name", { tier: tier.replace("tier", "") })} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        label={optional(t("material.destination"))}
        description={t("material.destinationText")}
        type="url"
        dir="ltr"
        maxLength={2000}
        value={about.destinationUrl}
        onChange={(event) => onChange({ destinationUrl: event.currentTarget.value })}
      />
    </>
  );
}
