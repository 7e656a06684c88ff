import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import type { Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { Button, LinkButton } from "@/ui/Button";
import { DraftSaved } from "@/ui/ErrorSummary";
import { DateTimeField, TextField } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { Loaded, Notice, ProblemNotice } from "@/ui/states";
import { Tabs } from "@/ui/Tabs";
import { Day } from "@/ui/values";
import { DocumentFields } from "./DocumentFields";
import { fromForm, type TenderForm, toForm } from "./editing";
import { Findings } from "./Findings";
import { LotFields } from "./LotFields";
import "./tenders.css";

/** Writing the documents: sections as tabs, what is still missing beside them. */
export default function EditPage() {
  const { tenderId = "" } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ["tenders", tenderId],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}", { params: { path: { id: tenderId } } })),
  });
  return (
    <Loaded query={query}>
      {(tender) => <Editor key={tender.version} tender={tender} onReload={() => void query.refetch()} />}
    </Loaded>
  );
}

function Editor({ tender, onReload }: { tender: Tender; onReload: () => void }) {
  const { t } = useTranslation("tenders");
  const navigate = useNavigate();
  const form = useDraft<TenderForm>(`tender.${tender.id}.${tender.version}`, toForm(tender));
  const [leave, setLeave] = useState(false);
  const save = useWrite(
    (body: ReturnType<typeof fromForm>, key) =>
      ask(
        api.PUT("/api/v1/tenders/{id}", {
          params: { path: { id: tender.id }, header: { ...ifMatch(tender.version), ...key } },
          body,
        }),
      ),
    {
      refresh: [["tenders"], ["todos"]],
      onDone: () => {
        form.clear();
        if (leave) void navigate({ to: paths.workTender(tender.id) });
      },
    },
  );
  const f = form.value;
  return (
    <>
      <PageHead
        title={t("edit.title")}
        crumbs={[
          { label: t("work.title"), to: paths.workTenders() },
          { label: tender.code, to: paths.workTender(tender.id) },
          { label: t("edit.title") },
        ]}
        sub={tender.title}
      />
      {tender.status !== "drafting" ? (
        <Notice tone="wait">{t("edit.closed")}</Notice>
      ) : (
        <div className="columns">
          <div className="stack">
            <Card>
              <Tabs
                label={t("edit.sections")}
                items={[
                  {
                    id: "general",
                    label: t("edit.general"),
                    content: <General tender={tender} form={f} set={form.set} />,
                  },
                  {
                    id: "documents",
                    label: t("documents.title"),
                    content: (
                      <DocumentFields
                        terms={tender.terms}
                        value={f.document}
                        onChange={(document) => form.set({ document })}
                      />
                    ),
                  },
                  ...f.lots.map((lot, i) => ({
                    id: lot.id,
                    label: f.lots.length === 1 ? t("edit.lot") : t("lot.number", { no: lot.no }),
                    content: (
                      <LotFields
                        terms={tender.terms}
                        value={lot}
                        onChange={(next) => form.set({ lots: f.lots.map((l, j) => (i === j ? next : l)) })}
                      />
                    ),
                  })),
                ]}
              />
            </Card>
            <ProblemNotice problem={save.error} onReload={onReload} />
            <div className="row">
              <Button
                kind="primary"
                busy={save.isPending}
                onClick={() => {
                  setLeave(false);
                  save.mutate(fromForm(f));
                }}
              >
                {t("edit.save")}
              </Button>
              <Button
                busy={save.isPending}
                onClick={() => {
                  setLeave(true);
                  save.mutate(fromForm(f));
                }}
              >
                {t("edit.saveLeave")}
              </Button>
              <LinkButton kind="quiet" to={paths.workTender(tender.id)}>
                {t("edit.back")}
              </LinkButton>
              <DraftSaved at={form.savedAt} />
            </div>
          </div>
          <aside className="stack">
            <Findings tender={tender} />
          </aside>
        </div>
      )}
    </>
  );
}

function General({
  tender,
  form,
  set,
}: {
  tender: Tender;
  form: TenderForm;
  set: (patch: Partial<TenderForm>) => void;
}) {
  const { t } = useTranslation("tenders");
  return (
    <div className="stack measure">
      <TextField
        label={t("edit.name")}
        maxLength={200}
        value={form.title}
        onChange={(title) => set({ title })}
      />
      <DateTimeField
        label={t("facts.deadline")}
        help={t("edit.deadlineHelp", { days: tender.terms.responseDays })}
        value={form.deadline}
        onChange={(deadline) => set({ deadline })}
        hint={
          tender.deadlineMin && (
            <>
              {t("edit.deadlineMin")} <Day at={tender.deadlineMin} />
            </>
          )
        }
      />
      <TextField
        label={t("facts.contact")}
        help={t("edit.contactHelp")}
        maxLength={200}
        value={form.document.contact}
        onChange={(contact) => set({ document: { ...form.document, contact } })}
      />
    </div>
  );
}
