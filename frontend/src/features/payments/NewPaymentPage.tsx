import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button, LinkButton } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { DraftSaved, ErrorSummary, errorsOf } from "@/ui/ErrorSummary";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Empty, Loaded, ProblemNotice } from "@/ui/states";
import { Day, Money } from "@/ui/values";
import { complete, InvoiceFields, type InvoiceForm, toInvoice } from "./InvoiceFields";
import { type Due, duesQuery, refreshed } from "./model";

/** Asking for payment begins with an accepted delivery; what is left of it is the most that can be asked. */
export default function NewPaymentPage() {
  const { t } = useTranslation("payments");
  const [filters] = useFilters<"milestone">();
  const query = useQuery(duesQuery);
  return (
    <>
      <PageHead
        title={t("new.title")}
        crumbs={[{ label: t("list.title"), to: paths.workPayments() }, { label: t("new.title") }]}
      />
      <Loaded query={query}>
        {(dues) => {
          const due = dues.find((d) => d.milestoneId === filters.milestone);
          return due ? <Request d={due} /> : <Choose dues={dues} />;
        }}
      </Loaded>
    </>
  );
}

function Choose({ dues }: { dues: Due[] }) {
  const { t } = useTranslation("payments");
  if (dues.length === 0) return <Empty title={t("new.none")}>{t("new.noneText")}</Empty>;
  return (
    <div className="stack">
      <p className="muted">{t("new.choose")}</p>
      {dues.map((d) => (
        <Card
          key={d.milestoneId}
          title={`${d.title} · ${d.milestone}`}
          aside={
            <LinkButton small kind="primary" to={paths.workPaymentNew(d.milestoneId)}>
              {t("new.take")}
            </LinkButton>
          }
        >
          <p className="small">
            <Money fen={d.leftFen} /> · {t("due.on")} <Day at={d.dueOn} />
          </p>
        </Card>
      ))}
    </div>
  );
}

const start = (d: Due): InvoiceForm => ({
  number: "",
  issuedOn: "",
  item: "",
  rate: "600",
  totalFen: d.leftFen,
  file: [],
  buyerName: d.invoice.buyerName,
  buyerUscc: d.invoice.buyerUscc,
  sellerName: d.invoice.sellerName,
  sellerUscc: d.invoice.sellerUscc,
});

function Request({ d }: { d: Due }) {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const draft = useDraft<InvoiceForm>(`payment.${d.milestoneId}`, start(d));
  const write = useWrite(
    (f: InvoiceForm, key) =>
      ask(
        api.POST("/api/v1/payments", {
          params: { header: key },
          body: { milestoneId: d.milestoneId, amountFen: f.totalFen ?? 0, invoice: toInvoice(f) },
        }),
      ),
    {
      refresh: refreshed,
      onDone: (done) => {
        draft.clear();
        void navigate({ to: paths.workPayment(done.id) });
      },
    },
  );
  return (
    <div className="columns">
      <Card title={t("invoice.title")} aside={<DraftSaved at={draft.savedAt} />}>
        <div className="stack">
          <ErrorSummary errors={errorsOf(write.error)} />
          <InvoiceFields f={draft.value} onChange={draft.set} />
          <ProblemNotice problem={write.error} />
          <div>
            <Button
              kind="primary"
              busy={write.isPending}
              disabled={!complete(draft.value)}
              onClick={() => write.mutate(draft.value)}
            >
              {t("new.send")}
            </Button>
          </div>
        </div>
      </Card>
      <aside className="stack first">
        <Card title={t("new.for")}>
          <KeyValue
            items={[
              { label: t("col.contract"), value: `${d.title} · ${d.milestone}` },
              { label: t("due.left"), value: <Money fen={d.leftFen} /> },
              { label: t("due.label"), value: <Day at={d.dueOn} /> },
              d.lateDays > 0 && { label: t("due.late"), value: t("due.days", { count: d.lateDays }) },
            ]}
          />
          <p className="small muted">{t("new.next")}</p>
        </Card>
      </aside>
    </div>
  );
}
