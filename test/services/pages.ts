/** The pages that go through making a service of each kind. `npm run test:services` runs their commands. */
export const PAGES: readonly string[] = ['docs/first-service.md', 'docs/first-container.md'];
