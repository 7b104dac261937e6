import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { CountryField } from "../../ui/country-field.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { CoBranding } from "./co-branding.tsx";

/** Who the partner is, and its brand where its terms have one. */
export default function Profile() {
  return (
    <>
      <OwnProfile />
      <CoBranding />
    </>
  );
}

/** Who the partner is. */
export function OwnProfile() {
  const profile = useQuery(read("getPartnerProfile"));
  return <Loaded query={profile}>{(data) => <ProfileForm profile={data} />}</Loaded>;
}

function ProfileForm({ profile }: { readonly profile: components["schemas"]["PartnerProfile"] }) {
  const [company, setCompany] = useState(profile.companyName ?? "");
  const [country, setCountry] = useState(profile.country ?? "");
  const save = useAct("updatePartner", { touches: ["getPartnerProfile"], onDone: () => toast(t("settings.saved")) });
  return (
    <Panel>
      <Facts
        facts={[
          [t("field.name"), <bdi key="n">{profile.name}</bdi>],
          [t("field.email"), <bdi key="e">{profile.email}</bdi>],
          [t("column.code"), profile.referralCode],
          [t("column.type"), t(`partnerType.${profile.partnerType}`)],
        ]}
      />
      <hr style={{ border: 0, borderBlockStart: "1px solid var(--hairline)", margin: "1rem 0" }} />
      <Allowed scope="own:profile:write" isExplained>
        <Form
          act={t("settings.save")}
          isBusy={save.isPending}
          error={save.error}
          onSubmit={() => save.mutate({ body: { companyName: company || null, country: country || null } })}
        >
          <TextInput
            label={t("field.company")}
            autoComplete="organization"
            maxLength={200}
            value={company}
            onChange={(event) => setCompany(event.currentTarget.value)}
          />
          <CountryField label={t("field.country")} value={country} onChange={setCountry} />
        </Form>
      </Allowed>
    </Panel>
  );
}
