import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useDraft } from "@/lib/draft";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { Button, IconButton, LinkButton } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { ComboBox } from "@/ui/ComboBox";
import { CheckboxGroup } from "@/ui/choices";
import { DraftSaved, ErrorSummary, type Errors, errorsOf, hasErrors } from "@/ui/ErrorSummary";
import { Select, TextArea, TextField } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { MoneyField } from "@/ui/MoneyField";
import { Empty, Loaded, ProblemNotice } from "@/ui/states";
import { Money } from "@/ui/values";
import { type ProjectView, projectQuery, refreshed } from "./model";
import "./projects.css";

interface LotRow {
  key: number;
  title: string;
  fen: number | null;
}

interface Values {
  title: string;
  summary: string;
  track: string;
  category: string;
  placeId: string;
  beneficiaries: string;
  needIds: string[];
  lots: LotRow[];
}

/** Bundles adopted needs into a proposal, or rewrites one. */
export default function ProposePage() {
  const { t } = useTranslation("projects");
  const [filters] = useFilters<"project" | "need">();
  const old = useQuery({ ...projectQuery(filters.project ?? ""), enabled: Boolean(filters.project) });
  return (
    <>
      <PageHead
        title={t(filters.project ? "propose.rewriteTitle" : "propose.title")}
        crumbs={[{ label: t("work.title"), to: paths.workProjects() }, { label: t("propose.title") }]}
        sub={t("propose.sub")}
      />
      {filters.project ? (
        <Loaded query={old}>{(p) => <Proposal key={p.version} old={p} />}</Loaded>
      ) : (
        <Proposal first={filters.need} />
      )}
    </>
  );
}

function start(track: string, placeId: string, first?: string, old?: ProjectView): Values {
  if (!old) {
    return {
      title: "",
      summary: "",
      track,
      category: "",
      placeId,
      beneficiaries: "",
      needIds: first ? [first] : [],
      lots: [{ key: 1, title: "", fen: null }],
    };
  }
  return {
    title: old.title,
    summary: old.summary,
    track: old.track,
    category: old.category,
    placeId: old.placeId,
    beneficiaries: old.beneficiaries ? String(old.beneficiaries) : "",
    needIds: old.needs.map((n) => n.id),
    lots: old.lots.map((l) => ({ key: l.number, title: l.title, fen: l.amountFen })),
  };
}

const trackOf: Record<string, string> = { community_worker: "C", fund_manager: "F" };

function Proposal({ old, first }: { old?: ProjectView; first?: string }) {
  const { t } = useTranslation("projects");
  const navigate = useNavigate();
  const membership = useSession()?.membership;
  const draft = useDraft<Values>(
    old ? `project.${old.id}.${old.version}` : "project.new",
    start(trackOf[membership?.role ?? ""] ?? "G", membership?.placeId ?? "", first, old),
  );
  const v = draft.value;
  const [checked, setChecked] = useState(false);
  const body = {
    title: v.title.trim(),
    summary: v.summary.trim(),
    track: v.track as "G" | "C" | "F",
    category: v.category,
    placeId: v.placeId,
    beneficiaries: Number(v.beneficiaries) || undefined,
    needIds: v.needIds,
    lots: v.lots.map((l) => ({ title: l.title.trim() || v.title.trim(), amountFen: l.fen ?? 0 })),
  };
  const write = useWrite(
    (b: typeof body, key) =>
      old
        ? ask(
            api.PUT("/api/v1/projects/{id}", {
              params: { path: { id: old.id }, header: { ...ifMatch(old.version), ...key } },
              body: b,
            }),
          )
        : ask(api.POST("/api/v1/projects", { params: { header: key }, body: b })),
    {
      refresh: refreshed,
      onDone: (p) => {
        draft.clear();
        void navigate({ to: paths.workProject(p.id) });
      },
    },
  );
  const errors: Errors = {
    title: v.title.trim() ? undefined : t("propose.error.title"),
    summary: v.summary.trim() ? undefined : t("propose.error.summary"),
    category: v.category ? undefined : t("propose.error.category"),
    needIds: v.needIds.length ? undefined : t("propose.error.needs"),
    lots: v.lots.every((l) => l.fen && l.fen > 0) ? undefined : t("propose.error.lots"),
  };
  const shown = checked ? errors : errorsOf(write.error);
  return (
    <form
      className="stack measureform"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (!hasErrors(errors)) write.mutate(body);
      }}
    >
      {checked && <ErrorSummary errors={errors} />}
      <PlaceAndNeeds v={v} set={draft.set} error={shown.needIds} own={old?.id} />
      <Words v={v} set={draft.set} errors={shown} />
      <Lots v={v} set={draft.set} error={shown.lots} />
      <ProblemNotice problem={write.error} />
      <div className="row">
        <Button kind="primary" type="submit" busy={write.isPending}>
          {t(old ? "propose.save" : "propose.submit")}
        </Button>
        <LinkButton to={old ? paths.workProject(old.id) : paths.workProjects()}>
          {t("form.cancel")}
        </LinkButton>
        <DraftSaved at={draft.savedAt} />
      </div>
    </form>
  );
}

interface PartProps {
  v: Values;
  set: (patch: Partial<Values>) => void;
}

