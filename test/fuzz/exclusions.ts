/** An answer that Schemathesis takes for a mistake, and that is meant: beside those it expects anyway. */
export interface Exclusion {
  /** By their ids. */
  readonly operations: 'all' | readonly string[];
  /** Its check, which stays on for all other statuses. */
  readonly check: 'positive_data_acceptance' | 'negative_data_rejection' | 'missing_required_header';
  /** `any` where the check takes no setting, so that it is off for these operations. */
  readonly status: number | 'any';
  readonly why: string;
}

/** Those whose changes can be conditional. */
const CONDITIONAL = ['putProduct', 'changeProfile', 'eraseUser', 'cancelOrder'];

const LISTS = ['listProducts', 'listOrders', 'listOrdersV2', 'searchProducts'];

/** No check is off as a whole. */
export const EXCLUSIONS: readonly Exclusion[] = [
  {
    operations: ['listServices', 'getService', 'registerInstance', 'heartbeat', 'deregisterInstance'],
    check: 'missing_required_header',
    status: 'any',
    why: 'IAM answers 403 to a request without a signature, as it does on AWS; the check takes nothing but 401',
  },
  {
    operations: 'all',
    check: 'negative_data_rejection',
    status: 431,
    why: 'what makes a request wrong can make it too long for API Gateway, which looks first',
  },
  {
    operations: CONDITIONAL,
    check: 'positive_data_acceptance',
    status: 412,
    why: 'a tag of the right form can name a version that is not there; the schema knows no versions',
  },
  {
    operations: CONDITIONAL,
    check: 'negative_data_rejection',
    status: 412,
    why: 'a condition that is no list of tags does not hold: the same answer as for one that names another version',
  },
  {
    operations: ['changeProfile', 'cancelOrder'],
    check: 'missing_required_header',
    status: 428,
    why: 'RFC 6585 has this status for a missing If-Match',
  },
  {
    operations: LISTS,
    check: 'positive_data_acceptance',
    status: 400,
    why: 'a cursor of the right form that we did not sign; the schema knows no keys',
  },
  {
    operations: ['placeOrder'],
    check: 'positive_data_acceptance',
    status: 422,
    why: 'a product that is not sold, twice the same, or a key that was used with another order',
  },
  {
    operations: ['adjustStock'],
    check: 'positive_data_acceptance',
    status: 422,
    why: 'a key that was used with another change',
  },
];
