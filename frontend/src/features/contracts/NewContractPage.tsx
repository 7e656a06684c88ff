import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { Card, PageHead } from "@/ui/layout";
import { Empty, ProblemNotice } from "@/ui/states";
import { refreshed } from "./model";

/** A contract begins with an announced award: parties, price and the last day to sign come from it. */
export default function NewContractPage() {
  const { t } = useTranslation("contracts");
  const navigate = useNavigate();
  const [filters] = useFilters<"award">();
  const write = useWrite(
    (body: { awardId: string }, key) => ask(api.POST("/api/v1/contracts", { params: { header: key }, body })),
    { refresh: refreshed, onDone: (done) => void navigate({ to: paths.workContract(done.id) }) },
  );
  return (
    <>
      <PageHead
        title={t("new.title")}
        crumbs={[{ label: t("work.title"), to: paths.workContracts() }, { label: t("new.title") }]}
      />
      {filters.award ? (
        <Card>
          <div className="stack measure">
            <p>{t("new.text")}</p>
            <ul>
              <li>{t("new.price")}</li>
              <li>{t("new.budget")}</li>
              <li>{t("new.next")}</li>
            </ul>
            <ProblemNotice problem={write.error} />
            <div>
              <Button
                kind="primary"
                busy={write.isPending}
                onClick={() => write.mutate({ awardId: filters.award ?? "" })}
              >
                {t("new.button")}
              </Button>
            </div>
          </div>
        </Card>
      ) : (
        <Empty title={t("new.none")}>{t("new.noneText")}</Empty>
      )}
    </>
  );
}
