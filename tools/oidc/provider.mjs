// An OpenID provider by oidc-provider (MIT), which only tests use: node provider.mjs PORT REDIRECT SECRET
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, redirect, secret] = process.argv.slice(2);
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const client = {
  client_id: 'uumds', client_secret: secret, redirect_uris: [redirect], response_types: ['code'],
  grant_types: ['authorization_code'], id_token_signed_response_alg: 'ES256',
};
const provider = new Provider(`http://localhost:${port}`, {
  clients: [client],
  jwks: { keys: [{ ...key, use: 'sig', alg: 'ES256' }] },
  cookies: { keys: [secret] },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  pkce: { required: () => true, methods: ['S256'] },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
