import { asPartner, type Stage, type StagedPartner } from "./demo-stage.ts";

/** Somebody wishes to be forgotten, and somebody's data is held for a lawsuit. Told again it is the same. */
export async function stagePrivacy(stage: Stage, cast: readonly StagedPartner[], end: Date): Promise<void> {
  const { privacy } = stage.app;
  const by = (company: string) => cast.find((partner) => partner.cast.company === company);
  const [leaving, sued] = [by("Northgate Accounting"), by("Copper Kettle")];
  if (leaving !== undefined)
    await privacy.askErasure(asPartner(stage, leaving, end), { reason: "We are closing our office" });
  if (sued === undefined) return;
  const [person] = (await privacy.findSubjects(stage.at(end), { email: sued.cast.email })).data;
  if (person === undefined || (await privacy.findHolds(stage.at(end), { userId: person.userId })).data.length > 0)
    return;
  await privacy.placeHold(stage.at(end), { userId: person.userId, reason: "Trade mark case about search ads" });
}
