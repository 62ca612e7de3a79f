import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { paymentProviderApi } from '../../functions/payment-provider/api.contract.ts';
import { paymentProviderEnvironment } from '../../functions/payment-provider/environment.ts';
import { providerUrlParameter } from '../config/names.ts';
import { ApiStage } from '../constructs/api/api-stage.ts';
import { ServiceApi } from '../constructs/api/service-api.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { ServiceTable } from '../constructs/tables/service-table.ts';
import { forRoute } from './function-sizes.ts';
import { ServiceStack, type ServiceStackProps } from './service-stack.ts';

/** Stands in for a company outside: an API of its own that payments finds as it would find the real one's. */
export class PaymentProviderStack extends ServiceStack {
  constructor(scope: Construct, props: ServiceStackProps) {
    super(scope, 'payment-provider', props);
    const { owner } = this;
    const { prefix } = props.stage;
    const table = new ServiceTable(this, 'Table', { owner });
    const environment = { contract: paymentProviderEnvironment, values: { tableName: table.tableName } };
    const route = (name: string) => new ServiceFunction(this, name, { owner, environment, ...forRoute });

    const functions = {
      'create-charge': route('create-charge'),
      'void-charge': route('void-charge'),
      'create-refund': route('create-refund'),
      'get-charge': route('get-charge'),
    };
    table.grantCommand(functions['create-charge'], ['CHARGE#*', 'FAULT#*']);
    table.grantCommand(functions['void-charge'], ['CHARGE#*']);
    table.grantCommand(functions['create-refund'], ['CHARGE#*', 'REFUND#*']);
    table.grantGet(functions['get-charge']);

    const api = new CfnApi(this, 'Api', { name: `${prefix}-payment-provider`, protocolType: 'HTTP' });
    new ServiceApi(this, 'Routes', {
      api: { apiId: api.ref, endpoint: api.attrApiEndpoint },
      contract: paymentProviderApi,
      functions,
    });
    new ApiStage(this, 'Stage', { owner, apiId: api.ref, routeSettings: {} });
    new CfnParameter(this, 'Url', { name: providerUrlParameter(prefix), type: 'String', value: api.attrApiEndpoint });
  }
}
