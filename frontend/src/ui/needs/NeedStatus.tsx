import { Status } from "../Status";

/** The answer when there is one, the stage otherwise. */
export function NeedStatus({ need }: { need: { stage: string; outcome: string } }) {
  if (need.outcome !== "none") return <Status machine="need_outcome" state={need.outcome} />;
  return <Status machine="need" state={need.stage} />;
}
