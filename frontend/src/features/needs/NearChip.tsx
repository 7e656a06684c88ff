import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { Chip } from "@/ui/Chips";

const places = 4; // decimals: about ten metres, which is all a list needs to know

/** "Near me": asks the device for its position; refused, it says so and the list stays. */
export function NearChip({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (near: string | undefined) => void;
}) {
  const { t } = useTranslation("needs");
  const [refused, setRefused] = useState(false);
  function press(on: boolean) {
    if (!on) return onChange(undefined);
    navigator.geolocation?.getCurrentPosition(
      (p) => {
        setRefused(false);
        onChange(`${p.coords.latitude.toFixed(places)},${p.coords.longitude.toFixed(places)}`);
      },
      () => setRefused(true),
      { maximumAge: 300_000, timeout: 10_000 },
    );
  }
  return (
    <>
      <Chip on={Boolean(value)} onChange={press}>
        {t("list.near")}
      </Chip>
      {refused && (
        <span className="small muted" role="status">
          {t("list.nearRefused")}
        </span>
      )}
    </>
  );
}
