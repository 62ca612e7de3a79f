import type { Construct } from 'constructs';
import { usersApi } from '../../functions/users/api.contract.ts';
import { usersEnvironment } from '../../functions/users/environment.ts';
import { usersMessages } from '../../functions/users/messages.contract.ts';
import { ServiceApi } from '../constructs/api/service-api.ts';
import { ServiceRegistration } from '../constructs/calls/service-registration.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { ServiceTable } from '../constructs/tables/service-table.ts';
import { forRoute } from './function-sizes.ts';
import type { RegisteredStackProps } from './registered-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** Profiles and the uniqueness of e-mail addresses. */
export class UsersStack extends ServiceStack {
  constructor(scope: Construct, { api, namespaceId, ...props }: RegisteredStackProps) {
    super(scope, 'users', props);
    const { owner } = this;
    const table = new ServiceTable(this, 'Table', { owner, streamed: true });
    const environment = { contract: usersEnvironment, values: { tableName: table.tableName } };
    const route = (name: string) => new ServiceFunction(this, name, { owner, environment, ...forRoute });

    const functions = {
      'register-user': route('register-user'),
      'get-user': route('get-user'),
      'change-profile': route('change-profile'),
      'erase-user': route('erase-user'),
    };
    table.grantGet(functions['get-user']);
    const partitions = ['USER#*', 'EMAIL#*'];
    table.grantCommand(functions['register-user'], partitions);
    for (const command of [functions['change-profile'], functions['erase-user']]) {
      table.grantCommand(command, partitions);
      table.grantDelete(command);
    }
    new ServiceApi(this, 'Routes', { api, contract: usersApi, functions });

    this.addOutbox(table, usersMessages);
    new ServiceRegistration(this, 'Registration', { owner, namespaceId, url: api.endpoint });
  }
}
