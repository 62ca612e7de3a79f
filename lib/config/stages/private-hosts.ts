/** Names below `.internal`, which ICANN keeps out of the public DNS: no registration can point at a host outside. */
export const PRIVATE_HOSTS = '^[a-z0-9-]+(\\.[a-z0-9-]+)*\\.svc\\.internal$';
