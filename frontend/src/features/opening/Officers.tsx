import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { sentenceOf } from "@/lib/problem";
import type { Hall } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { ActionButton } from "@/ui/Button";
import { NextStep } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { ProblemNotice } from "@/ui/states";

/** Who must come and who has reported; an officer reports from his own account. */
export function Officers({ hall }: { hall: Hall }) {
  const { t } = useTranslation("opening");
  const me = useSession()?.personId;
  const mine = hall.officers.find((o) => o.personId === me);
  const attend = useWrite(
    (ceremony: string, key) =>
      ask(
        api.POST("/api/v1/lots/{lotId}/ceremonies/{ceremony}/attend", {
          params: { path: { lotId: hall.lotId, ceremony }, header: key },
        }),
      ),
    { refresh: [["tenders"]] },
  );
  return (
    <NextStep
      title={t("officers.title")}
      who={t("officers.of", { k: hall.threshold, n: hall.officers.length })}
    >
      <ul className="plain stack tight">
        {hall.officers.map((o) => (
          <li key={o.personId} className="row between">
            <span>{o.name}</span>
            <Tag tone={o.present ? "ok" : "plain"}>
              {t(o.present ? "officers.present" : "officers.absent")}
            </Tag>
          </li>
        ))}
      </ul>
      {mine && !mine.present && !hall.openedAt && (
        <ActionButton
          block
          kind={hall.due ? "primary" : "plain"}
          disabled={!hall.due && hall.dueCode !== "committee.incomplete"}
          reason={hall.dueCode ? sentenceOf(hall.dueCode, hall.dueParams) : undefined}
          busy={attend.isPending}
          onClick={() => attend.mutate(hall.ceremony)}
        >
          {t("officers.attend")}
        </ActionButton>
      )}
      <ProblemNotice problem={attend.error} />
    </NextStep>
  );
}
