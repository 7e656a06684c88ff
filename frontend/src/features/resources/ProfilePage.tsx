import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { Button, LinkButton } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { DraftSaved, ErrorSummary, errorsOf, hasErrors } from "@/ui/ErrorSummary";
import { MoneyField, Select, TextArea, TextField } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { ErrorState, ProblemNotice, Skeleton } from "@/ui/states";
import { NumberField } from "./editors";
import { type Organization, ownQuery, type Profile, refreshed } from "./model";
import { Locations, Qualifications } from "./ProfileParts";
import "./resources.css";

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
  const navigate = useNavigate();
  const draft = useDraft<Profile>(
    old ? `profile.${old.id}.${old.version}` : "profile.new",
    old?.profile ?? blank,
  );
  const v = draft.value;
  const [tried, setTried] = useState(false);
  const write = useWrite(
    (body: Profile, key) =>
      old
        ? ask(
            api.POST("/api/v1/organizations/{id}/describe", {
              params: { path: { id: old.id }, header: { ...ifMatch(old.version), ...key } },
              body,
            }),
          )
        : ask(api.POST("/api/v1/organizations", { params: { header: key }, body })),
    {
      refresh: refreshed,
      onDone: () => {
        draft.clear();
        void navigate({ to: paths.workResources() });
      },
    },
  );
  const errors = tried ? errorsOf(write.error, ids) : {};
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        write.mutate(v);
      }}
    >
      {hasErrors(errors) && <ErrorSummary errors={errors} />}
      <ProblemNotice problem={write.error} />
      <Card title={t("profile.words")}>
        <div className="stack">
          <TextArea
            id="summary"
            label={t("field.summary")}
            help={t("profile.summaryHelp")}
            value={v.summary}
            onChange={(summary) => draft.set({ summary })}
            maxLength={2000}
            error={errors.summary}
          />
          <TextField
            label={t("field.contact")}
            optional
            value={v.contact}
            onChange={(contact) => draft.set({ contact })}
            maxLength={200}
          />
          <TextField
            label={t("field.phone")}
            optional
            value={v.phone}
            onChange={(phone) => draft.set({ phone })}
            maxLength={200}
          />
          <TextField
            id="website"
            label={t("field.website")}
            optional
            placeholder="https://"
            value={v.website}
            onChange={(website) => draft.set({ website })}
            maxLength={200}
            error={errors.website}
          />
          <TextField
            label={t("field.languages")}
            help={t("form.listHelp")}
            optional
            value={v.languages.join("、")}
            onChange={(s) => draft.set({ languages: s ? s.split(/[、,，;；]/) : [] })}
          />
        </div>
      </Card>
      <Card title={t("profile.size")}>
        <div className="stack">
          <Select
            label={t("field.sizeClass")}
            optional
            value={v.sizeClass}
            onChange={(s) => draft.set({ sizeClass: s as Profile["sizeClass"] })}
            options={["micro", "small", "medium", "large"].map((s) => ({ value: s, label: t(`size.${s}`) }))}
          />
          <NumberField
            label={t("field.staff")}
            optional
            value={v.staff}
            onChange={(staff) => draft.set({ staff })}
          />
          <MoneyField
            label={t("field.revenue")}
            optional
            value={v.revenueFen || null}
            onChange={(fen) => draft.set({ revenueFen: fen ?? 0 })}
          />
          <NumberField
            label={t("field.reinvest")}
            help={t("profile.reinvestHelp")}
            optional
            value={v.reinvestBP / 100}
            onChange={(n) => draft.set({ reinvestBP: Math.min(100, n) * 100 })}
          />
          <Checkbox label={t("profile.hub")} checked={v.hub} onChange={(hub) => draft.set({ hub })} />
        </div>
      </Card>
      <Locations v={v} set={draft.set} />
      <Qualifications v={v} set={draft.set} />
      <Card title={t("profile.bank")}>
        <div className="stack">
          <p className="small muted">{t("profile.bankNote")}</p>
          <TextField
            label={t("field.bankName")}
            optional
            value={v.bankName ?? ""}
            onChange={(bankName) => draft.set({ bankName })}
            maxLength={200}
          />
          <TextField
            id="bankAccount"
            label={t("field.bankAccount")}
            optional
            inputMode="numeric"
            value={v.bankAccount ?? ""}
            onChange={(bankAccount) => draft.set({ bankAccount })}
            maxLength={40}
            error={errors.bankAccount}
          />
        </div>
      </Card>
      <div className="row">
        <Button type="submit" kind="primary" busy={write.isPending}>
          {t(old ? "form.save" : "profile.enlist")}
        </Button>
        <LinkButton kind="quiet" to={paths.workResources()}>
          {t("form.back")}
        </LinkButton>
        <DraftSaved at={draft.savedAt} />
      </div>
    </form>
  );
}
