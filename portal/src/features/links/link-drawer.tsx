import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Allowed } from "../../app/allowed.tsx";
import { read, useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Problem } from "../../ui/problem.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { LandingPageSection } from "./landing-page.tsx";
import { linkName, type ReferralLink } from "./link-words.ts";
import { QrCode } from "./qr-code.tsx";

/** One link: its address to copy, as a QR code to print, and what goes with its clicks. */
export function LinkDrawer({ links }: { readonly links: readonly ReferralLink[] }) {
  const { search, close } = useUrlState();
  const link = links.find(({ id }) => id === search.open);
  return (
    <SideDrawer title={link ? linkName(link) : ""} isOpen={link !== undefined} onClose={close}>
      {link ? <Detail link={link} /> : null}
    </SideDrawer>
  );
}

function Detail({ link }: { readonly link: ReferralLink }) {
  const { data: funnel } = useQuery(read("getConversionFunnel", { query: { period: "90d" } }));
  const counts = funnel?.sources.find(({ linkId }) => linkId === link.id)?.counts;
  const figures = (["clicks", "signups", "qualified"] as const).map(
    (name) => [t(`links.${name}`), formatCount(counts?.[name] ?? 0)] as const,
  );
  const archive = useAct("archiveReferralLink", {
    touches: ["listReferralLinks"],
    onDone: () => toast(t("links.archived")),
  });
  return (
    <>
      <Status of="link" code={link.status} soft />
      <code dir="ltr" style={{ overflowWrap: "anywhere" }}>
        {link.url}
      </code>
      <div>
        <CopyButton text={link.url} />
      </div>
      <QrCode text={link.url} name={link.code} />
      <Facts
        facts={[
          ...(funnel ? figures : []),
          [t("links.code"), link.code],
          [t("links.destination"), link.destination ?? t("links.destinationDefault")],
          ...Object.entries(link.subIds).map(([name, value]) => [t("links.subId", { name }), String(value)] as const),
          [t("column.created"), <Moment key="c" at={link.createdAt} as="time" />],
        ]}
      />
      {link.status === "active" ? (
        <div>
          <p>{t("links.subIdHow")}</p>
          <code dir="ltr" style={{ overflowWrap: "anywhere" }}>
            {link.url}?sub1=sidebar
          </code>
        </div>
      ) : null}
      {link.status === "active" ? <LandingPageSection key={link.id} linkId={link.id} /> : null}
      {archive.error ? <Problem error={archive.error} /> : null}
      {link.status === "active" && !link.isDefault ? (
        <Allowed scope="own:referrals:write">
          <Button
            variant="default"
            disabled={archive.isPending}
            onClick={() => archive.mutate({ path: { id: link.id } })}
          >
            {t("links.archive")}
          </Button>
        </Allowed>
      ) : null}
    </>
  );
}
