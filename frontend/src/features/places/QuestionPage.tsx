import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { listed, useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { usePlaceSearch } from "@/lib/placesearch";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { CheckboxGroup, RadioGroup } from "@/ui/choices";
import { TextArea } from "@/ui/fields";
import { Link } from "@/ui/Link";
import { Card, NextStep, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded, Notice, ProblemNotice } from "@/ui/states";
import { Day } from "@/ui/values";
import type { Question } from "./model";
import "./places.css";

/** Where what stands at an ended place belongs: the candidates with their reasons, and the choice. */
export default function QuestionPage() {
  const { questionId } = useParams({ strict: false });
  const id = questionId ?? "";
  const query = useQuery({
    queryKey: ["place-questions", id],
    queryFn: () => ask(api.GET("/api/v1/place-questions/{id}", { params: { path: { id } } })),
  });
  return (
    <Loaded query={query}>{(q) => <Ask key={q.version} q={q} reload={() => void query.refetch()} />}</Loaded>
  );
}

function Ask({ q, reload }: { q: Question; reload: () => void }) {
  const { t } = useTranslation("places");
  const open = q.state === "open";
  const [chosen, choose] = useState<string[]>([]);
  return (
    <>
      <PageHead
        title={`${q.place.within} ${q.place.name}`}
        mark={<Status machine="rehoming" state={q.state} tone={open ? "wait" : "ok"} />}
        crumbs={[{ label: t("queue.title"), to: paths.workPlaces() }, { label: q.place.name }]}
        sub={
          <>
            {t(`question.${q.kind}`)} <Day at={q.since} /> · {t(`why.${q.reason}`)} ·{" "}
            <Link to={paths.place(q.place.id)}>{t("question.history")}</Link>
          </>
        }
      />
      <div className="columns">
        <div className="stack">
          <Card title={t("question.attached")} aside={q.attached.length}>
            {q.attached.length === 0 ? (
              <p className="muted">{t("question.nothing")}</p>
            ) : open && q.attached.length > 1 ? (
              <CheckboxGroup
                label={t("question.which")}
                help={t("question.whichHelp")}
                optional
                value={chosen}
                onChange={choose}
                options={q.attached.map((a) => ({
                  value: a.id,
                  label: `${t(`attached.${a.kind}`)} ${a.code} ${a.title}`,
                }))}
              />
            ) : (
              <ul className="placelist">
                {q.attached.map((a) => (
                  <li key={a.id}>
                    <span>
                      {t(`attached.${a.kind}`)} {a.title}
                    </span>
                    <span className="small muted">{a.code}</span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
          {!open && q.chosen && (
            <Notice tone="ok">
              {t("question.went")}{" "}
              <Link to={paths.place(q.chosen.id)}>{`${q.chosen.within} ${q.chosen.name}`}</Link>
            </Notice>
          )}
        </div>
        <aside className="stack first">{open && <Choose q={q} ids={chosen} reload={reload} />}</aside>
      </div>
    </>
  );
}

const other = "other";

function Choose({ q, ids, reload }: { q: Question; ids: string[]; reload: () => void }) {
  const { t } = useTranslation("places");
  const [target, setTarget] = useState("");
  const [elsewhere, setElsewhere] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const search = usePlaceSearch(elsewhere, q.place.level);
  const write = useWrite(
    (body: { targetId: string; ids: string[]; reason: string }, key) =>
      ask(
        api.POST("/api/v1/place-questions/{id}/choose", {
          params: { path: { id: q.id }, header: { ...ifMatch(q.version), ...key } },
          body,
        }),
      ),
    { refresh: [["place-questions"], ["places"], ["needs"], ["todos"]] },
  );
  const chosen = target === other ? elsewhere : target;
  const options = [
    ...(q.kind === "split" ? [{ value: q.place.id, label: t("question.stay", { name: q.place.name }) }] : []),
    ...q.candidates.map((c) => ({
      value: c.place.id,
      label: `${c.place.name} · ${c.place.within}`,
      help: listed(c.why.map((w) => t(`why.${w}`))),
    })),
    { value: other, label: t("question.other") },
  ];
  return (
    <NextStep title={t("question.next")} who={t("question.who")}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (chosen && reason.trim()) write.mutate({ targetId: chosen, ids, reason: reason.trim() });
        }}
      >
        <RadioGroup
          label={t("question.where")}
          value={target}
          onChange={setTarget}
          options={options}
          error={tried && !chosen ? t("question.whereMissing") : undefined}
        />
        {target === other && (
          <ComboBox label={t("question.search")} value={elsewhere} onChange={setElsewhere} {...search} />
        )}
        <TextArea
          label={t("question.reason")}
          help={t("question.reasonHelp")}
          value={reason}
          onChange={setReason}
          maxLength={500}
          error={tried && !reason.trim() ? t("question.reasonMissing") : undefined}
        />
        <ProblemNotice problem={write.error} onReload={reload} />
        <Button type="submit" kind="primary" block busy={write.isPending}>
          {ids.length > 0 ? t("question.moveSome", { count: ids.length }) : t("question.moveAll")}
        </Button>
      </form>
    </NextStep>
  );
}
