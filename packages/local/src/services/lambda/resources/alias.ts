import { refuse, templateValues } from '../../../assembly/values.ts';
import type { ResourceType } from '../../../core/emulated-service.ts';
import { isObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import { parseFunctionAddress } from '../state/function-address.ts';
import type { FunctionDirectory } from '../state/function-directory.ts';

export const aliasType = (world: World, directory: FunctionDirectory): ResourceType => ({
  type: 'AWS::Lambda::Alias',
  honoured: ['FunctionName', 'FunctionVersion', 'Name', 'RoutingConfig'],
  notEmulated: {
    Description: 'shown by AWS only',
    ProvisionedConcurrencyConfig: 'environments start on demand',
  },
  identify: (resource) => {
    const values = templateValues(resource);
    const { name } = parseFunctionAddress(values.requiredText('FunctionName'));
    const alias = values.requiredText('Name');
    const arn = `arn:${world.partition}:lambda:${world.region}:${world.account}:function:${name}:${alias}`;
    return { ref: arn, attributes: { AliasArn: arn } };
  },
  repeatable: true,
  create: (resource) => {
    const values = templateValues(resource);
    const { name } = parseFunctionAddress(values.requiredText('FunctionName'));
    const routing = templateValues(resource, values.object('RoutingConfig')).list('AdditionalVersionWeights');
    const weights = routing.filter(isObject).map((entry) => {
      const weight = templateValues(resource, entry).number('FunctionWeight') ?? 0;
      if (weight < 0 || weight > 1) throw refuse(resource, `a FunctionWeight is ${weight}`, 'choose 0 to 1');
      return [String(entry.FunctionVersion), weight] as const;
    });
    directory.addAlias(name, values.requiredText('Name'), {
      version: values.requiredText('FunctionVersion'),
      weights: Object.fromEntries(weights),
    });
  },
  remove: (resource) => {
    const values = templateValues(resource);
    const { name } = parseFunctionAddress(values.requiredText('FunctionName'));
    directory.removeAlias(name, values.requiredText('Name'));
  },
});
