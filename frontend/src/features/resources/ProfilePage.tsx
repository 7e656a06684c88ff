import { useQuery } from "@tanstack/react-query";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { Checkbox, CheckboxGroup } from "@/ui/choices";
import { Select, TextArea, TextField } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { MoneyField } from "@/ui/MoneyField";
import { ErrorState, Skeleton } from "@/ui/states";
import { NumberField } from "./editors";
import { FormFrame, useResourceForm } from "./FormFrame";
import { type Organization, ownQuery, type Profile } from "./model";
import { Locations, Qualifications } from "./ProfileParts";
import "./resources.css";

/** What can be ticked; others that came with a list stay. */
const spoken = ["zh", "sc", "en", "sign"];

const blank: Profile = {
  summary: "",
  sizeClass: "",
  staff: 0,
  revenueFen: 0,
  reinvestBP: 0,
  hub: false,
  incubates: [],
  contact: "",
  phone: "",
  website: "",
  bankName: "",
  bankAccount: "",
  languages: ["zh"],
  qualifications: [],
  locations: [],
};

/** What my body says of itself: the page everybody reads. */
export default function ProfilePage() {
  const { t } = useTranslation("resources");
  const mine = useSession()?.membership;
  const query = useQuery(ownQuery(mine?.partyId ?? ""));
  const missing = query.data === null;
  return (
    <>
      <PageHead
        title={t("profile.title")}
        sub={t(missing ? "profile.newSub" : "profile.sub")}
        crumbs={[{ label: t("own.title"), to: paths.workResources() }, { label: t("profile.title") }]}
      />
      {query.isPending && <Skeleton lines={8} />}
      {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
      {missing && <Form />}
      {query.data && <Form key={query.data.version} old={query.data} />}
    </>
  );
}

const ids: Record<string, string> = {
  "profile.summary": "summary",
  "profile.website": "website",
  "profile.bankAccount": "bankAccount",
};

function Form({ old }: { old?: Organization }) {
  const { t } = useTranslation("resources");
  const form = useResourceForm<Profile>({
    name: old ? `profile.${old.id}.${old.version}` : "profile.new",
    initial: old?.profile ?? blank,
    ids,
    send: (body, key) =>
      old
        ? ask(
            api.POST("/api/v1/organizations/{id}/describe", {
              params: { path: { id: old.id }, header: { ...ifMatch(old.version), ...key } },
              body,
            }),
          )
        : ask(api.POST("/api/v1/organizations", { params: { header: key }, body })),
  });
  const { v, set, errors } = form;
  return (
    <FormFrame form={form} verb={t(old ? "form.save" : "profile.enlist")}>
      <Card title={t("profile.words")}>
        <div className="stack">
          <TextArea
            id="summary"
            label={t("field.summary")}
            help={t("profile.summaryHelp")}
            value={v.summary}
            onChange={(summary) => set({ summary })}
            maxLength={2000}
            error={errors.summary}
          />
          <TextField
            label={t("field.contact")}
            optional
            value={v.contact}
            onChange={(contact) => set({ contact })}
            maxLength={200}
          />
          <TextField
            label={t("field.phone")}
            optional
            value={v.phone}
            onChange={(phone) => set({ phone })}
            maxLength={200}
          />
          <TextField
            id="website"
            label={t("field.website")}
            optional
            placeholder="https://"
            value={v.website}
            onChange={(website) => set({ website })}
            maxLength={200}
            error={errors.website}
          />
          <CheckboxGroup
            label={t("field.languages")}
            optional
            value={v.languages}
            onChange={(languages) => set({ languages })}
            options={[...new Set([...spoken, ...v.languages])].map((l) => ({
              value: l,
              label: t(`language.${l}`, { defaultValue: l }),
            }))}
          />
        </div>
      </Card>
      <Card title={t("profile.size")}>
        <div className="stack">
          <Select
            label={t("field.sizeClass")}
            optional
            value={v.sizeClass}
            onChange={(s) => set({ sizeClass: s as Profile["sizeClass"] })}
            options={["micro", "small", "medium", "large"].map((s) => ({ value: s, label: t(`size.${s}`) }))}
          />
          <NumberField
            label={t("field.staff")}
            optional
            value={v.staff}
            onChange={(staff) => set({ staff })}
          />
          <MoneyField
            label={t("field.revenue")}
            optional
            value={v.revenueFen || null}
            onChange={(fen) => set({ revenueFen: fen ?? 0 })}
          />
          <NumberField
            label={t("field.reinvest")}
            help={t("profile.reinvestHelp")}
            optional
            value={v.reinvestBP / 100}
            onChange={(n) => set({ reinvestBP: Math.min(100, n) * 100 })}
          />
          <Checkbox label={t("profile.hub")} checked={v.hub} onChange={(hub) => set({ hub })} />
        </div>
      </Card>
      <Locations v={v} set={set} />
      <Qualifications v={v} set={set} />
      <Card title={t("profile.bank")}>
        <div className="stack">
          <p className="small muted">{t("profile.bankNote")}</p>
          <TextField
            label={t("field.bankName")}
            optional
            value={v.bankName ?? ""}
            onChange={(bankName) => set({ bankName })}
            maxLength={200}
          />
          <TextField
            id="bankAccount"
            label={t("field.bankAccount")}
            optional
            inputMode="numeric"
            value={v.bankAccount ?? ""}
            onChange={(bankAccount) => set({ bankAccount })}
            maxLength={40}
            error={errors.bankAccount}
          />
        </div>
      </Card>
    </FormFrame>
  );
}
