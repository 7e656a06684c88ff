import { keepHome, readHome } from "@/lib/home";
import { useTranslation } from "@/lib/i18n";
import { HomeFields } from "@/ui/needs/HomeDialog";
import { Notice } from "@/ui/states";
import type { ScreenProps } from "./SayPage";
import { Screen } from "./Screen";
import { ready } from "./saying";

/** The home that is counted once, and what becomes of the words. */
export function HomeScreen({ draft, number, of, onBack, onNext }: ScreenProps) {
  const { t } = useTranslation("post");
  const { value, set } = draft;
  const known = value.building || value.unit ? undefined : readHome(value.placeId);
  const home = known ?? { building: value.building, unit: value.unit };
  function leave() {
    set(home);
    if (home.building.trim() && home.unit.trim()) keepHome(value.placeId, home);
    onNext();
  }
  return (
    <Screen
      title={t("home.title")}
      lead={t("home.lead")}
      number={number}
      of={of}
      onBack={onBack}
      savedAt={draft.savedAt}
      next={{
        label: t(home.building ? "next" : "home.skip"),
        ready: ready("home", { ...value, ...home }),
        onNext: leave,
      }}
    >
      <HomeFields value={home} onChange={set} optional />
      <Notice>{t("home.why")}</Notice>
    </Screen>
  );
}
