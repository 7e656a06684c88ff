/**
 * Buttons are the browser's own: it already does keyboard, focus and names, and a public page
 * cannot afford a library for them.
 */
import { type ButtonHTMLAttributes, type ComponentPropsWithRef, useId } from "react";
import { useTranslation } from "@/lib/i18n";
import { Icon, type IconName } from "./icons";
import { Link, type LinkProps } from "./Link";

type Kind = "plain" | "primary" | "quiet" | "danger";

interface Looks {
  kind?: Kind;
  small?: boolean;
  block?: boolean;
  icon?: IconName;
}

function classOf({ kind = "plain", small, block }: Looks, busy = false, extra = ""): string {
  const names = [
    "btn",
    kind === "plain" ? "" : kind,
    small && "small",
    block && "block",
    busy && "busy",
    extra,
  ];
  return names.filter(Boolean).join(" ");
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Looks {
  /** Work is under way: shows it and ignores further clicks, but keeps the focus. */
  busy?: boolean;
}

export function Button({
  kind,
  small,
  block,
  icon,
  busy,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classOf({ kind, small, block }, busy, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest["aria-disabled"]}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && !busy && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link that looks like a button, for going somewhere; buttons are for doing something. */
export function LinkButton({ kind, small, block, icon, className, children, ...rest }: LinkProps & Looks) {
  return (
    <Link {...rest} className={classOf({ kind, small, block }, false, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}

export interface ActionButtonProps extends ButtonProps {
  /** From `actionProps(...)`: false hides the button altogether. */
  offered?: boolean;
  /** Why it is disabled, one sentence, shown underneath and read out. */
  reason?: string;
}

/**
 * A button for a lifecycle action. Disabled, it stays focusable and tells why; a greyed button
 * without a reason is a dead end.
 */
export function ActionButton({ offered = true, disabled, reason, onClick, ...rest }: ActionButtonProps) {
  const { t } = useTranslation("ui");
  const id = useId();
  if (!offered) return null;
  if (!disabled) return <Button {...rest} onClick={onClick} />;
  return (
    <span className="action">
      <Button {...rest} type="button" aria-disabled="true" aria-describedby={id} />
      <span className="why" id={id}>
        {reason ?? t("notNow")}
      </span>
    </span>
  );
}

/** A pictogram that needs a spoken name. */
export function IconButton({
  icon,
  label,
  ...rest
}: ComponentPropsWithRef<"button"> & { icon: IconName; label: string }) {
  return (
    <button type="button" className="iconbtn" {...rest} aria-label={label} title={label}>
      <Icon name={icon} size={20} />
    </button>
  );
}
