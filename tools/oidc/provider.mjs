// An OpenID provider by oidc-provider (MIT), which only tests use: node provider.mjs PORT REDIRECT SECRET
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, redirect, secret] = process.argv.slice(2);
const here = process.env.AT ?? `http://localhost:${port}`; // where a browser finds it, before a proxy that speaks TLS
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const client = {
  client_id: 'uumds', client_secret: secret, redirect_uris: [redirect], response_types: ['code'],
  grant_types: ['authorization_code'], id_token_signed_response_alg: 'ES256',
  post_logout_redirect_uris: [redirect.replace('/callback', '/signed-out')],
  backchannel_logout_uri: redirect.replace('/callback', '/logout'),
};
const provider = new Provider(here, {
  clients: [client],
  jwks: { keys: [{ ...key, use: 'sig', alg: 'ES256' }] },
  cookies: { keys: [secret] },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  features: { backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  // names of this machine, whatever its resolver says of them
  httpOptions: () => ('AT' in process.env ? {} : { dnsLookup: (_host, options, done) => (
    options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) }),
  pkce: { required: () => true, methods: ['S256'] },
});
provider.proxy = 'AT' in process.env;
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
