import { Button, FileInput, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Input, Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { base64Of } from "../../ui/base64.ts";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./brand-preview.module.css";
import { BrandPreview } from "./brand-preview.tsx";
import { BrandVersions } from "./brand-versions.tsx";
import { COLOUR, ColourField } from "./colour-field.tsx";

type Branding = Output<"getBranding">;
type Body = Input<"saveBranding">["body"];

const FONTS = ["inter", "system", "serif"] as const;
const LINKS = ["terms", "privacy", "imprint", "help"] as const;
const MAIL = ["ground", "text", "button", "buttonText"] as const;
const IMAGES = ["logo", "logoDark", "favicon"] as const;

/** How the programme looks: what is set, how it will be, and how it was. */
export default function BrandingSettings() {
  const { may } = useMe();
  const branding = useQuery(read("getBranding"));
  return (
    <Loaded query={branding}>
      {(data) => (
        <>
          <Panel title={t("branding.title")}>
            <BrandForm key={data.version} branding={data} mayChange={may("program:write")} />
          </Panel>
          <BrandVersions branding={data} mayChange={may("program:write")} />
        </>
      )}
    </Loaded>
  );
}

function BrandForm({ branding, mayChange }: { readonly branding: Branding; readonly mayChange: boolean }) {
  const { images, earlier: _, restores: __, savedAt: ___, savedBy: ____, ...kept } = branding;
  const [form, setForm] = useState<Body>(kept);
  const set = (change: Partial<Body>): void => setForm((before) => ({ ...before, ...change }));
  const save = useAct("saveBranding", {
    touches: ["getBranding"],
    onDone: () => toast(t("branding.saved")),
  });
  const colours = [form.accent, ...MAIL.map((name) => form.mail[name])];
  return (
    <div className={classes.split}>
      <Form
        act={t("branding.save")}
        isBusy={save.isPending}
        error={save.error}
        isReady={mayChange && form.name.trim() !== "" && colours.every((colour) => COLOUR.test(colour))}
        onSubmit={() => save.mutate({ body: form })}
      >
        <TextInput
          label={t("field.name")}
          maxLength={80}
          value={form.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <h3>{t("branding.part.colour")}</h3>
        <ColourField label={t("branding.accent")} value={form.accent} onChange={(accent) => set({ accent })} />
        <NativeSelect
          label={t("branding.font")}
          value={form.font}
          onChange={(event) => set({ font: FONTS.find((one) => one === event.currentTarget.value) ?? "inter" })}
          data={FONTS.map((value) => ({ value, label: t(`branding.font.${value}`) }))}
        />
        <NativeSelect
          label={t("branding.radius")}
          value={String(form.radius)}
          onChange={(event) => set({ radius: Number(event.currentTarget.value) })}
          data={["0", "2", "4", "6", "8", "12", "16"]}
        />
        <h3>{t("branding.part.images")}</h3>
        {IMAGES.map((name) => (
          <BrandImage
            key={name}
            name={name}
            kept={images[name]}
            chosen={form[name]}
            onChange={(image) => set({ [name]: image })}
          />
        ))}
        <h3>{t("branding.part.door")}</h3>
        <Textarea
          label={t("branding.welcome")}
          maxLength={500}
          autosize
          value={form.welcome ?? ""}
          onChange={(event) => set({ welcome: event.currentTarget.value || null })}
        />
        {LINKS.map((name) => (
          <TextInput
            key={name}
            label={t(`brand.${name}`)}
            placeholder="https://"
            dir="ltr"
            value={form.links[name] ?? ""}
            onChange={(event) => set({ links: { ...form.links, [name]: event.currentTarget.value || null } })}
          />
        ))}
        <h3>{t("branding.part.mail")}</h3>
        {MAIL.map((name) => (
          <ColourField
            key={name}
            label={t(`branding.mail.${name}`)}
            value={form.mail[name]}
            onChange={(colour) => set({ mail: { ...form.mail, [name]: colour } })}
          />
        ))}
      </Form>
      <BrandPreview look={form} isWhole={colours.every((colour) => COLOUR.test(colour))} />
    </div>
  );
}

type BrandImageProps = {
  readonly name: (typeof IMAGES)[number];
  /** The address of the one that is shown now. */
  readonly kept: string | null;
  /** What is to be saved: nothing changes it, null takes it away. */
  readonly chosen: Body["logo"];
  readonly onChange: (image: NonNullable<Body["logo"]> | null) => void;
};

/** One of the brand's pictures: the one that is there, another in its place, or none. */
function BrandImage({ name, kept, chosen, onChange }: BrandImageProps) {
  return (
    <div>
      <FileInput
        label={t(`branding.${name}`)}
        description={t("branding.image")}
        placeholder={t(kept === null || chosen === null ? "branding.noImage" : "branding.otherImage")}
        accept="image/png,image/jpeg,image/webp,image/gif,image/svg+xml"
        clearable={false}
        onChange={(file) => {
          if (file) void base64Of(file).then((content) => onChange({ name: file.name, content }));
        }}
      />
      {kept !== null && chosen === undefined ? (
        <Group gap="sm" mt="xs">
          <span className={classes.image} data-ground={name === "logoDark" ? "dark" : "light"}>
            <img src={kept} alt={t(`branding.${name}`)} />
          </span>
          <Button variant="default" size="compact-sm" onClick={() => onChange(null)}>
            {t("branding.removeImage")}
          </Button>
        </Group>
      ) : null}
    </div>
  );
}
