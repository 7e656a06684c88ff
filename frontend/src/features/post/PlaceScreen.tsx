import { useTranslation } from "@/lib/i18n";
import { usePlaceSearch } from "@/lib/placesearch";
import { useSession } from "@/lib/session";
import { ComboBox } from "@/ui/ComboBox";
import { Notice } from "@/ui/states";
import type { ScreenProps } from "./SayPage";
import { Screen } from "./Screen";

const community = 5;

/** Which community: given for its members, found by name for everybody else. */
export function PlaceScreen({ draft, number, of, onNext }: ScreenProps) {
  const { t } = useTranslation("post");
  const own = useSession()?.membership;
  const bound = own && ["resident", "council", "community_worker"].includes(own.role);
  const { placeId, placeName } = draft.value;
  const search = usePlaceSearch(bound ? "" : placeId, community);
  return (
    <Screen
      title={t("place.title")}
      lead={t("place.lead")}
      number={number}
      of={of}
      savedAt={draft.savedAt}
      next={{ label: t("next"), ready: placeId !== "", onNext }}
    >
      {bound ? (
        <Notice>{t("place.own", { name: placeName || own.placeName })}</Notice>
      ) : (
        <ComboBox
          label={t("place.label")}
          help={t("place.help")}
          {...search}
          value={placeId}
          onChange={(id) =>
            draft.set({
              placeId: id,
              placeName: search.options.find((o) => o.value === id)?.label ?? placeName,
            })
          }
        />
      )}
    </Screen>
  );
}
