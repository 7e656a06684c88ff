import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { Checkbox, CheckboxGroup } from "@/ui/choices";
import { Select, TextField } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { MoneyField } from "@/ui/MoneyField";
import { Status } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { AreaEditor, CapacityEditor } from "./editors";
import { FireButtons } from "./FireButtons";
import { FormFrame, useResourceForm } from "./FormFrame";
import { type Offer, ownQuery, priceUnits, type ServicePage, serviceQuery } from "./model";
import { WhatCard } from "./WhatCard";
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
  const mine = useSession()?.membership;
  const owner = useQuery(ownQuery(mine?.partyId ?? ""));
  const form = useResourceForm<Offer>({
    name: old ? `service.${old.id}.${old.version}` : "service.new",
    initial: old?.offer ?? blank,
    ids,
    wrong: (v) => ({
      title: v.title.trim().length < 2 ? t("form.titleMissing") : undefined,
      categories: v.categories.length === 0 ? t("form.categoryMissing") : undefined,
      priceUnit: v.highFen > 0 && !v.priceUnit ? t("form.unitMissing") : undefined,
    }),
    send: (v, key) => {
      const body = { ...v, title: v.title.trim() };
      return old
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
          );
    },
  });
  const { v, set, errors } = form;
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
      <FormFrame form={form} verb={t(old ? "form.save" : "form.saveDraft")}>
        <WhatCard v={v} set={set} errors={errors}>
          <TextField
            label={t("field.bring")}
            optional
            value={v.bring ?? ""}
            onChange={(bring) => set({ bring })}
            maxLength={200}
          />
        </WhatCard>
        <Card title={t("form.where")}>
          <div className="stack">
            <AreaEditor areas={v.areas} onChange={(areas) => set({ areas })} />
            {locations.length > 0 && (
              <CheckboxGroup
                id="locationIds"
                label={t("service.locations")}
                optional
                value={v.locationIds}
                onChange={(locationIds) => set({ locationIds })}
                options={locations.map((l) => ({ value: l.id ?? "", label: l.name, help: l.address }))}
              />
            )}
          </div>
        </Card>
        <Card title={t("form.howMuch")}>
          <div className="stack">
            <CapacityEditor capacities={v.capacities} onChange={(capacities) => set({ capacities })} />
            <MoneyField
              label={t("field.low")}
              optional
              value={v.lowFen || null}
              onChange={(fen) => set({ lowFen: fen ?? 0 })}
            />
            <MoneyField
              id="highFen"
              label={t("field.high")}
              optional
              value={v.highFen || null}
              onChange={(fen) => set({ highFen: fen ?? 0 })}
              error={errors.highFen}
            />
            <Select
              id="priceUnit"
              label={t("field.unit")}
              optional
              value={v.priceUnit ?? ""}
              onChange={(priceUnit) => set({ priceUnit: priceUnit as Offer["priceUnit"] })}
              options={priceUnits.map((u) => ({ value: u, label: t(`unit.${u}`) }))}
              error={errors.priceUnit}
            />
            <Checkbox label={t("price.freeForYou")} checked={v.free} onChange={(free) => set({ free })} />
          </div>
        </Card>
      </FormFrame>
    </>
  );
}
