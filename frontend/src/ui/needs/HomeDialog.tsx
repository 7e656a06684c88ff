import { useState } from "react";
import type { Home } from "@/lib/home";
import { useTranslation } from "@/lib/i18n";
import type { Problem } from "@/lib/problem";
import { Button } from "../Button";
import { Dialog } from "../Dialog";
import { TextField } from "../fields";
import { ProblemNotice } from "../states";

interface HomeDialogProps {
  open: boolean;
  onClose: () => void;
  onStated: (home: Home) => void;
  busy: boolean;
  problem: Problem | null;
}

/** Asks for building and flat, and says what becomes of them. */
export function HomeDialog({ open, onClose, onStated, busy, problem }: HomeDialogProps) {
  const { t } = useTranslation("needs");
  const [home, setHome] = useState<Home>({ building: "", unit: "" });
  const whole = home.building.trim() !== "" && home.unit.trim() !== "";
  return (
    <Dialog
      title={t("home.title")}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" busy={busy} disabled={!whole} onClick={() => onStated(home)}>
            {t("home.confirm")}
          </Button>
          <Button onClick={onClose}>{t("home.cancel")}</Button>
        </>
      }
    >
      <div className="stack">
        <p>{t("home.why")}</p>
        <HomeFields value={home} onChange={setHome} />
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}

export function HomeFields({
  value,
  onChange,
  optional,
}: {
  value: Home;
  onChange: (home: Home) => void;
  optional?: boolean;
}) {
  const { t } = useTranslation("needs");
  return (
    <div className="homefields">
      <TextField
        label={t("home.building")}
        placeholder={t("home.buildingExample")}
        optional={optional}
        maxLength={30}
        value={value.building}
        onChange={(building) => onChange({ ...value, building })}
      />
      <TextField
        label={t("home.unit")}
        placeholder={t("home.unitExample")}
        optional={optional}
        maxLength={30}
        value={value.unit}
        onChange={(unit) => onChange({ ...value, unit })}
      />
    </div>
  );
}
