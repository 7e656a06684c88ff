/** The repeated parts of a profile: locations and certificates. */
import { useTranslation } from "@/lib/i18n";
import { DateField, TextField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { AccessEditor, HoursEditor, PlaceField, Rows } from "./editors";
import type { Profile } from "./model";

interface Props {
  v: Profile;
  set: (patch: Partial<Profile>) => void;
}

export function Locations({ v, set }: Props) {
  const { t } = useTranslation("resources");
  return (
    <Card title={t("organization.locations")}>
      <Rows
        title={t("organization.locations")}
        help={t("profile.locationsHelp")}
        add={t("profile.addLocation")}
        rows={v.locations}
        onChange={(locations) => set({ locations })}
        blank={{ name: "", placeId: "", address: "", hours: [], access: [] }}
      >
        {(l, put) => (
          <>
            <TextField
              label={t("field.name")}
              value={l.name}
              onChange={(name) => put({ name })}
              maxLength={200}
            />
            <PlaceField
              label={t("field.place")}
              value={l.placeId}
              onChange={(placeId) => put({ placeId })}
              level={5}
            />
            <TextField
              label={t("field.address")}
              value={l.address}
              onChange={(address) => put({ address })}
              maxLength={200}
            />
            <TextField
              label={t("field.phone")}
              optional
              value={l.phone ?? ""}
              onChange={(phone) => put({ phone })}
              maxLength={200}
            />
            <div className="wide stack">
              <HoursEditor title={t("item.hours")} week={l.hours} onChange={(hours) => put({ hours })} />
              <AccessEditor facts={l.access} onChange={(access) => put({ access })} />
            </div>
          </>
        )}
      </Rows>
    </Card>
  );
}

export function Qualifications({ v, set }: Props) {
  const { t } = useTranslation("resources");
  return (
    <Card title={t("profile.qualifications")}>
      <Rows
        title={t("profile.qualifications")}
        add={t("profile.addQualification")}
        rows={v.qualifications}
        onChange={(qualifications) => set({ qualifications })}
        blank={{ code: "", name: "", number: "", from: "", until: "" }}
      >
        {(q, put) => (
          <>
            <TextField
              label={t("field.name")}
              value={q.name}
              onChange={(name) => put({ name, code: q.code || name })}
              maxLength={200}
            />
            <TextField
              label={t("profile.number")}
              optional
              value={q.number ?? ""}
              onChange={(number) => put({ number })}
              maxLength={200}
            />
            <DateField
              label={t("item.from")}
              optional
              value={q.from ?? ""}
              onChange={(from) => put({ from })}
            />
            <DateField
              label={t("item.until")}
              optional
              value={q.until ?? ""}
              onChange={(until) => put({ until })}
            />
          </>
        )}
      </Rows>
    </Card>
  );
}
