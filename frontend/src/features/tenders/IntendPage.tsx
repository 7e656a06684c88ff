import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { useDraft } from "@/lib/draft";
import { isoDate } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { DraftSaved, ErrorSummary, errorsOf } from "@/ui/ErrorSummary";
import { Select, TextArea, TextField } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { Loaded, Notice, ProblemNotice } from "@/ui/states";

/** The first public word of a purchase: what will be bought, for how much, in which month. */
export default function IntendPage() {
  const { t } = useTranslation("tenders");
  const navigate = useNavigate();
  const { project: given = "" } = useSearch({ strict: false }) as { project?: string };
  const form = useDraft("tender.intend", {
    projectId: given,
    summary: "",
    month: isoDate(serverNow()).slice(0, 7),
    hurry: false,
    urgent: "",
  });
  const v = { ...form.value, projectId: given || form.value.projectId };
  const projects = useQuery({
    queryKey: ["projects", "planned"],
    queryFn: () =>
      ask(api.GET("/api/v1/work/projects", { params: { query: { status: ["planned"], limit: 100 } } })),
  });
  const intend = useWrite(
    (body: { projectId: string; procedure: string; summary: string; month: string; urgent?: string }, key) =>
      ask(api.POST("/api/v1/tenders", { params: { header: key }, body })),
    {
      refresh: [["tenders"], ["projects"], ["todos"]],
      onDone: (out) => {
        form.clear();
        void navigate({ to: paths.workTender(out.id) });
      },
    },
  );
  const errors = errorsOf(intend.error);
  const submit = () =>
    intend.mutate({
      projectId: v.projectId,
      procedure: "consultation.services",
      summary: v.summary,
      month: v.month,
      urgent: v.hurry ? v.urgent : undefined,
    });
  return (
    <>
      <PageHead
        title={t("intend.title")}
        sub={t("intend.sub")}
        crumbs={[{ label: t("work.title"), to: paths.workTenders() }, { label: t("intend.title") }]}
      />
      <Loaded query={projects}>
        {(found) => (
          <Card>
            <form
              className="stack measure"
              onSubmit={(e) => {
                e.preventDefault();
                submit();
              }}
            >
              <ErrorSummary errors={errors} />
              <Select
                id="projectId"
                label={t("intend.project")}
                help={t("intend.projectHelp")}
                value={v.projectId}
                onChange={(projectId) => form.set({ projectId })}
                options={found.items.map((p) => ({ value: p.id, label: `${p.code} ${p.title}` }))}
              />
              {found.items.length === 0 && <Notice tone="wait">{t("intend.noProject")}</Notice>}
              <TextArea
                id="summary"
                label={t("intend.summary")}
                help={t("intend.summaryHelp")}
                maxLength={2000}
                value={v.summary}
                error={errors.summary}
                onChange={(summary) => form.set({ summary })}
              />
              <TextField
                id="month"
                label={t("intend.month")}
                type="month"
                value={v.month}
                error={errors.month}
                onChange={(month) => form.set({ month })}
              />
              <Checkbox
                label={t("intend.hurry")}
                help={t("intend.hurryHelp")}
                checked={v.hurry}
                onChange={(hurry) => form.set({ hurry })}
              />
              {v.hurry && (
                <TextArea
                  label={t("intend.urgent")}
                  value={v.urgent}
                  onChange={(urgent) => form.set({ urgent })}
                />
              )}
              <Notice>{t("intend.public")}</Notice>
              <ProblemNotice problem={intend.error} />
              <div className="row">
                <Button
                  type="submit"
                  kind="primary"
                  busy={intend.isPending}
                  disabled={!v.projectId || !v.summary}
                >
                  {t("intend.submit")}
                </Button>
                <DraftSaved at={form.savedAt} />
              </div>
            </form>
          </Card>
        )}
      </Loaded>
    </>
  );
}
