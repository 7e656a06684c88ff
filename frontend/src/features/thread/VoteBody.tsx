import { KeyValue } from "@/ui/layout";
import { Day } from "@/ui/values";
import type { Thread } from "./model";
import { useWords } from "./words";

/** The council's vote with quorum and majority, and the days in which everybody could object. */
export function VoteBody({ thread }: { thread: Thread }) {
  const { t } = useWords();
  const v = thread.deliberation;
  return (
    <div className="stack tight">
      <KeyValue
        items={[
          thread.need.route !== "" && { label: t("vote.route"), value: t(`route.${thread.need.route}`) },
          v && { label: t("vote.heldOn"), value: <Day at={v.heldOn} /> },
          v && {
            label: t("vote.present"),
            value: t("vote.presentOf", { present: v.present, members: v.members, quorum: v.quorum }),
          },
          v && v.recused > 0 && { label: t("vote.recused"), value: t("vote.recusedN", { count: v.recused }) },
          v && {
            label: t("vote.result"),
            value: t("vote.counts", { yes: v.yes, no: v.no, abstain: v.abstain, needed: v.needed }),
          },
          v?.publicUntil !== undefined && { label: t("vote.publicUntil"), value: <Day at={v.publicUntil} /> },
        ]}
      />
      {v?.minutes && <p className="small">{v.minutes}</p>}
      {!v && thread.need.reason && <p className="small">{thread.need.reason}</p>}
    </div>
  );
}
