import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** Becoming, being and proving somebody: the ways in, and one's own account. */
export const area: Area = {
  name: "account",
  publicPages: [
    {
      path: "/sign-in",
      title: "account:signIn.title",
      words: ["problems"],
      load: () => import("./SignInPage"),
    },
    {
      path: paths.signUp(),
      title: "account:signUp.title",
      words: ["problems"],
      load: () => import("./SignUpPage"),
    },
    {
      path: paths.resetPassword(),
      title: "account:reset.title",
      words: ["problems"],
      load: () => import("./ResetPage"),
    },
    {
      path: paths.invitation(),
      title: "account:invitation.title",
      words: ["problems"],
      load: () => import("./InvitationPage"),
    },
    { path: paths.privacy(), title: "account:privacy.title", load: () => import("./PrivacyPage") },
  ],
};
