import { Button, PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import "@mantine/core/styles/ActionIcon.layer.css";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useStrangersDraft } from "../../app/draft.ts";
import { PATHS } from "../../app/paths.ts";
import { openApi } from "../../app/session.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Restored } from "../../ui/restored.tsx";
import { ChooseKind, useOffer } from "./choose-kind.tsx";
import { Door } from "./door.tsx";
import { PARTNER_TYPES, type PartnerType } from "./partner-types.ts";

const EMPTY = { name: "", companyName: "", email: "", password: "" };
const OPTIONS = { unkept: ["password"] } as const;

/** Applies for the programme in two steps: as what, and who. The mail that follows proves the e-mail; the operator decides after that. */
export default function RegisterPage() {
  const { search, change } = useUrlState();
  const draft = useStrangersDraft("register", EMPTY, OPTIONS);
  const form = draft.value;
  const partnerType = PARTNER_TYPES.find((type) => type === search.type);
  const apply = useMutation({
    mutationFn: async (as: PartnerType) => {
      const { companyName, ...rest } = form;
      await openApi.registerPartner({
        body: { ...rest, partnerType: as, ...(companyName === "" ? {} : { companyName }) },
      });
      draft.clear();
      return form;
    },
  });
  const type = (name: keyof typeof EMPTY) => (event: React.ChangeEvent<HTMLInputElement>) => {
    draft.change({ [name]: event.currentTarget.value });
  };
  const again = (): void => {
    draft.change({ ...apply.data, email: "", password: "" });
    apply.reset();
  };
  if (apply.isSuccess) return <Sent email={apply.data.email} partnerType={partnerType} onBack={again} />;
  if (partnerType === undefined) {
    return (
      <Door title={t("register.title")} lead={t("register.kindLead")} isWide>
        <Registration />
        <ChooseKind onChoose={(chosen) => change({ type: chosen }, { replace: false })} />
        <Link to={PATHS.home}>{t("register.have")}</Link>
      </Door>
    );
  }
  return (
    <Door title={t("register.title")} lead={t("register.lead")}>
      <p>
        {t(`partnerType.${partnerType}`)}{" "}
        <Link to={PATHS.register} search={{}}>
          {t("register.another")}
        </Link>
      </p>
      <Form
        act={t("register.act")}
        isBusy={apply.isPending}
        error={apply.error}
        onSubmit={() => apply.mutate(partnerType)}
      >
        <Restored draft={draft} />
        <TextInput
          label={t("field.name")}
          autoComplete="name"
          required
          withAsterisk={false}
          value={form.name}
          onChange={type("name")}
        />
        <TextInput
          label={t("field.optional", { label: t("field.company") })}
          autoComplete="organization"
          maxLength={255}
          value={form.companyName}
          onChange={type("companyName")}
        />
        <TextInput
          label={t("field.email")}
          type="email"
          autoComplete="email"
          required
          withAsterisk={false}
          value={form.email}
          onChange={type("email")}
        />
        <PasswordInput
          label={t("field.password")}
          description={t("register.password")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={12}
          value={form.password}
          onChange={type("password")}
          visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
        />
      </Form>
      <Link to={PATHS.home}>{t("register.have")}</Link>
    </Door>
  );
}

/** Said before anything is typed: that nobody, or not everybody, may register now. */
function Registration() {
  const registration = useOffer().data?.registration;
  if (registration === undefined || registration === "open") return null;
  return <p role="status">{t(`offer.${registration}`)}</p>;
}

/** The mail is on its way: what to do with it, and what if it does not come. */
function Sent(props: {
  readonly email: string;
  readonly partnerType: PartnerType | undefined;
  readonly onBack: () => void;
}) {
  const { email, onBack } = props;
  const tier = useOffer().data?.tiers.find(({ partnerType }) => partnerType === props.partnerType);
  const isAtOnce = tier?.isApprovedAtOnce ?? false;
  const again = useMutation({ mutationFn: () => openApi.requestVerification({ body: { email } }) });
  return (
    <Door
      title={t("register.sentTitle")}
      lead={t(isAtOnce ? "register.sentTextAtOnce" : "register.sentText", { email })}
    >
      <ol style={{ listStyle: "decimal", paddingInlineStart: "1.25rem", display: "grid", gap: "0.25rem" }}>
        <li>{t("register.next.open")}</li>
        <li>{t(isAtOnce ? "register.next.atOnce" : "register.next.review")}</li>
        <li>{t(isAtOnce ? "register.next.setUp" : "register.next.payout")}</li>
      </ol>
      {again.error ? <Problem error={again.error} /> : null}
      {again.isSuccess ? <p role="status">{t("register.sentAgain")}</p> : null}
      <Button variant="default" disabled={again.isPending || again.isSuccess} onClick={() => again.mutate()}>
        {t("register.again")}
      </Button>
      <Button variant="default" onClick={onBack}>
        {t("register.otherEmail")}
      </Button>
      <Link to={PATHS.home}>{t("signIn.back")}</Link>
    </Door>
  );
}
