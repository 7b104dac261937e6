import { erasesNothing, type PersonalDataSource } from "./personal-data.ts";

/** What passes through: it names people by id, or for hours, and is deleted by itself. */
export const platformPersonalData: readonly PersonalDataSource[] = [
  {
    name: "under-way",
    holds: {
      "idempotency_keys.actor": "passing",
      "idempotency_keys.result": "passing",
      "outbox_events.data": "passing",
      "outbox_events.last_error": "passing",
    },
    collect: async () => [],
    erase: erasesNothing,
  },
];