/** Which adopted needs inside the place no other project has taken up. */
function PlaceAndNeeds({ v, set, error, own }: PartProps & { error?: string; own?: string }) {
  const { t } = useTranslation("projects");
  const categories = useCategories();
  const membership = useSession()?.membership;
  const places = useQuery({
    queryKey: ["places", "within", membership?.placeId],
    enabled: Boolean(membership?.placeId),
    queryFn: async () =>
      (await ask(api.GET("/api/v1/places", { params: { query: { parent: membership?.placeId } } }))).items,
  });
  const needs = useQuery({
    queryKey: ["needs", "bundleable", v.placeId, own],
    enabled: Boolean(v.placeId),
    queryFn: async () =>
      (
        await ask(
          api.GET("/api/v1/project-needs", { params: { query: { placeId: v.placeId, projectId: own } } }),
        )
      ).items,
  });
  const pick = (needIds: string[]) => {
    const chosen = (needs.data ?? []).filter((n) => needIds.includes(n.id));
    set({ needIds, category: v.category || chosen[0]?.category || "" });
  };
  return (
    <Card title={t("propose.needs")}>
      <div className="stack">
        <Select
          label={t("propose.place")}
          help={t("propose.placeHelp")}
          value={v.placeId}
          onChange={(placeId) => set({ placeId, needIds: [] })}
          options={[
            ...(membership ? [{ value: membership.placeId, label: membership.placeName }] : []),
            ...(places.data ?? []).map((p) => ({ value: p.id, label: p.name })),
          ]}
        />
        <Loaded query={needs} lines={3}>
          {(list) =>
            list.length === 0 ? (
              <Empty
                title={t("propose.noNeeds")}
                action={<LinkButton to={paths.workNeeds()}>{t("propose.toNeeds")}</LinkButton>}
              >
                {t("propose.noNeedsText")}
              </Empty>
            ) : (
              <CheckboxGroup
                id="needIds"
                label={t("propose.choose")}
                error={error}
                layout="boxed"
                value={v.needIds}
                onChange={pick}
                options={list.map((n) => ({
                  value: n.id,
                  label: n.title,
                  help: (
                    <>
                      {n.placeName} · {categories.name(n.category)} ·{" "}
                      {t("propose.households", { count: n.households })}
                      {n.estimateFen > 0 && (
                        <>
                          {" "}
                          · {t("propose.estimate")} <Money fen={n.estimateFen} short />
                        </>
                      )}
                    </>
                  ),
                }))}
              />
            )
          }
        </Loaded>
      </div>
    </Card>
  );
}

function Words({ v, set, errors }: PartProps & { errors: Errors }) {
  const { t } = useTranslation("projects");
  const categories = useCategories();
  return (
    <Card title={t("propose.words")}>
      <div className="stack">
        <TextField
          id="title"
          label={t("field.title")}
          help={t("propose.titleHelp")}
          error={errors.title}
          value={v.title}
          onChange={(title) => set({ title })}
          maxLength={60}
        />
        <TextArea
          id="summary"
          label={t("field.summary")}
          help={t("propose.summaryHelp")}
          error={errors.summary}
          value={v.summary}
          onChange={(summary) => set({ summary })}
          maxLength={2000}
          rows={6}
        />
        <ComboBox
          id="category"
          label={t("field.category")}
          error={errors.category}
          value={v.category}
          onChange={(category) => set({ category })}
          options={categories.options}
        />
        <Select
          label={t("field.track")}
          help={t("propose.trackHelp")}
          value={v.track}
          onChange={(track) => set({ track })}
          options={["G", "C", "F"].map((k) => ({ value: k, label: t(`track.${k}`) }))}
        />
        <TextField
          label={t("field.beneficiaries")}
          optional
          inputMode="numeric"
          className="short"
          value={v.beneficiaries}
          onChange={(n) => set({ beneficiaries: n.replace(/\D/g, "") })}
        />
      </div>
    </Card>
  );
}

function Lots({ v, set, error }: PartProps & { error?: string }) {
  const { t } = useTranslation("projects");
  const patch = (key: number, change: Partial<LotRow>) =>
    set({ lots: v.lots.map((l) => (l.key === key ? { ...l, ...change } : l)) });
  const sum = v.lots.reduce((total, l) => total + (l.fen ?? 0), 0);
  return (
    <Card title={t("propose.lots")} aside={sum > 0 && <Money fen={sum} />}>
      <div className="stack" id="lots" tabIndex={-1}>
        <p className="muted">{t("propose.lotsHelp")}</p>
        <div className="repeat">
          {v.lots.map((l, i) => (
            <div className="repeatrow" key={l.key}>
              <TextField
                label={t("propose.lotTitle", { number: i + 1 })}
                optional={v.lots.length === 1}
                value={l.title}
                onChange={(title) => patch(l.key, { title })}
                maxLength={60}
              />
              <MoneyField
                label={t("lot.amount")}
                error={error && !l.fen ? error : undefined}
                value={l.fen}
                onChange={(fen) => patch(l.key, { fen })}
              />
              {v.lots.length > 1 ? (
                <IconButton
                  icon="cross"
                  label={t("form.remove")}
                  onClick={() => set({ lots: v.lots.filter((o) => o.key !== l.key) })}
                />
              ) : (
                <span />
              )}
            </div>
          ))}
        </div>
        <div>
          <Button
            small
            icon="plus"
            onClick={() =>
              set({
                lots: [...v.lots, { key: Math.max(...v.lots.map((l) => l.key)) + 1, title: "", fen: null }],
              })
            }
          >
            {t("propose.addLot")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
