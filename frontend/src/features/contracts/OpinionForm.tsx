import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { TextArea } from "@/ui/fields";
import { Notice, ProblemNotice } from "@/ui/states";
import type { MilestoneView } from "./model";

/** A resident says what he thinks of a delivery; saying it again replaces it. */
export function OpinionForm({ m }: { m: MilestoneView }) {
  const { t } = useTranslation("contracts");
  const [rating, setRating] = useState(m.mine ? String(m.mine.rating) : "");
  const [text, setText] = useState(m.mine?.text ?? "");
  const write = useWrite(
    (body: { rating: number; text?: string }, key) =>
      ask(
        api.POST("/api/v1/milestones/{id}/opinions", { params: { path: { id: m.id }, header: key }, body }),
      ),
    { refresh: [["contracts"]] },
  );
  const low = rating !== "" && Number(rating) < 4;
  return (
    <div className="stack tight voicebox">
      <h3 className="sub">{t("opinion.title", { title: m.title })}</h3>
      {m.mine && <Notice tone="ok">{t("opinion.given", { rating: m.mine.rating })}</Notice>}
      <RadioGroup
        label={t("opinion.rating")}
        layout="inline"
        value={rating}
        onChange={setRating}
        options={["5", "4", "3", "2", "1"].map((n) => ({ value: n, label: t(`opinion.r${n}`) }))}
      />
      <TextArea
        label={t("opinion.text")}
        help={t(low ? "opinion.textLow" : "opinion.textHelp")}
        optional={!low}
        value={text}
        onChange={setText}
        maxLength={1000}
      />
      <ProblemNotice problem={write.error} />
      <div>
        <Button
          kind="primary"
          busy={write.isPending}
          disabled={rating === "" || (low && !text.trim())}
          onClick={() => write.mutate({ rating: Number(rating), text: text.trim() || undefined })}
        >
          {t(m.mine ? "opinion.again" : "opinion.send")}
        </Button>
      </div>
    </div>
  );
}
