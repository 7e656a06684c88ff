import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Money } from "@/ui/values";
import { type Fund, fundsQuery } from "./model";
import "./funds.css";

/** Every community fund with what it holds: each figure opens the statement behind it. */
export default function FundsPage() {
  const { t } = useTranslation("funds");
  const query = useQuery(fundsQuery());
  return (
    <>
      <PageHead title={t("list.title")} sub={t("list.lead")} />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("list.none")}>{t("list.noneText")}</Empty>
          ) : (
            <div className="fundcards">
              {items.map((f) => (
                <FundCard key={f.id} fund={f} />
              ))}
            </div>
          )
        }
      </Loaded>
    </>
  );
}

export function FundCard({ fund, to }: { fund: Fund; to?: string }) {
  const { t, lang } = useTranslation("funds");
  return (
    <Card className="fundcard">
      <div className="stack tight">
        <div className="row between">
          <h2>
            <Link to={to ?? paths.fund(fund.id)}>{lang === "en" ? fund.nameEn : fund.name}</Link>
          </h2>
          {fund.status !== "active" && <Status machine="fund" state={fund.status} />}
        </div>
        <p className="small muted">{t("list.kept", { place: fund.placeName, keeper: fund.keeperName })}</p>
        <p className="fundheld">
          <Money fen={fund.heldFen} />
        </p>
        <p className="small">
          {t("list.pledged")} <Money fen={fund.pledgedFen} short /> · {t("list.kept2")}{" "}
          <Money fen={fund.pledgesPaidFen} short />
        </p>
      </div>
    </Card>
  );
}
