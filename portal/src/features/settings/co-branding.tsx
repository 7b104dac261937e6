import { FileInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Input, Output } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { base64Of } from "../../ui/base64.ts";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import stack from "../../ui/stack.module.css";
import { BRAND } from "../../ui/theme.ts";
import { toast } from "../../ui/toast.tsx";
import { COLOUR, ColourField } from "./colour-field.tsx";

type Body = Input<"saveCoBranding">["body"];

/** A partner's logo and colour beside the operator's mark, for whose terms have it. */
export function CoBranding() {
  const coBranding = useQuery(read("getCoBranding"));
  if (coBranding.data?.isIncluded === false) return null;
  return (
    <Panel title={t("coBranding.title")}>
      <Loaded query={coBranding}>{(data) => <CoBrandingForm kept={data} />}</Loaded>
    </Panel>
  );
}

function CoBrandingForm({ kept }: { readonly kept: Output<"getCoBranding"> }) {
  const [form, setForm] = useState<Body>({ colour: kept.colour ?? BRAND });
  const save = useAct("saveCoBranding", { touches: ["getCoBranding"], onDone: () => toast(t("settings.saved")) });
  return (
    <div className={stack.stack}>
      <p>{t("coBranding.text")}</p>
      {kept.logo === null ? null : (
        <img src={kept.logo} alt={t("branding.logo")} style={{ maxInlineSize: "12.5rem", maxBlockSize: "3rem" }} />
      )}
      <Allowed scope="own:profile:write" isExplained>
        <Form
          act={t("settings.save")}
          isBusy={save.isPending}
          error={save.error}
          isReady={COLOUR.test(form.colour) && (kept.logo !== null || form.logo !== undefined)}
          isQuiet
          onSubmit={() => save.mutate({ body: form })}
        >
          <ColourField
            label={t("coBranding.colour")}
            value={form.colour}
            onChange={(colour) => setForm((before) => ({ ...before, colour }))}
          />
          <FileInput
            label={t("branding.logo")}
            description={t("coBranding.logoText")}
            placeholder={t(kept.logo === null ? "branding.noImage" : "branding.otherImage")}
            accept="image/png,image/jpeg,image/webp,image/gif,image/svg+xml"
            clearable={false}
            onChange={(file) => {
              if (file)
                void base64Of(file).then((content) =>
                  setForm((before) => ({ ...before, logo: { name: file.name, content } })),
                );
            }}
          />
        </Form>
      </Allowed>
    </div>
  );
}
