import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { useFilters } from "@/ui/Chips";
import type { Errors } from "@/ui/ErrorSummary";
import { DateField, TextField } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { MoneyField } from "@/ui/MoneyField";
import { Status } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { AccessEditor, HoursEditor, NumberField, PlaceField } from "./editors";
import { FireButtons } from "./FireButtons";
import { FormFrame, useResourceForm } from "./FormFrame";
import { type Item, type ItemBody, itemQuery } from "./model";
import { WhatCard } from "./WhatCard";
import "./resources.css";

type Kind = "venue" | "volunteer";

const blank = (placeId: string): ItemBody => ({
  title: "",
  categories: [],
  placeId,
  week: [],
  access: [],
  persons: 0,
  wanted: 0,
});

/** Adds a room or volunteer hours, or rewrites one. */
export default function ItemFormPage() {
  const { resourceId = "new" } = useParams({ strict: false });
  const [filters] = useFilters<"kind">();
  const query = useQuery({ ...itemQuery(resourceId), enabled: resourceId !== "new" });
  if (resourceId === "new") {
    const kind: Kind = filters.kind === "volunteer" ? "volunteer" : "venue";
    return <Form key={kind} kind={kind} />;
  }
  return <Loaded query={query}>{(i) => <Form key={i.version} kind={i.kind as Kind} old={i} />}</Loaded>;
}

const ids: Record<string, string> = {
  "facts.title": "title",
  "facts.categories": "categories",
  "facts.placeId": "placeId",
  "facts.persons": "persons",
  "facts.wanted": "wanted",
  "facts.week": "week",
};

function Form({ kind, old }: { kind: Kind; old?: Item }) {
  const { t } = useTranslation("resources");
  const place = useSession()?.membership?.placeId ?? "";
  const venue = kind === "venue";
  const form = useResourceForm<ItemBody>({
    name: old ? `item.${old.id}.${old.version}` : `item.${kind}`,
    initial: old?.facts ?? blank(place),
    ids,
    wrong: (v) => ({
      title: v.title.trim().length < 2 ? t("form.titleMissing") : undefined,
      categories: v.categories.length === 0 ? t("form.categoryMissing") : undefined,
      placeId: v.placeId ? undefined : t("form.placeMissing"),
      persons: venue && !v.persons ? t("form.personsMissing") : undefined,
      wanted: !venue && !v.wanted ? t("form.wantedMissing") : undefined,
      week: !venue && v.week.length === 0 ? t("form.weekMissing") : undefined,
    }),
    send: (v, key) => {
      const facts = { ...v, title: v.title.trim() };
      return old
        ? ask(
            api.POST("/api/v1/resources/{id}/rewrite", {
              params: { path: { id: old.id }, header: { ...ifMatch(old.version), ...key } },
              body: facts,
            }),
          )
        : ask(api.POST("/api/v1/resources", { params: { header: key }, body: { kind, facts } }));
    },
  });
  const { v, set, errors } = form;
  return (
    <>
      <PageHead
        title={old ? old.facts.title : t(venue ? "own.addVenue" : "own.addHours")}
        mark={old && <Status machine="resource" state={old.state} />}
        crumbs={[{ label: t("own.title"), to: paths.workResources() }, { label: t(`itemKind.${kind}`) }]}
        actions={
          old && <FireButtons kind="resources" id={old.id} version={old.version} actions={old.actions} />
        }
      />
      <FormFrame form={form} verb={t(old ? "form.save" : "form.saveDraft")}>
        <WhatCard v={v} set={set} errors={errors} />
        <Card title={t("form.where")}>
          <div className="stack">
            <PlaceField
              id="placeId"
              label={t("field.place")}
              value={v.placeId}
              onChange={(placeId) => set({ placeId })}
              level={5}
              error={errors.placeId}
            />
            <TextField
              label={t("field.address")}
              optional
              value={v.address ?? ""}
              onChange={(address) => set({ address })}
              maxLength={200}
            />
            <TextField
              label={t("field.phone")}
              optional
              value={v.phone ?? ""}
              onChange={(phone) => set({ phone })}
              maxLength={200}
            />
          </div>
        </Card>
        <Card title={t(venue ? "item.size" : "item.hands")}>
          <div className="stack">
            {venue ? (
              <VenueFields v={v} set={set} errors={errors} />
            ) : (
              <HoursFields v={v} set={set} errors={errors} />
            )}
            <HoursEditor
              title={t(venue ? "item.hours" : "item.shifts")}
              week={v.week}
              onChange={(week) => set({ week })}
            />
            {errors.week && <p className="error">{errors.week}</p>}
          </div>
        </Card>
      </FormFrame>
    </>
  );
}

interface PartProps {
  v: ItemBody;
  set: (patch: Partial<ItemBody>) => void;
  errors: Errors;
}

function VenueFields({ v, set, errors }: PartProps) {
  const { t } = useTranslation("resources");
  return (
    <>
      <NumberField
        id="persons"
        label={t("form.persons")}
        value={v.persons ?? 0}
        onChange={(persons) => set({ persons })}
        error={errors.persons}
      />
      <NumberField
        label={t("form.sqm")}
        optional
        value={v.areaSqm ?? 0}
        onChange={(areaSqm) => set({ areaSqm })}
      />
      <MoneyField
        label={t("item.rent")}
        help={t("form.rentHelp")}
        optional
        value={v.hourFen || null}
        onChange={(fen) => set({ hourFen: fen ?? 0 })}
      />
      <TextField
        label={t("item.booking")}
        optional
        value={v.booking ?? ""}
        onChange={(booking) => set({ booking })}
        maxLength={200}
      />
      <AccessEditor facts={v.access ?? []} onChange={(access) => set({ access })} />
    </>
  );
}

function HoursFields({ v, set, errors }: PartProps) {
  const { t } = useTranslation("resources");
  return (
    <>
      <NumberField
        id="wanted"
        label={t("form.wanted")}
        value={v.wanted ?? 0}
        onChange={(wanted) => set({ wanted })}
        error={errors.wanted}
      />
      <DateField label={t("item.from")} optional value={v.from ?? ""} onChange={(from) => set({ from })} />
      <DateField
        label={t("item.until")}
        optional
        value={v.until ?? ""}
        onChange={(until) => set({ until })}
      />
      <TextField
        label={t("item.skills")}
        help={t("form.listHelp")}
        optional
        value={(v.skills ?? []).join("、")}
        onChange={(s) => set({ skills: s ? s.split(/[、,，;；]/) : [] })}
      />
    </>
  );
}
