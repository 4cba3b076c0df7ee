// npm oidc-provider, strict about PKCE and redirect addresses, for tests: prints its port, signs in whoever `login` names.
// `NAME`: the host name in its addresses (127.0.0.1). `SHIFT` in the environment (seconds) makes its clock run ahead or behind: its tokens are then from the future or expired.
import http from "node:http";
import { generateKeyPairSync, randomBytes } from "node:crypto";

const shift = Number(process.env.SHIFT ?? 0) * 1000;
if (shift) {
  const now = Date.now;
  Date.now = () => now() + shift;
}
const { Provider } = await import("oidc-provider");

const redirect = process.env.REDIRECT_URI, after = process.env.POST_LOGOUT_REDIRECT_URI;
const jwk = () => ({ ...generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }), use: "sig", alg: "ES256", kid: randomBytes(4).toString("hex") });

const people = new Map();
const accounts = (id) => people.get(id) ?? { name: "Nguyễn Văn An", roles: ["citizen"] };

const server = http.createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const port = server.address().port;
const issuer = process.env.ISSUER ?? `http://${process.env.NAME ?? "127.0.0.1"}:${port}`;

const provider = new Provider(issuer, {
  clients: [
    { client_id: "madang", client_secret: "a secret/with+odd%characters", redirect_uris: [redirect], post_logout_redirect_uris: [after], response_types: ["code"], grant_types: ["authorization_code"], id_token_signed_response_alg: "ES256" },
    { client_id: "public", token_endpoint_auth_method: "none", redirect_uris: [redirect], post_logout_redirect_uris: [after], response_types: ["code"], grant_types: ["authorization_code"], id_token_signed_response_alg: "ES256" },
    { client_id: "bare", client_secret: "s", redirect_uris: ["https://elsewhere.test/cb"], response_types: ["code"], grant_types: ["authorization_code"], id_token_signed_response_alg: "ES256" },
  ],
  jwks: { keys: [jwk()] },
  cookies: { keys: [randomBytes(16).toString("hex")] },
  pkce: { required: () => true },
  claims: { openid: ["sub", "acr"], profile: ["name", "roles"] },
  acrValues: ["urn:test:low", "urn:test:substantial", "urn:test:high"],
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  ttl: { IdToken: 300, AccessToken: 300, AuthorizationCode: 60, Session: 3600, Grant: 3600, Interaction: 3600 },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts(id) }) }),
});

const handle = provider.callback();
server.on("request", async (request, response) => {
  const url = new URL(request.url, issuer);
  if (!url.pathname.startsWith("/interaction/")) return handle(request, response);
  try {
    // One page for everything that it would ask: POST login=<subject> (and acr), or cancel.
    const details = await provider.interactionDetails(request, response);
    if (request.method === "GET") {
      const asked = `interaction ${details.prompt.name} ${details.params.ui_locales ?? ""}`;
      if (!(request.headers.accept ?? "").includes("text/html")) {
        response.end(asked);
        return;
      }
      response.setHeader("content-type", "text/html");
      response.end(`<!doctype html><title>${asked}</title><form method="post"><input name="login"><input name="acr" value="${details.params.acr_values?.split(" ")[0] ?? ""}"><button>Sign in</button></form>`);
      return;
    }
    let body = "";
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    if (form.has("cancel")) {
      return provider.interactionFinished(request, response, { error: "access_denied" });
    }
    const accountId = form.get("login");
    const grant = new provider.Grant({ accountId, clientId: details.params.client_id });
    grant.addOIDCScope("openid profile");
    const grantId = await grant.save();
    return provider.interactionFinished(request, response, {
      login: { accountId, acr: form.get("acr") ?? undefined, remember: true },
      consent: { grantId },
    });
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
});
console.log(port);
