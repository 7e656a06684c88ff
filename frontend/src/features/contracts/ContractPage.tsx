import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { Milestones } from "./Milestones";
import { type ContractView, contractQuery } from "./model";
import { ContractSteps, ContractSums, ContractTerms } from "./parts";

// For the few who rate or change a contract, and for contracts that were changed.
const OpinionForm = lazy(() => import("./OpinionForm").then((m) => ({ default: m.OpinionForm })));
const Supplements = lazy(() => import("./Supplements").then((m) => ({ default: m.Supplements })));

/** A published contract, for anybody: what was promised, delivered, accepted and paid. */
export default function ContractPage() {
  const { contractId } = useParams({ strict: false }) as { contractId: string };
  const query = useQuery(contractQuery(contractId));
  return <Loaded query={query}>{(c) => <Contract c={c} reload={() => void query.refetch()} />}</Loaded>;
}

function Contract({ c, reload }: { c: ContractView; reload: () => void }) {
  const { t } = useTranslation("contracts");
  const session = useSession();
  return (
    <>
      <PageHead
        title={c.title}
        mark={<Status machine="contract" state={c.status} />}
        crumbs={[{ label: t("list.title"), to: paths.contracts() }, { label: c.code }]}
        sub={t("detail.sub", { buyer: c.buyerName, supplier: c.supplierName, place: c.placeName })}
        actions={
          <span className="row tight">
            <LinkButton small icon="print" to={paths.contractPrint(c.id)}>
              {t("detail.print")}
            </LinkButton>
            {session && c.insider && (
              <LinkButton small to={paths.workContract(c.id)}>
                {t("detail.toWork")}
              </LinkButton>
            )}
          </span>
        }
      />
      <div className="stack loose">
        {c.statusReason && ["suspended", "terminated", "rescinded"].includes(c.status) && (
          <Notice tone="bad">{c.statusReason}</Notice>
        )}
        <ContractSteps c={c} />
        <ContractSums c={c} />
        <div className="columns">
          <div className="stack">
            <Milestones
              c={c}
              tools={(m) =>
                m.mayRate ? (
                  <Suspense>
                    <OpinionForm m={m} />
                  </Suspense>
                ) : null
              }
            />
          </div>
          <aside className="stack">
            <ContractTerms c={c} />
            {(c.insider || c.supplements.length > 0) && (
              <Suspense>
                <Supplements c={c} onReload={reload} />
              </Suspense>
            )}
          </aside>
        </div>
      </div>
    </>
  );
}
