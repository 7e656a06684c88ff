import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { usePlaceSearch } from "@/lib/placesearch";
import { useWrite } from "@/lib/query";
import { hasRole, useSession } from "@/lib/session";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { errorsOf } from "@/ui/ErrorSummary";
import { FormDialog } from "@/ui/FormDialog";
import { TextArea, TextField } from "@/ui/fields";
import { PageHead } from "@/ui/layout";
import { Empty, Loaded } from "@/ui/states";
import { FundCard } from "./FundsPage";
import { fundsChanged, fundsQuery } from "./model";
import "./funds.css";

/** The funds one's foundation keeps. */
export default function WorkFundsPage() {
  const { t } = useTranslation("funds");
  const session = useSession();
  const keeper = hasRole("auditor") ? undefined : session?.membership?.partyId;
  const query = useQuery(fundsQuery(keeper));
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageHead
        title={t("work.title")}
        sub={t("work.lead")}
        actions={
          hasRole("fund_manager") && (
            <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
              {t("establish.title")}
            </Button>
          )
        }
      />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("work.none")}>{t("work.noneText")}</Empty>
          ) : (
            <div className="fundcards">
              {items.map((f) => (
                <FundCard key={f.id} fund={f} to={paths.workFund(f.id)} />
              ))}
            </div>
          )
        }
      </Loaded>
      {making && <EstablishDialog onClose={() => setMaking(false)} />}
    </>
  );
}

const level = { community: 5 };

function EstablishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("funds");
  const navigate = useNavigate();
  const [v, setV] = useState({ name: "", nameEn: "", purpose: "", placeId: "" });
  const search = usePlaceSearch(v.placeId, level.community);
  const make = useWrite(
    (input: typeof v, key) => ask(api.POST("/api/v1/funds", { params: { header: key }, body: input })),
    {
      refresh: fundsChanged,
      onDone: (fund) => void navigate({ to: paths.workFund(fund.id) }),
    },
  );
  const errors = errorsOf(make.error);
  const set = (part: Partial<typeof v>) => setV({ ...v, ...part });
  return (
    <FormDialog
      title={t("establish.title")}
      verb={t("establish.do")}
      write={make}
      onSubmit={() => make.mutate(v)}
      onClose={onClose}
    >
      <p>{t("establish.text")}</p>
      <ComboBox
        label={t("establish.place")}
        value={v.placeId}
        onChange={(placeId) => set({ placeId })}
        {...search}
        error={errors.placeId}
      />
      <TextField
        label={t("establish.name")}
        value={v.name}
        onChange={(name) => set({ name })}
        error={errors.name}
        maxLength={60}
      />
      <TextField
        label={t("establish.nameEn")}
        value={v.nameEn}
        onChange={(nameEn) => set({ nameEn })}
        error={errors.nameEn}
        maxLength={60}
      />
      <TextArea
        label={t("establish.purpose")}
        help={t("establish.purposeHelp")}
        value={v.purpose}
        onChange={(purpose) => set({ purpose })}
        error={errors.purpose}
        maxLength={500}
      />
    </FormDialog>
  );
}
