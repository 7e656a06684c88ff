import { Link as RouterLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ReactNode } from "react";

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  /** From `lib/paths`, or an address elsewhere. */
  to: string;
  /** The link is the current page only with the same search: saved views of one list. */
  view?: boolean;
  children?: ReactNode;
}

/** A page above is not the page one is on. */
const exactly = { exact: true, includeSearch: false };
/** Views of one list differ in their parameters only. */
const withParameters = { exact: true, includeSearch: true };

/** A link inside the app without a reload; addresses elsewhere, downloads and #fragments stay plain anchors. */
export function Link({ to, view, children, ...rest }: LinkProps) {
  if (
    /^(https?:|mailto:|tel:|#|\/api\/)/.test(to) ||
    rest.download !== undefined ||
    rest.target === "_blank"
  ) {
    return (
      <a href={to} rel={rest.target === "_blank" ? "noreferrer" : undefined} {...rest}>
        {children}
      </a>
    );
  }
  const [path, query] = to.split("?");
  const search = query ? Object.fromEntries(new URLSearchParams(query)) : {};
  return (
    <RouterLink
      to={path as string}
      search={search}
      activeOptions={view || query ? withParameters : exactly}
      {...rest}
    >
      {children}
    </RouterLink>
  );
}
