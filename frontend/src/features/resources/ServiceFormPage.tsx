import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { Button, LinkButton } from "@/ui/Button";
import { Checkbox, CheckboxGroup } from "@/ui/choices";
import { DraftSaved, ErrorSummary, type Errors, errorsOf, hasErrors } from "@/ui/ErrorSummary";
import { MoneyField, Select, TextArea, TextField } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded, ProblemNotice } from "@/ui/states";
import { CategoryField } from "./CategoryField";
import { AreaEditor, CapacityEditor } from "./editors";
import { FireButtons } from "./FireButtons";
import { type Offer, ownQuery, priceUnits, refreshed, type ServicePage, serviceQuery } from "./model";
import "./resources.css";

const blank: Offer = {
  title: "",
  titleEn: "",
  description: "",
  bring: "",
  categories: [],
  areas: [{ kind: "place", placeId: "" }],
  locationIds: [],
  capacities: [],
  lowFen: 0,
  highFen: 0,
  priceUnit: "",
  free: false,
  languages: ["zh"],
};

/** Adds a service or rewrites one. */
export default function ServiceFormPage() {
  const { serviceId = "new" } = useParams({ strict: false });
  const query = useQuery({ ...serviceQuery(serviceId), enabled: serviceId !== "new" });
  if (serviceId === "new") return <Form key="new" />;
  return <Loaded query={query}>{(s) => <Form key={s.version} old={s} />}</Loaded>;
}

/** The server names fields as "offer.title"; the form's ids are the last part. */
const ids: Record<string, string> = {
  "offer.title": "title",
  "offer.description": "description",
  "offer.categories": "categories",
  "offer.areas": "areas",
  "offer.highFen": "highFen",
  "offer.priceUnit": "priceUnit",
  "offer.locationIds": "locationIds",
};

function Form({ old }: { old?: ServicePage }) {
  const { t } = useTranslation("resources");
  const navigate = useNavigate();
  const mine = useSession()?.membership;
  const owner = useQuery(ownQuery(mine?.partyId ?? ""));
  const draft = useDraft<Offer>(
    old ? `service.${old.id}.${old.version}` : "service.new",
    old?.offer ?? blank,
  );
  const v = draft.value;
  const [tried, setTried] = useState(false);
  const write = useWrite(
    (body: Offer, key) =>
      old
        ? ask(
            api.POST("/api/v1/services/{id}/rewrite", {
              params: { path: { id: old.id }, header: { ...ifMatch(old.version), ...key } },
              body,
            }),
          )
        : ask(
            api.POST("/api/v1/organizations/{id}/services", {
              params: { path: { id: mine?.partyId ?? "" }, header: key },
              body,
            }),
          ),
    {
      refresh: refreshed,
      onDone: () => {
        draft.clear();
        void navigate({ to: paths.workResources() });
      },
    },
  );
  const own: Errors = {
    title: v.title.trim().length < 2 ? t("form.titleMissing") : undefined,
    categories: v.categories.length === 0 ? t("form.categoryMissing") : undefined,
    priceUnit: v.highFen > 0 && !v.priceUnit ? t("form.unitMissing") : undefined,
  };
  const errors = tried ? { ...errorsOf(write.error, ids), ...own } : {};
  const locations = owner.data?.profile.locations ?? [];
  return (
    <>
      <PageHead
        title={old ? old.offer.title : t("own.addService")}
        mark={old && <Status machine="service" state={old.state} />}
        crumbs={[{ label: t("own.title"), to: paths.workResources() }, { label: t("service.title") }]}
        actions={
          old && <FireButtons kind="services" id={old.id} version={old.version} actions={old.actions} />
        }
      />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!hasErrors(own)) write.mutate({ ...v, title: v.title.trim() });
        }}
      >
        {hasErrors(errors) && <ErrorSummary errors={errors} />}
        <ProblemNotice problem={write.error} />
        <Card title={t("form.what")}>
          <div className="stack">
            <TextField
              id="title"
              label={t("field.title")}
              value={v.title}
              onChange={(title) => draft.set({ title })}
              error={errors.title}
              maxLength={200}
            />
            <TextField
              label={t("field.titleEn")}
              optional
              value={v.titleEn ?? ""}
              onChange={(titleEn) => draft.set({ titleEn })}
              maxLength={200}
            />
            <CategoryField
              value={v.categories}
              onChange={(categories) => draft.set({ categories })}
              error={errors.categories}
            />
            <TextArea
              id="description"
              label={t("field.description")}
              optional
              value={v.description ?? ""}
              onChange={(description) => draft.set({ description })}
              maxLength={2000}
            />
            <TextField
              label={t("field.bring")}
              optional
              value={v.bring ?? ""}
              onChange={(bring) => draft.set({ bring })}
              maxLength={200}
            />
          </div>
        </Card>
        <Card title={t("form.where")}>
          <div className="stack">
            <AreaEditor areas={v.areas} onChange={(areas) => draft.set({ areas })} />
            {locations.length > 0 && (
              <CheckboxGroup
                id="locationIds"
                label={t("service.locations")}
                optional
                value={v.locationIds}
                onChange={(locationIds) => draft.set({ locationIds })}
                options={locations.map((l) => ({ value: l.id ?? "", label: l.name, help: l.address }))}
              />
            )}
          </div>
        </Card>
        <Card title={t("form.howMuch")}>
          <div className="stack">
            <CapacityEditor capacities={v.capacities} onChange={(capacities) => draft.set({ capacities })} />
            <MoneyField
              label={t("field.low")}
              optional
              value={v.lowFen || null}
              onChange={(fen) => draft.set({ lowFen: fen ?? 0 })}
            />
            <MoneyField
              id="highFen"
              label={t("field.high")}
              optional
              value={v.highFen || null}
              onChange={(fen) => draft.set({ highFen: fen ?? 0 })}
              error={errors.highFen}
            />
            <Select
              id="priceUnit"
              label={t("field.unit")}
              optional
              value={v.priceUnit ?? ""}
              onChange={(priceUnit) => draft.set({ priceUnit: priceUnit as Offer["priceUnit"] })}
              options={priceUnits.map((u) => ({ value: u, label: t(`unit.${u}`) }))}
              error={errors.priceUnit}
            />
            <Checkbox
              label={t("price.freeForYou")}
              checked={v.free}
              onChange={(free) => draft.set({ free })}
            />
          </div>
        </Card>
        <div className="row">
          <Button type="submit" kind="primary" busy={write.isPending}>
            {t(old ? "form.save" : "form.saveDraft")}
          </Button>
          <LinkButton kind="quiet" to={paths.workResources()}>
            {t("form.back")}
          </LinkButton>
          <DraftSaved at={draft.savedAt} />
        </div>
      </form>
    </>
  );
}
