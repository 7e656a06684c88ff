import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
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
  const [words, setWords] = useState("");
  const found = useQuery({
    queryKey: ["places", "communities", words],
    enabled: !bound && words.trim() !== "",
    placeholderData: (old) => old,
    queryFn: () =>
      ask(api.GET("/api/v1/places", { params: { query: { q: words.trim(), level: community, limit: 20 } } })),
  });
  const options = (found.data?.items ?? []).map((p) => ({ value: p.id, label: p.name }));
  const { placeId, placeName } = draft.value;
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
          value={placeId}
          text={placeName}
          onSearch={setWords}
          options={options}
          onChange={(id) =>
            draft.set({ placeId: id, placeName: options.find((o) => o.value === id)?.label ?? placeName })
          }
        />
      )}
    </Screen>
  );
}
