import { Type } from "typebox";
import { DELIVERIES, KIND_NAMES } from "./notice-catalogue.ts";

const Kind = Type.Enum([...KIND_NAMES], { description: "The kind of notice" });
const DeliverySchema = Type.Enum([...DELIVERIES], {
  description: "`daily` and `weekly` (Mondays) come as one mail, in the morning of the programme's time zone",
});

export const PreferencesBody = Type.Object(
  {
    preferences: Type.Array(Type.Object({ kind: Kind, delivery: DeliverySchema }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: KIND_NAMES.length,
    }),
  },
  {
    additionalProperties: false,
    examples: [{ preferences: [{ kind: "commission_approved", delivery: "weekly" }] }],
  },
);

export const PreferencesView = Type.Object({
  data: Type.Array(
    Type.Object(
      {
        kind: Kind,
        when: Type.String({ description: "When it is sent", examples: ["A commission can be paid"] }),
        delivery: DeliverySchema,
        isAlways: Type.Boolean({ description: "About the partner's money or account: it cannot be turned off" }),
      },
      { $id: "NoticePreference" },
    ),
  ),
});
