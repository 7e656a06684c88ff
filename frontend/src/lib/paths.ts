/** Every address of the web app. Links are built here and nowhere else, so a moved page is one change. */
type Search = Record<string, string | number | boolean | undefined | null>;

/** Appends the filled-in parameters: `withSearch(paths.needs(), { category: "parking" })`. */
export function withSearch(path: string, search: Search): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "" && value !== false)
      query.set(key, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export const paths = {
  // Public site
  home: () => "/",
  needs: () => "/needs",
  need: (id: string) => `/needs/${id}`,
  say: () => "/say",
  voice: (code: string) => `/voices/${code}`,
  projects: () => "/projects",
  project: (id: string) => `/projects/${id}`,
  tenders: () => "/tenders",
  tender: (id: string) => `/tenders/${id}`,
  contract: (id: string) => `/contracts/${id}`,
  resources: () => "/resources",
  organization: (id: string) => `/organizations/${id}`,
  service: (id: string) => `/services/${id}`,
  resource: (id: string) => `/resources/${id}`,
  notices: () => "/notices",
  notice: (id: string) => `/notices/${id}`,
  funds: () => "/funds",
  fund: (id: string) => `/funds/${id}`,
  data: () => "/data",
  places: () => "/places",
  place: (id: string) => `/places/${id}`,
  about: () => "/about",
  rules: () => "/rules",
  calendar: () => "/calendar",
  proof: () => "/proof",
  apiReference: () => "/developers/api",
  // Account
  signIn: (next?: string) => withSearch("/sign-in", { next }),
  signUp: () => "/sign-up",
  /** The token stands behind "#", so that no server writes it into a log. */
  invitation: (token = "") => (token ? `/invitation#${token}` : "/invitation"),
  resetPassword: () => "/reset-password",
  account: () => "/work/account",
  chooseRole: (next?: string) => withSearch("/work/role", { next }),
  myNotices: () => "/work/inbox",
  noticeSettings: () => "/work/inbox/settings",
  privacy: () => "/privacy",
  // Work place
  work: () => "/work",
  workDone: () => "/work/done",
  workNeeds: () => "/work/needs",
  workNeed: (id: string) => `/work/needs/${id}`,
  workVoices: () => "/work/voices",
  workMine: () => "/work/mine",
  workCouncil: () => "/work/council",
  workVoice: (id: string) => `/work/voices/${id}`,
  workProjects: () => "/work/projects",
  workProject: (id: string) => `/work/projects/${id}`,
  workPropose: () => "/work/projects/new",
  workMatching: () => "/work/matching",
  workRanking: (kind: string, id: string) => `/work/matching/${kind}/${id}`,
  workWeights: () => "/work/weights",
  workOpportunities: () => "/work/opportunities",
  workResources: () => "/work/resources",
  workOrganization: (id: string) => `/work/organizations/${id}`,
  workProfile: () => "/work/resources/profile",
  workService: (id: string) => `/work/resources/services/${id}`,
  workItem: (id: string) => `/work/resources/items/${id}`,
  workTenders: () => "/work/tenders",
  workTender: (id: string) => `/work/tenders/${id}`,
  workNewTender: (projectId?: string) => withSearch("/work/tenders/new", { project: projectId }),
  workTenderEdit: (id: string) => `/work/tenders/${id}/edit`,
  workOpening: (tenderId: string, lot?: string, ceremony?: string) =>
    withSearch(`/work/tenders/${tenderId}/opening`, { lot, ceremony }),
  workEvaluation: (tenderId: string, lot?: string) =>
    withSearch(`/work/tenders/${tenderId}/evaluation`, { lot }),
  workReviews: () => "/work/reviews",
  workScoring: (tenderId: string, lot?: string) => withSearch(`/work/tenders/${tenderId}/scoring`, { lot }),
  openingKey: () => "/work/opening-key",
  workBids: () => "/work/bids",
  workBid: (tenderId: string, lot?: string) => withSearch(`/work/bids/${tenderId}`, { lot }),
  workContracts: () => "/work/contracts",
  workContract: (id: string) => `/work/contracts/${id}`,
  workAcceptance: (id: string) => `/work/acceptances/${id}`,
  workPayments: () => "/work/payments",
  workPayment: (id: string) => `/work/payments/${id}`,
  workReconciliation: () => "/work/reconciliation",
  workLedger: () => "/work/ledger",
  workAccount: (id: string) => `/work/ledger/accounts/${id}`,
  workJournal: (id: string) => `/work/ledger/journals/${id}`,
  workBudget: () => "/work/budget",
  workFunds: () => "/work/funds",
  workFund: (id: string) => `/work/funds/${id}`,
  workChallenges: () => "/work/challenges",
  workChallenge: (id: string) => `/work/challenges/${id}`,
  workAudit: () => "/work/audit",
  workAuditRecord: (id: string) => `/work/audit/${id}`,
  workAlerts: () => "/work/alerts",
  workPeople: () => "/work/people",
  workAdminActs: () => "/work/admin-acts",
  workParties: () => "/work/parties",
  workParty: (id: string) => `/work/parties/${id}`,
  workPlaces: () => "/work/places",
  workPlaceQuestion: (id: string) => `/work/places/queue/${id}`,
  workImport: () => "/work/import",
  workSystem: () => "/work/system",
} as const;
