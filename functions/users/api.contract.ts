import * as z from 'zod/mini';
import { name } from '../../events/contracts/fields.ts';
import { type DescribedService, defineApi } from '../kernel/messages/contract.ts';

/** ASCII, since many mail systems reach no other. */
const email = z.string().check(z.maxLength(254), z.email());

const user = z.object({ id: z.string(), email: z.string(), name: z.string(), version: z.int() });
const newUser = z.strictObject({ email, name });
const profileChange = z.strictObject({ email: z.optional(email), name: z.optional(name) });
const params = z.object({ id: z.string() });

const ada = { id: '5f0c1c1e-0a4b-4c8d-9e2f-3a1b2c4d5e6f', email: 'ada@example.com', name: 'Ada' };

const described: DescribedService = {
  service: 'users',
  about: 'Profiles of users, whose e-mail addresses are unique.',
  schemas: {
    User: { schema: user, example: { ...ada, version: 1 } },
    NewUser: { schema: newUser, example: { email: ada.email, name: ada.name } },
    ProfileChange: { schema: profileChange, example: { name: 'Ada Lovelace' } },
  },
};

export const usersApi = defineApi(described, {
  'register-user': {
    method: 'POST',
    path: '/users',
    summary: "Register the token's subject as a user",
    access: { scopes: ['users/write'] },
    body: newUser,
    example: { body: { email: ada.email, name: ada.name } },
    answers: {
      201: {
        description: 'Registered, now or before; Location names the user, ETag its version.',
        body: user,
        headers: ['location', 'etag'],
        leadsTo: ['get-user', 'change-profile', 'erase-user'],
      },
      409: { description: 'The subject is registered with other data, or the e-mail address is taken.' },
    },
  },
  'get-user': {
    method: 'GET',
    path: '/users/{id}',
    summary: 'Read a user',
    access: { scopes: ['users/read'] },
    params,
    answers: {
      200: { description: 'The user.', body: user, headers: ['etag'] },
      404: { description: 'None, or not the caller.' },
    },
  },
  'change-profile': {
    method: 'PATCH',
    path: '/users/{id}',
    summary: "Change a user's e-mail address or name",
    access: { scopes: ['users/write'] },
    params,
    body: profileChange,
    example: { params: { id: ada.id }, body: { name: 'Ada Lovelace' } },
    ifMatch: 'required',
    answers: {
      200: { description: 'Changed.', body: user, headers: ['etag'] },
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
