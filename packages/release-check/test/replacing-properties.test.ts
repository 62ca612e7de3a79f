import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { replacingProperties } from '../src/rules/replacing-properties.ts';

interface Specification {
  readonly schema: {
    readonly resource: {
      readonly entities: readonly {
        readonly cloudFormationType: string;
        readonly properties: Readonly<Record<string, { readonly causesReplacement?: 'yes' | 'no' | 'maybe' }>>;
      }[];
    };
  };
}

/** What `cdk diff` knows of every resource type: AWS's own description, as the CLI brings it along. */
const specification: Specification = JSON.parse(gunzipSync(readFileSync('node_modules/aws-cdk/db.json.gz')).toString());

describe('the properties that replace a resource', () => {
  it.each(Object.entries(replacingProperties))('are those that AWS names for %s', (type, known) => {
    const resource = specification.schema.resource.entities.find(
      ({ cloudFormationType }) => cloudFormationType === type,
    );
    const named = Object.entries(resource?.properties ?? {})
      .filter(([, { causesReplacement = 'no' }]) => causesReplacement !== 'no')
      .map(([property]) => property);
    expect(resource?.cloudFormationType).toBe(type);
    expect(known).toEqual(expect.arrayContaining(named));
  });
});
