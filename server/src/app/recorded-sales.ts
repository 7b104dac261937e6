import {
  findRecorded,
  findRecordedOfReferral,
  findRecordedSequence,
  findTransactionsByExternalIds,
} from "../sales/index.ts";

/** What commissions read of the sales below them. */
export const recordedSales = {
  findRecorded,
  findRecordedOfReferral,
  findRecordedSequence,
  findByExternalIds: findTransactionsByExternalIds,
};
