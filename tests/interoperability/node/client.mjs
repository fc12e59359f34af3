// Calls a node with the SOAP client of another platform: client.mjs CA CERT KEY URL OPERATION ARGUMENTS-AS-JSON [soap12]
import fs from "node:fs";
import https from "node:https";
import soap from "soap";

const [ca, cert, key, url, operation, given, version] = process.argv.slice(2);
const secret = { ca: fs.readFileSync(ca), cert: fs.readFileSync(cert), key: fs.readFileSync(key) };
const agent = new https.Agent(secret);
const client = await soap.createClientAsync(`${url}?wsdl`, {
  wsdl_options: { httpsAgent: agent },
  forceSoap12Headers: version === "soap12",
});
client.setSecurity(new soap.ClientSSLSecurity(secret.key, secret.cert, secret.ca));
const described = Object.keys(Object.values(Object.values(client.describe())[0])[0]);
try {
  const [answer] = await client[`${operation}Async`](JSON.parse(given));
  console.log(JSON.stringify({ described, answer }));
} catch (error) {
  if (!error.root) throw error;
  console.log(JSON.stringify({ described, fault: error.root.Envelope.Body.Fault }));
}
