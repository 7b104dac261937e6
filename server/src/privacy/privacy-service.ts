import { carryOutDeferred } from "./carry-out-erasure.ts";
import {
  acceptErasure,
  askErasure,
  eraseSubject,
  getOwnErasure,
  refuseErasure,
  withdrawErasure,
} from "./decide-erasure.ts";
import { exportOwn, exportSubject } from "./export-subject.ts";
import { findErasures, getErasure } from "./find-erasures.ts";
import { findSubjects } from "./find-subjects.ts";
import { getCertificate } from "./get-certificate.ts";
import { getRetention } from "./get-retention.ts";
import { findHolds, liftHold, placeHold } from "./place-hold.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";
import { tellErased } from "./tell-erased.ts";

/** What is kept about people: had by them, erased as far as the books allow, and certified. */
export const createPrivacyService = (deps: PrivacyDeps) => ({
  exportOwn: exportOwn(deps),
  exportSubject: exportSubject(deps),
  findSubjects: findSubjects(deps),
  askErasure: askErasure(deps),
  getOwnErasure: getOwnErasure(deps),
  withdrawErasure: withdrawErasure(deps),
  eraseSubject: eraseSubject(deps),
  acceptErasure: acceptErasure(deps),
  refuseErasure: refuseErasure(deps),
  findErasures: findErasures(deps),
  getErasure: getErasure(deps),
  getCertificate: getCertificate(deps),
  placeHold: placeHold(deps),
  liftHold: liftHold(deps),
  findHolds: findHolds(deps),
  getRetention: getRetention(deps),
  carryOutDeferred: carryOutDeferred(deps),
  tellErased: tellErased(deps),
});

export type PrivacyService = ReturnType<typeof createPrivacyService>;
