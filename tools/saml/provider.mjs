// A SAML 2.0 identity provider by samlify (MIT), which only tests use:
// node provider.mjs PORT KEY CERTIFICATE RELYING, each but the port a file; RELYING holds the relying party's metadata.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import saml from 'samlify';

const [port, key, certificate, relying] = process.argv.slice(2);
const here = process.env.AT ?? `http://localhost:${port}`; // where a browser finds it, before a proxy that speaks TLS
const names = saml.Constants.namespace;
saml.setSchemaValidator({ validate: () => Promise.resolve('the relying party is what is tested') });
const template = {
  context: `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ID}" Version="2.0" IssueInstant="{IssueInstant}" Destination="{Destination}" InResponseTo="{InResponseTo}"><saml:Issuer>{Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{StatusCode}"/></samlp:Status><saml:Assertion ID="{AssertionID}" Version="2.0" IssueInstant="{IssueInstant}"><saml:Issuer>{Issuer}</saml:Issuer><saml:Subject><saml:NameID Format="{NameIDFormat}">{NameID}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{Until}" Recipient="{Destination}" InResponseTo="{InResponseTo}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{IssueInstant}" NotOnOrAfter="{Until}"><saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="{AssertionID}"><saml:AuthnContext><saml:AuthnContextClassRef>http://eidas.europa.eu/LoA/substantial</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement></saml:Assertion></samlp:Response>`,
};
const provider = saml.IdentityProvider({
  entityID: `${here}/metadata`,
  privateKey: readFileSync(key),
  signingCert: readFileSync(certificate),
  isAssertionEncrypted: false,
  wantAuthnRequestsSigned: true,
  wantLogoutResponseSigned: true,
  requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  nameIDFormat: ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
  singleSignOnService: [{ Binding: names.binding.redirect, Location: `${here}/sign-on` }],
  singleLogoutService: [{ Binding: names.binding.redirect, Location: `${here}/logged-out` }],
  loginResponseTemplate: template,
});
const party = () => saml.ServiceProvider({ metadata: readFileSync(relying), wantLogoutRequestSigned: true });
const redirected = (url) => ({
  query: Object.fromEntries(url.searchParams),
  octetString: ['SAMLRequest', 'RelayState', 'SigAlg']
    .filter((name) => url.searchParams.has(name))
    .map((name) => `${name}=${encodeURIComponent(url.searchParams.get(name))}`).join('&'),
});

async function answered(url) {
  const asked = await provider.parseLoginRequest(party(), 'redirect', redirected(url));
  const now = Date.now() + 1000 * Number(url.searchParams.get('late') ?? 0);
  const time = (at) => new Date(at).toISOString();
  const values = {
    ID: `_${randomUUID()}`, AssertionID: `_${randomUUID()}`, Destination: asked.extract.request.assertionConsumerServiceUrl,
    Audience: asked.extract.issuer, Issuer: `${here}/metadata`, IssueInstant: time(now), Until: time(now + 300_000),
    StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success', InResponseTo: asked.extract.request.id,
    NameID: url.searchParams.get('login'), NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  };
  const made = await provider.createLoginResponse(party(), asked, 'post', {}, (text) => ({
    id: values.ID, context: saml.SamlLib.replaceTagsByValue(text, values),
  }));
  return { to: values.Destination, response: made.context };
}

createServer(async (request, answer) => {
  const url = new URL(request.url, here);
  const say = (status, text) => { answer.writeHead(status, { 'content-type': 'application/json' }); answer.end(text); };
  try {
    if (url.pathname === '/metadata') say(200, provider.getMetadata());
    else if (url.pathname === '/sign-on' && url.searchParams.has('login')) say(200, JSON.stringify(await answered(url)));
    else if (url.pathname === '/sign-on') say(200, 'Who are you?');
    else if (url.pathname === '/sign-out') {
      const made = provider.createLogoutRequest(party(), 'redirect', { logoutNameID: url.searchParams.get('login') });
      say(200, JSON.stringify({ to: made.context }));
    } else if (url.pathname === '/logged-out' && url.searchParams.has('SAMLRequest')) {
      const asked = await provider.parseLogoutRequest(party(), 'redirect', redirected(url));
      const made = provider.createLogoutResponse(party(), asked, 'redirect', '');
      say(200, JSON.stringify({ left: asked.extract.nameID, to: made.context }));
    } else if (url.pathname === '/logged-out') {
      const told = { query: Object.fromEntries(url.searchParams), octetString: redirected(url).octetString };
      told.octetString = `SAMLResponse=${encodeURIComponent(told.query.SAMLResponse)}&SigAlg=${encodeURIComponent(told.query.SigAlg)}`;
      const found = await provider.parseLogoutResponse(party(), 'redirect', told);
      say(200, `signed out: ${found.extract.response.inResponseTo}`);
    } else say(404, 'nothing here');
  } catch (problem) { say(500, String(problem)); }
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
