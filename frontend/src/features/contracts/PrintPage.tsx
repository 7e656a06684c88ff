import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "@/lib/i18n";
import { Capitals } from "@/ui/Capitals";
import { PrintView } from "@/ui/PrintView";
import { Loaded } from "@/ui/states";
import { Day, Money, Percent } from "@/ui/values";
import { type ContractView, contractQuery } from "./model";
import "./contracts.css";

/** The contract as a sheet of A4, with amounts in capitals and room for both seals. */
export default function PrintPage() {
  const { contractId } = useParams({ strict: false }) as { contractId: string };
  const query = useQuery(contractQuery(contractId));
  return <Loaded query={query}>{(c) => <Sheet c={c} />}</Loaded>;
}

function Sheet({ c }: { c: ContractView }) {
  const { t } = useTranslation("contracts");
  return (
    <PrintView title={c.title} code={c.code}>
      <div className="contracttext">
        <p>
          {t("print.parties", {
            buyer: c.buyerName,
            buyerUscc: c.buyerUscc,
            supplier: c.supplierName,
            supplierUscc: c.supplierUscc,
          })}
        </p>
        <h2>{t("print.amount")}</h2>
        <p>
          <Money fen={c.valueFen} />（<Capitals fen={c.valueFen} />）
        </p>
        {c.supplementFen > 0 && (
          <p>
            {t("print.supplements")} <Money fen={c.supplementFen} />
          </p>
        )}
        <h2>{t("print.term")}</h2>
        <p>
          <Day full at={c.termFrom} /> – <Day full at={c.termUntil} />
        </p>
        <h2>{t("print.deliveries")}</h2>
        {c.milestones.map((m) => (
          <div key={m.id}>
            <p>
              <strong>
                {m.number}. {m.title}
              </strong>{" "}
              · <Day full at={m.dueOn} /> · <Money fen={m.amountFen} />（<Capitals fen={m.amountFen} />）
            </p>
            <ul>
              {m.items.map((it, i) => (
                <li key={i}>
                  {it.name}：
                  {it.kind === "deliverable"
                    ? t("item.deliver")
                    : t(`item.${it.direction || "at_least"}`, {
                        target: it.target ?? "",
                        unit: it.unit ?? "",
                      })}
                  （<Percent bp={it.weightBp} />）
                </li>
              ))}
            </ul>
          </div>
        ))}
        <h2>{t("print.payment")}</h2>
        <p>
          {t("print.paymentText", {
            acceptance: c.acceptanceDays,
            payment: c.paymentDays,
            rate: Number(c.dailyInterest) * 100,
          })}
        </p>
        <p>{t("print.noConditions")}</p>
        <div className="signs">
          <div>
            {t("print.buyerSeal")}
            <br />
            {c.buyerSignature && (
              <>
                <span>{c.buyerSignature.name}</span> <Day full at={c.buyerSignature.at} />
              </>
            )}
          </div>
          <div>
            {t("print.supplierSeal")}
            <br />
            {c.supplierSignature && (
              <>
                <span>{c.supplierSignature.name}</span> <Day full at={c.supplierSignature.at} />
              </>
            )}
          </div>
        </div>
        <p className="tiny muted wrapany">
          {t("print.hash")} {c.textHash}
        </p>
      </div>
    </PrintView>
  );
}
