import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Checkbox } from "@/ui/choices";
import type { Errors } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/fields";
import { Link } from "@/ui/Link";
import { signInHelp } from "./entry";

export interface Newcomer {
  name: string;
  phone: string;
  email: string;
  password: string;
  agreed: boolean;
}

export const nobody: Newcomer = { name: "", phone: "", email: "", password: "", agreed: false };

/** What is missing, in sentences; the server checks again. */
export function newcomerErrors(
  v: Newcomer,
  minPassword: number,
  t: (key: string, p?: Record<string, number>) => string,
): Errors {
  return {
    name: v.name.trim() ? undefined : t("newcomer.nameMissing"),
    phone: v.phone.trim() || v.email.trim() ? undefined : t("newcomer.contactMissing"),
    password:
      [...v.password].length >= minPassword ? undefined : t("newcomer.passwordShort", { count: minPassword }),
    consent: v.agreed ? undefined : t("newcomer.consentMissing"),
  };
}

interface Props {
  value: Newcomer;
  onChange: (patch: Partial<Newcomer>) => void;
  errors: Errors;
}

/** Name, a way to be reached, a password, and the notice that comes before anything is collected. */
export function NewcomerFields({ value, onChange, errors }: Props) {
  const { t } = useTranslation("account");
  const min = useQuery(signInHelp).data?.minPassword ?? 10;
  return (
    <>
      <TextField
        id="name"
        label={t("newcomer.name")}
        help={t("newcomer.nameHelp")}
        value={value.name}
        onChange={(name) => onChange({ name })}
        error={errors.name}
        autoComplete="name"
      />
      <TextField
        id="phone"
        label={t("newcomer.phone")}
        help={t("newcomer.phoneHelp")}
        value={value.phone}
        onChange={(phone) => onChange({ phone })}
        error={errors.phone}
        autoComplete="tel"
        inputMode="tel"
        optional={value.email.trim() !== ""}
      />
      <TextField
        id="email"
        label={t("newcomer.email")}
        value={value.email}
        onChange={(email) => onChange({ email })}
        error={errors.email}
        autoComplete="email"
        inputMode="email"
        optional
      />
      <TextField
        id="password"
        type="password"
        label={t("password")}
        help={t("newcomer.passwordHelp", { count: min })}
        value={value.password}
        onChange={(password) => onChange({ password })}
        error={errors.password}
        autoComplete="new-password"
      />
      <Checkbox
        id="consent"
        checked={value.agreed}
        onChange={(agreed) => onChange({ agreed })}
        error={errors.consent}
        label={
          <>
            {t("newcomer.consent")} <Link to={paths.privacy()}>{t("privacy.title")}</Link>
          </>
        }
      />
    </>
  );
}
