import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";

type RoleFormProps<Role extends string> = {
  /** Whose it is, for those who do not see beside whom it stands. */
  readonly name: string;
  readonly role: Role;
  readonly roles: readonly { readonly value: Role; readonly label: string; readonly text: string }[];
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onSubmit: (role: Role) => void;
};

/** Another role for somebody, said before it is given: a list that is walked through by keys gives none. */
export function RoleForm<Role extends string>(props: RoleFormProps<Role>) {
  const { name, role, roles, isBusy, error, onSubmit } = props;
  const [chosen, setChosen] = useState(role);
  return (
    <Form
      act={t("team.changeRole")}
      isBusy={isBusy}
      error={error}
      isReady={chosen !== role}
      isQuiet
      onSubmit={() => onSubmit(chosen)}
    >
      <NativeSelect
        label={t("field.role")}
        aria-label={`${t("field.role")}: ${name}`}
        description={roles.find(({ value }) => value === chosen)?.text}
        data={roles.map(({ value, label }) => ({ value, label }))}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value as Role)}
      />
    </Form>
  );
}
