import * as z from 'zod/mini';
import { name, printable } from '../../events/contracts/fields.ts';
import { defineApi } from '../kernel/messages/contract.ts';

const email = z.string().check(z.maxLength(254), z.email(), printable);

const user = z.object({ id: z.string(), email: z.string(), name: z.string(), version: z.int() });
const params = z.object({ id: z.string() });

export const usersApi = defineApi('users', {
  'register-user': {
    method: 'POST',
    path: '/users',
    summary: "Register the token's subject as a user",
    access: { scopes: ['users/write'] },
    body: z.strictObject({ email, name }),
    answers: {
      201: { description: 'Registered, now or before; Location names the user, ETag its version.', body: user },
      409: { description: 'The subject is registered with other data, or the e-mail address is taken.' },
    },
  },
  'get-user': {
    method: 'GET',
    path: '/users/{id}',
    summary: 'Read a user',
    access: { scopes: ['users/read'] },
    params,
    answers: { 200: { description: 'The user.', body: user }, 404: { description: 'None, or not the caller.' } },
  },
  'change-profile': {
    method: 'PATCH',
    path: '/users/{id}',
    summary: "Change a user's e-mail address or name",
    access: { scopes: ['users/write'] },
    params,
    body: z.strictObject({ email: z.optional(email), name: z.optional(name) }),
    ifMatch: 'required',
    answers: {
      200: { description: 'Changed.', body: user },
      404: { description: 'None, or not the caller.' },
      409: { description: 'The e-mail address is taken.' },
    },
  },
  'erase-user': {
    method: 'DELETE',
    path: '/users/{id}',
    summary: 'Erase a user and their personal data',
    access: { scopes: ['users/write'] },
    params,
    ifMatch: 'optional',
    answers: { 204: { description: 'Erased.' }, 404: { description: 'None, or not the caller.' } },
  },
});
