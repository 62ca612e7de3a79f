/** What the gateway's API is to a service that adds routes to it; ids of resources in the gateway's stack. */
export interface SharedApi {
  readonly apiId: string;
  /** Base URL of its one stage. */
  readonly endpoint: string;
  /** Id of the JWT authorizer, when all routes that are not public stand behind one. */
  readonly authorizerId?: string;
}
