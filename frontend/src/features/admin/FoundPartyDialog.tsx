import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { FormDialog } from "@/ui/FormDialog";
import { Select, TextField } from "@/ui/fields";
import { kinds } from "./kinds";

const blank = { kind: "", name: "", nameEn: "", uscc: "" };

/** Registers an organisation; its administrators are invited on its page. */
export function FoundPartyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("admin");
  const navigate = useNavigate();
  const [value, setValue] = useState(blank);
  const [tried, setTried] = useState(false);
  const patch = (p: Partial<typeof blank>) => setValue((old) => ({ ...old, ...p }));
  const found = useWrite(
    (body: typeof blank, key) => ask(api.POST("/api/v1/parties", { params: { header: key }, body })),
    { refresh: [["parties"]], onDone: (p) => void navigate({ href: paths.workParty(p.id) }) },
  );
  const missing = tried && (!value.kind || !value.name.trim());
  return (
    <FormDialog
      title={t("parties.found")}
      verb={t("parties.foundDo")}
      write={found}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (value.kind && value.name.trim()) found.mutate(value);
      }}
    >
      <Select
        id="kind"
        label={t("parties.kind")}
        value={value.kind}
        onChange={(kind) => patch({ kind })}
        error={missing && !value.kind ? t("parties.kindMissing") : undefined}
        placeholder={t("parties.kindChoose")}
        options={kinds.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
      />
      <TextField
        id="partyName"
        label={t("parties.name")}
        help={t("parties.nameHelp")}
        value={value.name}
        onChange={(name) => patch({ name })}
        error={missing && !value.name.trim() ? t("parties.nameMissing") : undefined}
      />
      <TextField
        id="partyNameEn"
        label={t("parties.nameEn")}
        value={value.nameEn}
        onChange={(nameEn) => patch({ nameEn })}
        optional
      />
      <TextField
        id="uscc"
        label={t("parties.uscc")}
        help={t("parties.usccHelp")}
        value={value.uscc}
        onChange={(uscc) => patch({ uscc })}
        spellCheck={false}
        optional
      />
    </FormDialog>
  );
}
